"""City 1's registers: units, people, the plan with its tasks. Rows as tuples, in the order of their tables."""

import datetime
import random
import uuid
from collections.abc import Iterator
from typing import Any

from core import clock
from organization.models import GroupMember, RoleGrant, Unit, User
from portal.scale.shape import FIRST_CITY, Shape, id_of, marker, place
from portal.scale.tables import Table
from portal.scale.texts import task_title
from tasks.life import TaskState
from tasks.models import Assignment, Plan, Task

OFFICE, HEAD, LEADER, LIAISON = 1, 2, 3, 4
ACCOUNTS = (
    (OFFICE, "office", "规模办公室", RoleGrant.Role.OFFICE),
    (HEAD, "head", "规模负责人", RoleGrant.Role.OFFICE_HEAD),
    (LEADER, "leader", "规模领导", RoleGrant.Role.LEADER),
    (LIAISON, "liaison", "规模联络员", RoleGrant.Role.LIAISON),
)
ASSISTING = 2  # units beside the lead
FINISHED_OF_100, OVERDUE_OF_100, LONG_OF_100 = 5, 3, 12


class Uids:
    """Reproducible uids; the first eight digits say the city, so that copies can be told apart."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (the same data from the same seed, no secret)

    def __call__(self) -> uuid.UUID:
        return uuid.UUID(int=FIRST_CITY << 96 | self.random.getrandbits(96))


class Registers:
    """What stands before anything is reported."""

    def __init__(self, shape: Shape, seed: int, years: tuple[int, int], today: datetime.date) -> None:
        self.shape, self.years, self.today = shape, years, today
        self.uid = Uids(seed + 1)
        self.since = clock.start_of_day(datetime.date(years[0], 1, 1))

    def write(self, password: str) -> None:
        unit = Table(Unit, "id code name short_name kind position", is_demo=True)
        unit.write(self._units())
        member = Table(GroupMember, "id unit_id", group_id=id_of(1), is_demo=True)
        member.write((id_of(number), id_of(number)) for number in self._unit_numbers())
        known = {"password": password, "password_changed_at": clock.now(), "is_demo": True}
        Table(User, "id uid username display_name", **known).write(
            (id_of(number), self.uid(), f"{marker(FIRST_CITY)}-{name}", shown)
            for number, name, shown, _ in ACCOUNTS
        )
        grant = Table(RoleGrant, "id uid user_id role unit_id group_id", granted_at=self.since, is_demo=True)
        grant.write(self._grants())
        self._plan()
        Table(Task, "id uid code title area_id state due_on done_on", **self._of_tasks()).write(self._tasks())
        Table(Assignment, "id task_id unit_id role", is_demo=True).write(self._assignments())

    def leads(self, number: int) -> int:
        """The unit that leads a task: the liaison's own has its many, the others share the rest."""
        shape = self.shape
        return 1 if number <= shape.liaison_tasks else 2 + (number * 7) % (shape.units - 1)

    def _unit_numbers(self) -> range:
        return range(1, self.shape.units + 1)

    def _units(self) -> Iterator[tuple[Any, ...]]:
        for number in self._unit_numbers():
            is_county = number > self.shape.departments
            kind = Unit.Kind.COUNTY if is_county else Unit.Kind.DEPARTMENT
            code = f"{marker(FIRST_CITY)}-{number:03}"
            name = f"{place(FIRST_CITY)}{'第' if is_county else '局'}{number:03}{'区' if is_county else '号'}"
            yield id_of(number), code, name, f"{'区' if is_county else '局'}{number:03}", kind, number

    def _grants(self) -> Iterator[tuple[Any, ...]]:
        for number, _, _, role in ACCOUNTS:
            of_unit = role == RoleGrant.Role.LIAISON
            scope = (id_of(1), None) if of_unit else (None, id_of(1))
            yield id_of(number), self.uid(), id_of(number), role, *scope

    def _plan(self) -> None:
        first, last = self.years
        columns = {"group_id": id_of(1), "year": first, "last_year": last, "is_demo": True}
        Table(Plan, "id name", **columns).write([(id_of(1), f"{first}—{last}年任务分解")])

    def _of_tasks(self) -> dict[str, Any]:
        """Columns alike in all tasks; the area's, state's and dates' vary."""
        begin = datetime.date(self.years[0], 10, 1)
        return {
            "plan_id": id_of(1),
            "kind": Task.Kind.QUALITY,
            "frequency": Task.Frequency.QUARTER,
            "start_on": begin,
            "is_demo": True,
        }

    def _tasks(self) -> Iterator[tuple[Any, ...]]:
        year_end = datetime.date(self.years[1], 12, 31)
        overdue, later = self.today - datetime.timedelta(days=40), datetime.date(self.years[1] + 1, 6, 30)
        for number in range(1, self.shape.tasks + 1):
            turn = number * 37 % 100
            is_done = turn < FINISHED_OF_100
            due_on = year_end
            if FINISHED_OF_100 <= turn < FINISHED_OF_100 + OVERDUE_OF_100:
                due_on = overdue
            elif turn >= 100 - LONG_OF_100:
                due_on = later
            # Three areas per unit, as a unit's duties go together.
            area = 1 + (self.leads(number) + number % 3) % self.shape.areas
            state = TaskState.CLOSED.value if is_done else TaskState.ACTIVE.value
            yield (
                *(id_of(number), self.uid(), f"G{number:04}", task_title(number), area, state),
                *(due_on, self.today - datetime.timedelta(days=10) if is_done else None),
            )

    def _assignments(self) -> Iterator[tuple[Any, ...]]:
        row = 0
        for number in range(1, self.shape.tasks + 1):
            lead = self.leads(number)
            units = dict.fromkeys((lead, *(self._other(lead, number, step) for step in range(ASSISTING))))
            for unit in units:
                row += 1
                role = Assignment.Role.LEAD if unit == lead else Assignment.Role.ASSIST
                yield id_of(row), id_of(number), id_of(unit), role

    def _other(self, lead: int, number: int, step: int) -> int:
        """Some unit beside the lead, never the liaison's: its tasks are those it leads."""
        found = 2 + (number * 13 + step * 59) % (self.shape.units - 1)
        return found if found != lead else 2 + (found - 1) % (self.shape.units - 1)
