"""What a progress report still lacks before it may be submitted. Pure (DOMAIN §3)."""

from dataclasses import dataclass

BEHIND_STATUSES = frozenset({"behind", "slow", "not_started"})


@dataclass(frozen=True)
class Gap:
    """One missing field: its form name and the sentence that says why it is needed."""

    field: str
    sentence: str


def report_gaps(
    *, progress: str, problems: str, next_steps: str, declared_status: str, is_nil: bool
) -> list[Gap]:
    """进展情况 unless 本季无进展; 存在问题 and 下一步打算 when the declared status is behind; 进展评价 always."""
    gaps = []
    if not is_nil and not progress.strip():
        gaps.append(Gap("progress", "请填写进展情况；确无进展的，请勾选“本季无进展”。"))
    if not declared_status:
        gaps.append(Gap("declared_status", "请选择进展评价。"))
    if declared_status in BEHIND_STATUSES or is_nil:
        if not problems.strip():
            gaps.append(Gap("problems", "进展滞后或本季无进展的，请填写存在问题。"))
        if not next_steps.strip():
            gaps.append(Gap("next_steps", "进展滞后或本季无进展的，请填写下一步打算。"))
    return gaps
