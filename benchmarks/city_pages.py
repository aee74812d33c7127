"""P2 and P3 on generated cities: every page of a city in a large database against the same page in a small one.

Run by benchmarks.bench_scale in a process of its own: `default` is the small database, `large` the large one,
each behind a server of one worker. Milliseconds are those of worker and database backend together.
"""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import django

django.setup()

from django.db import connections  # noqa: E402 (models exist only after setup)
from django.db.models import F, Max, Sum  # noqa: E402

from benchmarks.crawl import addresses  # noqa: E402
from benchmarks.measure import Line, against, in_turn  # noqa: E402
from benchmarks.visitor import AUTH, Answer, Caller, Guest, expect  # noqa: E402
from reporting.models import ReportingRound  # noqa: E402
from tasks.models import TaskTally  # noqa: E402

CITY = "s0001"
ROLES = ("leader", "office", "liaison")
ROUNDS, WARM_UP = 11, 2
BUDGET = 1.15
REGISTER = "/tasks/?plan=all"


@dataclass(frozen=True)
class Side:
    """One database with its server and worker."""

    alias: str
    server: str
    worker: int

    def pids(self) -> tuple[int, ...]:
        """The worker and, where there is one, its backend in the database server."""
        connection = connections[self.alias]
        if connection.vendor != "postgresql":
            return (self.worker,)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' "
                "AND datname = current_database() AND pid <> pg_backend_pid()"
            )
            return (self.worker, *(pid for (pid,) in cursor.fetchall()))

    def touch(self) -> None:
        """As after a move in the city's newest round: nothing stored for its readers is valid any more."""
        rounds = ReportingRound.objects.using(self.alias).filter(group__code=CITY)
        newest = rounds.order_by("-year", "-quarter").values_list("pk", flat=True)[0]
        rounds.filter(pk=newest).update(stamp=F("stamp") + 1)


def getting(visitor: Caller, path: str) -> Callable[[], Answer]:
    return lambda: expect(visitor.get(path), 200)


class Comparison:
    """The two sides and who looks at them."""

    def __init__(self, small: Side, large: Side, factor: int) -> None:
        self.small, self.large, self.label = small, large, f"{factor}× against 1×"
        self.people = {
            (side.alias, role): Guest(side.server, f"{CITY}-{role}")
            for side in (small, large)
            for role in ROLES
        }
        for (_, role), guest in self.people.items():
            getting(guest, "/my/" if role == "liaison" else "/rounds/")()
        self.pids = (*small.pids(), *large.pids())

    def lines(self) -> Iterator[Line]:
        yield self.dashboard()
        yield self.roll_up()
        seen: set[str] = set()
        for role in ROLES:
            guest = self.people[self.small.alias, role]
            for name, path in addresses(guest.page).items():
                if name not in seen:
                    seen.add(name)
                    yield self._page(role, name, path)
        yield from self.lists()

    def dashboard(self) -> Line:
        """The leader's page, built anew after a change."""
        sides = {side.alias: side for side in (self.small, self.large)}
        actions = {alias: getting(self.people[alias, "leader"], "/dashboard/") for alias in sides}
        before = {alias: side.touch for alias, side in sides.items()}
        spent = in_turn(actions, *self.pids, before=before, rounds=2 * ROUNDS, warm_up=WARM_UP)
        return self._line("/dashboard/ after a change", spent)

    def roll_up(self) -> Line:
        """The published tallies of every group added up, by group and pace."""
        pids = {os.getpid(), *(_own_backend(side.alias) for side in self._sides)}
        actions = {side.alias: functools.partial(_roll_up, side.alias) for side in self._sides}
        spent = in_turn(actions, *pids, rounds=ROUNDS, warm_up=WARM_UP)
        name = f"P2 tallies of the whole database added up, {self.label}, ms"
        return against(name, spent[self.large.alias], spent[self.small.alias], 1.5)

    @property
    def _sides(self) -> tuple[Side, Side]:
        return self.small, self.large

    def _page(self, role: str, name: str, path: str) -> Line:
        actions = {side.alias: getting(self.people[side.alias, role], path) for side in self._sides}
        spent = in_turn(actions, *self.pids, rounds=ROUNDS, warm_up=WARM_UP)
        return self._line(f"{name} ({role})", spent)

    def _line(self, what: str, spent: dict[str, float]) -> Line:
        name = f"P2 {what}, {self.label}, ms"
        return against(name, spent[self.large.alias], spent[self.small.alias], BUDGET)

    def lists(self) -> Iterator[Line]:
        """P3 in the large database, against its own least page."""
        office, liaison = (self.people[self.large.alias, role] for role in ("office", "liaison"))
        pages = expect(office.get(f"{REGISTER}&page=20"), 200)
        assert pages.body  # forty pages of fifty tasks
        spent = in_turn(
            {
                "auth": getting(office, AUTH),
                "first": getting(office, REGISTER),
                "middle": getting(office, f"{REGISTER}&page=20"),
                "review": getting(office, "/review/"),
                "auth of liaison": getting(liaison, AUTH),
                "my": getting(liaison, "/my/"),
            },
            *self.large.pids(),
            rounds=2 * ROUNDS,
        )
        where = self.label.split("×", maxsplit=1)[0]
        yield against(f"P3 /tasks/ 50 rows at {where}×, ms", spent["first"], spent["auth"], 4.5)
        yield against(f"P3 /tasks/ middle page at {where}×, ms", spent["middle"], spent["first"], 1.3)
        yield against(f"P3 /my/ with 40 tasks at {where}×, ms", spent["my"], spent["auth of liaison"], 8.0)
        yield against(f"P3 /review/ at {where}×, ms", spent["review"], spent["auth"], 5.0)


def _roll_up(alias: str) -> list[object]:
    newest = (
        ReportingRound.objects.using(alias)
        .published()
        .values("group")
        .annotate(newest=Max(F("year") * 4 + F("quarter")))
        .values_list("newest", flat=True)
    )
    period = max(newest)
    tallies = TaskTally.objects.using(alias).filter(
        round__published_at__isnull=False, round__year=(period - 1) // 4, round__quarter=(period - 1) % 4 + 1
    )
    return list(tallies.values("round__group", "pace").annotate(total=Sum("tasks")).order_by())


def _own_backend(alias: str) -> int:
    """This process's backend in the database server; on SQLite the process itself."""
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return os.getpid()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def main(text: str) -> None:
    asked = json.loads(text)
    small, large = Side(**asked["small"]), Side(**asked["large"])
    for line in Comparison(small, large, asked["factor"]).lines():
        line.say()


if __name__ == "__main__":
    main(sys.argv[1])
