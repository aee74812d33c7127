"""Every check of `check_integrity` in the order in which they are told. A later check is one more line here."""

from collections.abc import Callable, Iterable, Iterator

from core import audit
from organization.models import CoordinationGroup
from quarters.queries import integrity

Check = Callable[[CoordinationGroup], Iterator[str]]


def _tally_faults(group: CoordinationGroup) -> Iterator[str]:
    for round_ in group.rounds.filter(opened_at__isnull=False).order_by("year", "quarter"):
        yield from integrity.round_faults(round_)


CHECKS: tuple[tuple[str, Check], ...] = (
    ("快照", integrity.snapshot_faults),
    ("报告版本", integrity.version_faults),
    ("报送件", integrity.orphan_faults),
    ("汇总数据", _tally_faults),
    ("现行数据", integrity.figure_faults),
)


def faults(groups: Iterable[CoordinationGroup]) -> Iterator[tuple[str, Iterator[str]]]:
    """The audit chain first, then each check of each group: its name and the sentences of what is wrong."""
    yield "审计链", iter(audit.verify())
    for group in groups:
        for name, check in CHECKS:
            yield f"{name}（{group.code}）", check(group)
