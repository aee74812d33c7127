"""What a progress report still lacks before it may be submitted. Pure (DOMAIN §3)."""

from dataclasses import dataclass

BEHIND_STATUSES = frozenset({"behind", "slow", "not_started"})
# Claims that «nothing moved this quarter» contradicts, with the words the unit chose.
MOVING_STATUSES = {"done": "已完成", "ahead": "提前完成", "on_pace": "达到序时进度"}


@dataclass(frozen=True)
class Gap:
    """One missing field: its form name and the sentence that says why it is needed."""

    field: str
    sentence: str


def report_gaps(
    *, progress: str, problems: str, next_steps: str, declared_status: str, is_nil: bool
) -> list[Gap]:
    """进展情况 unless 本季无进展; 存在问题 and 下一步打算 when the declared status is behind; 进展评价 always.

    本季无进展 beside a status that speaks of progress asks for 进展情况 to say how both can be true.
    """
    gaps = []
    if not is_nil and not progress.strip():
        gaps.append(Gap("progress", "请填写进展情况；确无进展的，请点“本季无进展”。"))
    if is_nil and declared_status in MOVING_STATUSES and not progress.strip():
        claimed = MOVING_STATUSES[declared_status]
        sentence = (
            f"已标为“本季无进展”，进展评价却是“{claimed}”：请在“进展情况”中说明，或取消标记、改选其他评价。"
        )
        gaps.append(Gap("progress", sentence))
    if not declared_status:
        gaps.append(Gap("declared_status", "请选择进展评价。"))
    if declared_status in BEHIND_STATUSES or is_nil:
        if not problems.strip():
            gaps.append(Gap("problems", "进展滞后或本季无进展的，请填写存在问题。"))
        if not next_steps.strip():
            gaps.append(Gap("next_steps", "进展滞后或本季无进展的，请填写下一步打算。"))
    return gaps
