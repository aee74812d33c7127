"""P1, P3 and P8: what the pages cost the processor, as multiples of the least a page of ours can cost.

Run by benchmarks.bench in a process of its own, whose environment points at a demonstration database.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import django
from django.conf import settings

django.setup()
settings.ROOT_URLCONF = "benchmarks.urls"

from benchmarks import scale  # noqa: E402 (models exist only after setup)
from benchmarks.measure import Line, against, at_most, in_turn  # noqa: E402
from benchmarks.visitor import Answer, Visitor  # noqa: E402

AUTH = "/bench/auth/"
REGISTER = "/tasks/?plan=all"


def expect(answer: Answer, *codes: int) -> Answer:
    """A page that is refused is fast, and worth nothing as a measurement."""
    if answer.status not in codes:
        raise RuntimeError(f"Expected {codes}, got {answer.status}: {answer.body[:300]!r}")
    return answer


def getting(visitor: Visitor, path: str, **headers: str) -> Callable[[], Answer]:
    codes = (304,) if headers else (200,)
    return lambda: expect(visitor.get(path, **headers), *codes)


def dashboard() -> Iterator[Line]:
    """P1: built after a change, asked again at the same stamp, and answered with 304."""
    leader = Visitor("demo-leader")
    tag = expect(leader.get("/dashboard/"), 200).headers.get("ETag", "")

    def after_a_change() -> None:
        scale.forget_stored_pages()
        expect(leader.get("/dashboard/"), 200)

    actions: dict[str, Callable[[], object]] = {
        "auth": getting(leader, AUTH),
        "first": after_a_change,
        "again": getting(leader, "/dashboard/"),
    }
    if tag:
        actions["304"] = getting(leader, "/dashboard/", HTTP_IF_NONE_MATCH=tag)
    spent = in_turn(actions)
    yield against("P1 /dashboard/ after a change, ms", spent["first"], spent["auth"], 4.0)
    yield against("P1 /dashboard/ at the same stamp, ms", spent["again"], spent["auth"], 1.5)
    yield against("P1 /dashboard/ answered 304, ms", spent.get("304", float("inf")), spent["auth"], 1.0)
    scale.forget_stored_pages()
    yield at_most("P1 /dashboard/ queries cold", leader.queries("/dashboard/"), 15)
    yield at_most("P1 /dashboard/ queries warm", leader.queries("/dashboard/"), 5)


def lists() -> Iterator[Line]:
    """P3: a register of 50 rows a page, first and middle, and the desks of liaison and office."""
    office, liaison = Visitor("demo-office"), Visitor("demo-liaison")
    scale.widen_register()
    spent = in_turn(
        {
            "auth": getting(office, AUTH),
            "flat": scale.flat_register,
            "first": getting(office, REGISTER),
            "middle": getting(office, f"{REGISTER}&page=3"),
            "review": getting(office, "/review/"),
            "auth of liaison": getting(liaison, AUTH),
            "my": getting(liaison, "/my/"),
        }
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


def main() -> int:
    for part in (dashboard, lists):
        for line in part():
            line.say()
    return 0


if __name__ == "__main__":
    sys.exit(main())
