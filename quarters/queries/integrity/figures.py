"""The figures kept at hand against the rule that says which figure counts."""

from collections.abc import Iterator
from typing import Any

from metrics.models import FigureTally, Indicator, Observation
from metrics.queries.current import current_heads
from organization.models import CoordinationGroup


def figure_faults(group: CoordinationGroup) -> Iterator[str]:
    """Cell by cell: no figure that counts is missing, none is kept that does not count."""
    columns = ("indicator_id", "unit_id", "year", "quarter", "observation_id")
    rows = FigureTally.objects.filter(group=group).order_by().values_list(*columns)
    kept: dict[Any, int | None] = {
        (indicator, unit, year, quarter): head for indicator, unit, year, quarter, head in rows
    }
    wanted: dict[Any, Any] = {
        (row["indicator_id"], row["unit_id"], row["year"], row["quarter"]): row["head"]
        for row in current_heads(Observation.objects.filter(group=group))
    }
    wrong: set[tuple[int, int | None, int, int | None]] = {
        key for key in kept.keys() | wanted.keys() if kept.get(key) != wanted.get(key)
    }
    names = dict(Indicator.objects.filter(pk__in={key[0] for key in wrong}).values_list("pk", "name"))
    for indicator, _, year, quarter in sorted(wrong, key=str):
        period = f"{year}年" + (f"第{quarter}季度" if quarter else "")
        yield f"“{names[indicator]}”{period}的现行数据与审核通过的数据不一致。"
