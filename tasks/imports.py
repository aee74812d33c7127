"""What comes in with tasks beside their own columns: units, milestones, the clause of the source document."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.dates import parse_date
from core.formats import decimal_text
from core.numbers import NumberRefused, parse_number
from core.register_columns import CellGrammar, RowsOf
from core.register_parts import ListColumn, OneRowColumn, Part, PreparedRow, RowsColumn
from core.register_preview import RowFault
from organization.models import Unit
from organization.models.units import UNIT_SPELLINGS
from tasks.models import Assignment, Clause, Milestone

_BETWEEN_STEPS = re.compile(r"[；;\n]")
_STEP = re.compile(r"(?P<day>[0-9０-９]{4}[-－年][-－年月日0-9０-９]+)[\s：:]*(?P<rest>.+)", re.DOTALL)
_SHARE = re.compile(r"[（(](?:累计)?(?:完成)?(?P<share>[0-9.０-９．]+)[%％][）)]$")
LONGEST_STEP = 120


@dataclass(frozen=True, order=True)
class Step:
    """One milestone as the file writes it: 2026-06-30 出台方案（60%）."""

    due_on: dt.date
    title: str
    share: Decimal | None = None

    def __str__(self) -> str:
        share = f"（{decimal_text(self.share.normalize())}%）" if self.share is not None else ""
        return f"{self.due_on:%Y-%m-%d} {self.title}{share}"


class StepsColumn(ListColumn):
    """Milestones in one cell: a day, a title and, where set, the share that should be done."""

    def __init__(self) -> None:
        hint = "每个节点写“日期 名称（累计完成百分比）”，多个用“；”隔开；百分比可以不写。"
        super().__init__("节点", hint, "2026-06-30 出台方案（40%）；2026-11-30 完成验收（100%）")

    def clean(self, value: Any, row: Any = None, **_options: Any) -> tuple[Any, ...]:
        texts = [text.strip() for text in _BETWEEN_STEPS.split(str(value or "")) if text.strip()]
        steps = [self.entry(text) for text in texts]
        titles = [step.title for step in steps]
        twice = next((title for title in titles if titles.count(title) > 1), None)
        if twice:
            raise ValueError(f"节点“{twice}”写了两次，请只保留一个。")
        return self.ordered(steps)

    def ordered(self, entries: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(sorted(entries, key=lambda step: (step.due_on, step.title)))

    def entry(self, text: str) -> Step:
        found = _STEP.fullmatch(text)
        if found is None:
            raise ValueError(f"“{text[:30]}”不是节点，请写成“日期 名称”，例如“2026-06-30 出台方案”。")
        rest, share = found["rest"].strip(), None
        percent = _SHARE.search(rest)
        if percent:
            rest, share = rest[: percent.start()].strip(), _share(percent["share"])
        if not rest or len(rest) > LONGEST_STEP:
            raise ValueError(f"“{text[:30]}”的节点名称应为1至{LONGEST_STEP}字，请改正。")
        return Step(parse_date(found["day"]), rest, share)

    def shown(self, value: Any) -> str:
        return "；".join(str(step) for step in value or ())


def _share(text: str) -> Decimal:
    try:
        share = parse_number(text, precision=2).value
    except NumberRefused as refused:
        raise ValueError(str(refused)) from None
    if not 0 <= share <= 100:
        raise ValueError(f"“{text}%”应在0至100之间，请改正。")
    return share


class UnitsPart(Part):
    """Who leads a task and who cooperates; the file says all of them."""

    def __init__(self, rows_of: RowsOf) -> None:
        self.columns = {
            "led_by": OneRowColumn("牵头单位", Unit, UNIT_SPELLINGS, rows_of=rows_of),
            "assisted_by": RowsColumn("协同单位", Unit, UNIT_SPELLINGS, rows_of=rows_of),
        }

    def load(self, rows: list[Any]) -> None:
        found: dict[tuple[int, str], list[Unit]] = {}
        for part in Assignment.objects.filter(task__in=rows).select_related("unit"):
            found.setdefault((part.task_id, part.role), []).append(part.unit)
        for row in rows:
            row.led_by = tuple(found.get((row.pk, Assignment.Role.LEAD), ()))
            assisting = found.get((row.pk, Assignment.Role.ASSIST), ())
            row.assisted_by = self.columns["assisted_by"].ordered(assisting)  # type: ignore[attr-defined]

    def faults(self, prepared: list[PreparedRow]) -> Iterator[RowFault]:
        for row in prepared:
            lead = {unit.pk for unit in row.instance.led_by}
            both = [unit for unit in row.instance.assisted_by if unit.pk in lead]
            if both and {"led_by", "assisted_by"} & set(row.cells):
                text = row.cells.get("assisted_by", "")
                yield RowFault(row.number, "协同单位", text, f"{both[0]}已是牵头单位，请从协同单位中删去。")

    def write(self, instances: list[Any]) -> None:
        """A unit that stays keeps its part and the words about it; only its role moves."""
        wanted = {(row.pk, unit.pk): Assignment.Role.ASSIST for row in instances for unit in row.assisted_by}
        wanted |= {(row.pk, unit.pk): Assignment.Role.LEAD for row in instances for unit in row.led_by}
        stored = {(row.task_id, row.unit_id): row for row in Assignment.objects.filter(task__in=instances)}
        gone = [row.pk for key, row in stored.items() if wanted.get(key) != row.role]
        kept = {key: row.stated_share for key, row in stored.items()}
        Assignment.objects.filter(pk__in=gone).delete()
        demo = {row.pk: row.is_demo for row in instances}
        Assignment.objects.bulk_create(
            Assignment(
                task_id=task,
                unit_id=unit,
                role=role,
                stated_share=kept.get((task, unit), ""),
                is_demo=demo[task],
            )
            for (task, unit), role in wanted.items()
            if (task, unit) not in stored or stored[task, unit].pk in set(gone)
        )


class StepsPart(Part):
    """The milestones of a task; the file says all of them, what is done of them stays done."""

    def __init__(self) -> None:
        self.columns = {"dated_steps": StepsColumn()}

    def load(self, rows: list[Any]) -> None:
        found: dict[int, list[Step]] = {}
        for step in Milestone.objects.filter(task__in=rows):
            found.setdefault(step.task_id, []).append(Step(step.due_on, step.title, step.target_share))
        for row in rows:
            row.dated_steps = self.columns["dated_steps"].ordered(found.get(row.pk, ()))  # type: ignore[attr-defined]

    def write(self, instances: list[Any]) -> None:
        stored = {(row.task_id, row.title): row for row in Milestone.objects.filter(task__in=instances)}
        wanted = {(row.pk, step.title): (row, step) for row in instances for step in row.dated_steps}
        Milestone.objects.filter(pk__in=[row.pk for key, row in stored.items() if key not in wanted]).delete()
        changed, missing = [], []
        for key, (task, step) in wanted.items():
            values = {"due_on": step.due_on, "target_share": step.share}
            if key not in stored:
                missing.append(Milestone(task=task, title=step.title, is_demo=task.is_demo, **values))
                continue
            stored[key].due_on, stored[key].target_share = step.due_on, step.share
            changed.append(stored[key])
        Milestone.objects.bulk_update(changed, ["due_on", "target_share"])
        Milestone.objects.bulk_create(missing)


class ClauseColumn(CellGrammar):
    """The number of a clause; which document it is of stands in another column."""

    head = "来源条款"
    hint = "填写来源文件中的条款号，如“三（一）”；须先登记来源文件的条款。"
    example = "三（一）"

    def clean(self, value: Any, row: Any = None, **_options: Any) -> str:
        return str(value or "").strip()


class ClausePart(Part):
    """The clause a task rests on, by its number in the task's source document."""

    fills = ("clause",)

    def __init__(self) -> None:
        self.columns = {"clause_cited": ClauseColumn()}

    def empty(self) -> dict[str, Any]:
        return {"clause_cited": ""}

    def load(self, rows: list[Any]) -> None:
        numbers = dict(Clause.objects.filter(tasks__in=rows).values_list("pk", "number"))
        for row in rows:
            row.clause_cited = numbers.get(row.clause_id, "")

    def faults(self, prepared: list[PreparedRow]) -> Iterator[RowFault]:
        cited = [row for row in prepared if "clause_cited" in row.cells]
        documents = {row.instance.document_id for row in cited}
        known = {(row.document_id, row.number): row for row in Clause.objects.filter(document__in=documents)}
        for row in cited:
            number = row.instance.clause_cited
            row.instance.clause = known.get((row.instance.document_id, number)) if number else None
            if number and row.instance.clause is None:
                remedy = "来源文件中没有登记这一条款，请核对条款号和来源文件，或先登记条款。"
                yield RowFault(row.number, ClauseColumn.head, number, remedy)

    def write(self, instances: list[Any]) -> None:
        """The row itself carries it."""
