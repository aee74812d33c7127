"""Rows of the registers as Excel: the same rows as on the page."""

from collections.abc import Iterable, Iterator

from core.exports import Column
from organization.models import Unit
from organization.queries.units import part_in_group

UNIT_COLUMNS = (
    Column("单位名称", 28),
    Column("简称", 18),
    Column("类别", 12),
    Column("行政区划代码", 14),
    Column("协调小组中的职责", 18),
    Column("设立日期", 14),
    Column("终止日期", 14),
    Column("材料章节", 12),
    Column("备注", 30),
    Column("演示数据", 10),
)


def unit_rows(units: Iterable[Unit]) -> Iterator[tuple[object, ...]]:
    for unit in units:
        yield (
            unit.name,
            unit.short_name,
            unit.get_kind_display(),
            unit.region_code,
            part_in_group(unit),
            unit.valid_from,
            unit.valid_to,
            unit.section.label if unit.section else "",
            unit.note,
            unit.is_demo,
        )
