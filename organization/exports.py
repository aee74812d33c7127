"""Rows of the registers as Excel: the same rows as on the page."""

from collections.abc import Iterable, Iterator

from core.exports import Column
from core.formats import UNKNOWN
from organization.models import Unit
from organization.queries.contacts import ContactRow
from organization.queries.units import part_in_group, staff_words

UNIT_COLUMNS = (
    Column("单位名称", 28),
    Column("所选日期的名称", 28),
    Column("简称", 18),
    Column("类别", 12),
    Column("行政区划代码", 14),
    Column("协调小组中的职责", 18),
    Column("经办人员", 16),
    Column("设立日期", 14),
    Column("终止日期", 14),
    Column("材料章节", 12),
    Column("备注", 30),
    Column("演示数据", 10),
)

CONTACT_COLUMNS = (
    Column("姓名", 14),
    Column("人员类别", 16),
    Column("小组职务或角色", 16),
    Column("单位或职务", 40),
    Column("电话", 20),
    Column("演示数据", 10),
)


def unit_rows(units: Iterable[Unit]) -> Iterator[tuple[object, ...]]:
    for unit in units:
        yield (
            unit.name,
            getattr(unit, "name_then", None) or unit.name,
            unit.short_name,
            unit.get_kind_display(),
            unit.region_code,
            part_in_group(unit),
            staff_words(unit),
            unit.valid_from,
            unit.valid_to,
            unit.section.label if unit.section else "",
            unit.note,
            unit.is_demo,
        )


def contact_cells(rows: Iterable[ContactRow]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        yield row.name, row.part, row.duty, row.place, row.phone or UNKNOWN, row.is_demo
