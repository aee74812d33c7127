"""How the two taxonomies meet: the cross-walk of areas and sections, and the section of a single task."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from core import audit
from core.errors import NotAllowed, RuleViolation
from tasks.models import AreaCrossing, ReformArea, Task
from tasks.permissions import can_keep_crosswalk, can_sort_task

if TYPE_CHECKING:
    from organization.models import User

CROSSWALK_REFUSED = "领域对照由市协调小组办公室维护，您的账号不能修改。"


@dataclass(frozen=True)
class Answer:
    """The sections an area answers to, and the main one among them (None where none is)."""

    sections: frozenset[str]
    main: str | None


@transaction.atomic
def save_crosswalk(answers: Mapping[str, Answer], *, by: "User") -> int:
    """Makes the cross-walk read as given, by codes; returns how many areas changed.

    RuleViolation where the main section of an area is not among its sections.
    """
    if not can_keep_crosswalk(by):
        raise NotAllowed(CROSSWALK_REFUSED)
    rows = ReformArea.objects.select_for_update().order_by("pk")
    areas = {row.code: row for row in rows if row.taxonomy == ReformArea.Taxonomy.FOUNDING}
    sections = {row.code: row for row in rows if row.taxonomy == ReformArea.Taxonomy.CENTRAL}
    changed = 0
    for code, answer in answers.items():
        area = areas[code]
        if answer.main is not None and answer.main not in answer.sections:
            raise RuleViolation(
                f"“{area}”的主要对应“{sections[answer.main]}”没有勾选，请勾选这一章节或另选主要对应。"
            )
        changed += _save_area(area, answer, sections, by=by)
    return changed


@transaction.atomic
def set_central_section(task: Task, section: ReformArea | None, *, by: "User") -> None:
    """Sorts a task into a section of the central opinion, in whatever state it is; None leaves it to its area."""
    beside = ("central_section", "plan")
    locked = Task.objects.select_for_update(of=("self",)).select_related(*beside).get(pk=task.pk)
    if not can_sort_task(by, locked):
        raise NotAllowed("任务所属章节由任务所在协调小组的办公室登记，您没有这项权限。")
    if section is not None and section.taxonomy != ReformArea.Taxonomy.CENTRAL:
        raise RuleViolation(f"“{section}”不是中央《意见》的章节，请从列表中选择章节。")
    before = str(locked.central_section or "按领域对照")
    if locked.central_section == section:
        return
    locked.central_section = section
    locked.save(update_fields=["central_section"])
    audit.record(
        "登记任务章节",
        by=by,
        obj=locked,
        before={"中央意见章节": before},
        after={"中央意见章节": str(section or "按领域对照")},
    )


def _save_area(area: ReformArea, answer: Answer, sections: Mapping[str, ReformArea], *, by: "User") -> bool:
    standing = {row.section.code: row for row in area.sections.select_related("section")}
    before = {code: row.is_default for code, row in standing.items()}
    after = {code: code == answer.main for code in sorted(answer.sections)}
    if before == after:
        return False
    area.sections.all().delete()
    AreaCrossing.objects.bulk_create(
        AreaCrossing(area=area, section=sections[code], is_default=is_default)
        for code, is_default in after.items()
    )
    audit.record(
        "登记领域对照",
        by=by,
        obj=area,
        before={"章节": _words(before, sections)},
        after={"章节": _words(after, sections)},
    )
    return True


def _words(answer: Mapping[str, bool], sections: Mapping[str, ReformArea]) -> list[str]:
    return [f"{sections[code]}（主要对应）" if main else str(sections[code]) for code, main in answer.items()]
