"""Historical figures from a file: added to what is recorded, never over a figure that went through the workflow."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.numbers import plain_text
from core.register_parts import Part, PreparedRow
from core.register_preview import RowFault
from core.register_resource import Register
from metrics.models import Observation

if TYPE_CHECKING:
    from organization.models import User

REPORTED = "这一期的数据由单位报送，按审核流程更正，不能由文件改动，请删去这一行。"
UNEXPLAINED = "与已登记的数据不同，请在“更正原因”中写明原因；原数据保留，以这一行替代。"
WITHOUT_SOURCE = "请在“来源”中写明出自哪份文件。"
WITHOUT_PERIOD = "年份和时期原文至少填写一项，请补上。"


def historical_figures(register: Register, mark: Callable[[Any], None]) -> Register:
    """The register of figures as a file may add to it: the facts that stand, each change a row that supersedes."""

    def visible(model: type[Any]) -> Any:
        rows = register.visible(model)
        return rows.filter(sheet=None, superseded_by=None) if model is Observation else rows

    return replace(
        register,
        visible=visible,
        refusal=lambda _row, _is_new: "",
        parts=(FigureRules(),),
        is_append_only=True,
        loose=frozenset({"period_printed"}),
        mark=mark,
    )


def mark_recorded(figure: Observation, *, by: "User", at: dt.datetime) -> None:
    figure.recorded_by, figure.recorded_at = by, at


class FigureRules(Part):
    """What a historical figure must keep to beside the grammar of its cells; it has no columns of its own."""

    def load(self, rows: list[Any]) -> None:
        """Nothing is kept beside a figure."""

    def write(self, instances: list[Any]) -> None:
        """Nothing is kept beside a figure."""

    def faults(self, prepared: list[PreparedRow]) -> Iterator[RowFault]:
        reported = _periods_reported(prepared)
        for row in prepared:
            figure = row.instance
            if _period(figure) in reported:
                yield RowFault(row.number, "指标", row.cells.get("indicator", ""), REPORTED)
            elif figure.supersedes_id and not row.cells.get("correction_reason"):
                yield RowFault(row.number, "更正原因", "", UNEXPLAINED)
            if not figure.source and figure.section_id is None:
                yield RowFault(row.number, "来源", "", WITHOUT_SOURCE)
            if figure.year is None and not figure.period_printed:
                yield RowFault(row.number, "年份", "", WITHOUT_PERIOD)
            yield from _too_precise(row)


def _too_precise(row: PreparedRow) -> Iterator[RowFault]:
    figure, places = row.instance, row.instance.indicator.precision
    if figure.value is not None and figure.value != round(figure.value, places):
        allowed = f"最多保留{places}位小数" if places else "只能填写整数"
        remedy = f"“{plain_text(figure.value)}”小数位数过多：这个指标{allowed}，请核对。"
        yield RowFault(row.number, "数值", row.cells.get("value", ""), remedy)


def _period(figure: Any) -> tuple[Any, ...]:
    return (figure.indicator_id, figure.group_id, figure.unit_id, figure.year, figure.quarter)


def _periods_reported(prepared: list[PreparedRow]) -> set[tuple[Any, ...]]:
    """The periods of which some unit has handed in a figure, whatever its state."""
    indicators = {row.instance.indicator_id for row in prepared}
    rows = Observation.objects.filter(sheet__isnull=False, indicator__in=indicators, year__isnull=False)
    return set(rows.values_list("indicator_id", "group_id", "unit_id", "year", "quarter"))
