"""P1, P3 and P8: what the pages cost the processor, as multiples of the least a page of ours can cost.

Run by benchmarks.bench in a process of its own, whose environment points at a demonstration database.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import django

django.setup()

from benchmarks import moves, scale  # noqa: E402 (models exist only after setup)
from benchmarks.measure import Line, against, at_most, in_turn  # noqa: E402
from benchmarks.visitor import AUTH, Answer, Visitor, expect  # noqa: E402

DASHBOARD = "/dashboard/"
REGISTER = "/tasks/?plan=all"


def getting(visitor: Visitor, path: str) -> Callable[[], Answer]:
    return lambda: expect(visitor.get(path), 200)


def dashboard(server: str, pid: int) -> Iterator[Line]:
    """P1: built after a change, asked again at the same stamp, and answered with 304."""
    leader = Visitor(server, "demo-leader")
    tags: list[str] = []

    def again() -> None:
        tags.append(expect(leader.get(DASHBOARD), 200).headers.get("ETag", ""))

    actions: dict[str, Callable[[], object]] = {
        "auth": getting(leader, AUTH),
        "first": getting(leader, DASHBOARD),
        "again": again,
        "304": lambda: expect(leader.get(DASHBOARD, **{"If-None-Match": tags[-1]}), 304),
    }
    spent = in_turn(actions, pid, before={"first": scale.touch_open_round})
    yield against("P1 /dashboard/ after a change, ms", spent["first"], spent["auth"], 4.0)
    yield against("P1 /dashboard/ at the same stamp, ms", spent["again"], spent["auth"], 1.5)
    yield against("P1 /dashboard/ answered 304, ms", spent["304"], spent["auth"], 1.0)
    scale.touch_open_round()
    yield at_most("P1 /dashboard/ queries cold", leader.queries(DASHBOARD), 15)
    yield at_most("P1 /dashboard/ queries warm", leader.queries(DASHBOARD), 5)


def lists(server: str, pid: int) -> Iterator[Line]:
    """P3: a register of 50 rows a page, first and middle, and the desks of liaison and office."""
    office, liaison = Visitor(server, "demo-office"), Visitor(server, "demo-liaison")
    scale.widen_register()
    spent = in_turn(
        {
            "auth": getting(office, AUTH),
            "flat": getting(office, "/bench/flat/"),
            "first": getting(office, REGISTER),
            "middle": getting(office, f"{REGISTER}&page=3"),
            "review": getting(office, "/review/"),
            "auth of liaison": getting(liaison, AUTH),
            "my": getting(liaison, "/my/"),
        },
        pid,
    )
    yield against("P3 /tasks/ 50 rows, ms", spent["first"], spent["auth"], 4.5)
    yield against(
        "P3 /tasks/ flat rendering of the same rows beside it, ms", spent["flat"], spent["auth"], 4.5
    )
    yield against("P3 /tasks/ middle page, ms", spent["middle"], spent["first"], 1.3)
    yield against(
        f"P3 /my/ with {scale.tasks_of('demo-liaison')} tasks, ms", spent["my"], spent["auth of liaison"], 8.0
    )
    yield against("P3 /review/, ms", spent["review"], spent["auth"], 5.0)


def main(server: str, pid: int) -> None:
    for part in (dashboard, moves.lines, lists):
        for line in part(server, pid):
            line.say()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
