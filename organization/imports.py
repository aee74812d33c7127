"""What comes in with units and people beside their own columns: spellings, and the seat a person holds."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from core.dates import parse_date
from core.register_columns import CellGrammar, RowsOf
from core.register_parts import ListColumn, Part, PreparedRow, replace_rows
from core.register_preview import RowFault
from organization.models import Seat, Tenure, UnitAlias


class AliasPart(Part):
    """The spellings by which notices name a unit; the file says all of them."""

    def __init__(self) -> None:
        hint = "通知中出现的其他写法，多个用“、”隔开；留空表示没有别名。"
        self.columns = {"spelled_aliases": ListColumn("别名", hint, "市发改委、发改委")}

    def load(self, rows: list[Any]) -> None:
        found: dict[int, list[str]] = {}
        for alias in UnitAlias.objects.filter(unit__in=rows):
            found.setdefault(alias.unit_id, []).append(alias.alias)
        for row in rows:
            row.spelled_aliases = tuple(sorted(found.get(row.pk, ())))

    def faults(self, prepared: list[PreparedRow]) -> Iterator[RowFault]:
        wanted = [
            (row, alias)
            for row in prepared
            if "spelled_aliases" in row.cells
            for alias in row.instance.spelled_aliases
        ]
        taken = UnitAlias.objects.filter(alias__in={alias for _, alias in wanted}).select_related("unit")
        owners: dict[str, tuple[Any, str]] = {row.alias: (row.unit_id, row.unit.short_name) for row in taken}
        for row, alias in wanted:
            mine = row.instance.pk or row
            owner, whose = owners.setdefault(alias, (mine, f"第{row.number}行的单位"))
            if owner != mine:
                remedy = f"“{alias}”已是{whose}的别名，请换一个写法，或先从那里删去。"
                yield RowFault(row.number, "别名", row.cells["spelled_aliases"], remedy)
            elif len(alias) > 80:
                yield RowFault(row.number, "别名", alias, f"共{len(alias)}字，最多80字，请缩短。")

    def write(self, instances: list[Any]) -> None:
        replace_rows(UnitAlias, "unit", "alias", {row.pk: row.spelled_aliases for row in instances})


class SeatColumn(CellGrammar):
    """A seat by the post that fills it, with its group's code where several groups have one."""

    head = "小组席位"
    hint = "填写席位的担任者职务，如“市总工会主席”；几个小组都有的写成“小组代码：职务”。留空表示不登记任职。"

    def __init__(self, seats: QuerySet[Seat]) -> None:
        self.by_text: dict[str, list[Seat]] = {}
        for seat in seats.select_related("group"):
            for text in (seat.position_title, f"{seat.group.code}：{seat.position_title}"):
                self.by_text.setdefault(text, []).append(seat)
        self.options = tuple(
            text for text, found in self.by_text.items() if len(found) == 1 and "：" not in text
        )
        self.example = self.options[0] if self.options else ""

    def clean(self, value: Any, row: Any = None, **_options: Any) -> Seat | None:
        text = str(value or "").strip().replace(":", "：")
        found = self.by_text.get(text, []) if text else []
        if text and not found:
            raise ValueError("没有找到这个席位，请核对担任者职务，或先在“席位”中登记。")
        if len(found) > 1:
            raise ValueError(f"有{len(found)}个席位由这一职务担任，请写成“小组代码：职务”。")
        return found[0] if found else None

    def shown(self, value: Any) -> str:
        return str(value.position_title) if value else ""


class DayColumn(CellGrammar):
    """A day, or nothing."""

    example = "2026-01-15"

    def __init__(self, head: str, hint: str) -> None:
        self.head, self.hint = head, hint

    def clean(self, value: Any, row: Any = None, **_options: Any) -> dt.date | None:
        text = str(value or "").strip()
        return parse_date(text) if text else None


class TenurePart(Part):
    """The seat a person holds, since when and until when; an empty seat leaves what is recorded as it is."""

    def __init__(self, rows_of: RowsOf) -> None:
        self.columns = {
            "held_seat": SeatColumn(rows_of(Seat)),
            "held_from": DayColumn("任职日期", "填写席位的必须填写，例如“2026-01-15”。"),
            "held_until": DayColumn("离任日期", "已离任的填写；在任的留空。"),
        }

    def empty(self) -> dict[str, Any]:
        return dict.fromkeys(self.columns)

    def load(self, rows: list[Any]) -> None:
        newest: dict[int, Tenure] = {}
        for tenure in Tenure.objects.filter(person__in=rows).select_related("seat").order_by("started_on"):
            newest[tenure.person_id] = tenure
        for row in rows:
            held = newest.get(row.pk)
            row.held_seat = held.seat if held else None
            row.held_from, row.held_until = (held.started_on, held.ended_on) if held else (None, None)

    def faults(self, prepared: list[PreparedRow]) -> Iterator[RowFault]:
        others = self._others(prepared)
        for row in prepared:
            person, typed = row.instance, row.cells.get("held_seat", "")
            if not typed:
                continue
            if person.held_from is None:
                yield RowFault(row.number, "任职日期", "", "填写了席位，没有填写任职日期，请补上。")
                continue
            last = person.held_until or dt.date.max
            if last < person.held_from:
                text = row.cells.get("held_until", "")
                yield RowFault(row.number, "离任日期", text, "离任日期不能早于任职日期，请改正。")
            for holder, first, until in others.get(person.held_seat.pk, ()):
                if holder != (person.pk or row.number) and first <= last and person.held_from <= until:
                    remedy = f"{Tenure.overlap_message.rstrip('。')}，请先填写前任的离任日期。"
                    yield RowFault(row.number, "小组席位", typed, remedy)
                    break
            span = (person.pk or row.number, person.held_from, last)
            others.setdefault(person.held_seat.pk, []).append(span)

    def write(self, instances: list[Any]) -> None:
        held = [row for row in instances if row.held_seat is not None and row.held_from is not None]
        stored = {
            (row.person_id, row.seat_id, row.started_on): row
            for row in Tenure.objects.filter(person__in=held)
        }
        changed, missing = [], []
        for row in held:
            tenure = stored.get((row.pk, row.held_seat.pk, row.held_from))
            if tenure is None:
                span = {"started_on": row.held_from, "ended_on": row.held_until}
                missing.append(Tenure(person=row, seat=row.held_seat, is_demo=row.is_demo, **span))
            elif tenure.ended_on != row.held_until:
                tenure.ended_on = row.held_until
                changed.append(tenure)
        Tenure.objects.bulk_update(changed, ["ended_on"])
        Tenure.objects.bulk_create(missing)

    def _others(self, prepared: list[PreparedRow]) -> dict[int, list[tuple[Any, dt.date, dt.date]]]:
        """Who holds the seats of the file by now, but for the tenures the file itself goes on with."""
        own = {
            (row.instance.pk, row.instance.held_seat.pk, row.instance.held_from)
            for row in prepared
            if row.instance.held_seat is not None
        }
        spans: dict[int, list[tuple[Any, dt.date, dt.date]]] = {}
        for row in Tenure.objects.filter(seat__in={seat for _, seat, _ in own}):
            if (row.person_id, row.seat_id, row.started_on) not in own:
                until = row.ended_on or dt.date.max
                spans.setdefault(row.seat_id, []).append((row.person_id, row.started_on, until))
        return spans
