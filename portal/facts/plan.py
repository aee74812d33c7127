"""The founding plan and its 42 tasks: 草拟, without lead unit and dates, because none are stated."""

from typing import Any

from organization.models import CoordinationGroup
from portal.facts.ledger import Ledger
from tasks.life import TaskState
from tasks.models import Plan, ReformArea, Task

FIRST_YEAR, LAST_YEAR = 2018, 2021
PLAN_NAME = "2018—2021年产业工人队伍建设改革任务（经验材料）"
PLAN_SECTION = "S0"

MeasuredTasks = list[tuple[Task, list[str]]]


def keep(facts: dict[str, Any], ledger: Ledger, group: CoordinationGroup) -> MeasuredTasks:
    """Each task with the names of the indicators that measure it."""
    plan = _keep_plan(facts, ledger, group)
    areas = {area.name: area for area in ReformArea.objects.filter(taxonomy=ReformArea.Taxonomy.FOUNDING)}
    return [
        (
            _keep_task(plan, f"{number:02d}", stated, areas[stated["area"]], ledger),
            stated.get("indicators", []),
        )
        for number, stated in enumerate(facts["tasks"], start=1)
    ]


def _keep_plan(facts: dict[str, Any], ledger: Ledger, group: CoordinationGroup) -> Plan:
    measures = facts["innovative_measures"]
    return ledger.keep(
        Plan,
        {"group": group, "year": FIRST_YEAR, "version_no": 1},
        name=PLAN_NAME,
        last_year=LAST_YEAR,
        is_founding=True,
        guiding_idea="、".join(facts["guiding_idea"]),
        workforce_goal="、".join(facts["goal_workforce"]),
        measure_count=measures["count"],
        new_aspect_count=measures["new_aspects"],
        measures_section=ledger.section(measures["section"]),
        section=ledger.section(PLAN_SECTION),
    )


def _keep_task(plan: Plan, code: str, stated: dict[str, Any], area: ReformArea, ledger: Ledger) -> Task:
    return ledger.keep(
        Task,
        {"plan": plan, "code": code},
        once={"kind": "", "frequency": "", "state": TaskState.DRAFT.value},
        title=stated["title"],
        wording=stated["title"],
        area=area,
        frequency_printed=stated.get("frequency", ""),
        is_highlight=stated.get("five_highlights", False),
        note=stated.get("note", ""),
        section=ledger.section(stated["section"]),
    )
