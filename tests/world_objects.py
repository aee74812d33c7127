"""How the permission table names the objects of tests/world.py in addresses."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from tests.world import World


def address_arguments(world: World, name: str) -> dict[str, Any]:
    """`report:draft` → the uid of that submission; `round:open` → year and quarter; `-` → nothing."""
    kind, _, key = name.partition(":")
    if kind in {"round", "task_round", "published_report"}:
        round_ = world.rounds[key]
        period = {"year": round_.year, "quarter": round_.quarter}
        return period | _UID_BESIDE[kind](world, key)
    return _ARGUMENTS[kind](world, key)


_UID_BESIDE: dict[str, Callable[[World, str], dict[str, Any]]] = {
    "round": lambda world, key: {},
    "task_round": lambda world, key: {"uid": world.tasks["accepted"].uid},
    "published_report": lambda world, key: {"uid": world.submissions[key].uid},
}
_ARGUMENTS: dict[str, Callable[[World, str], dict[str, Any]]] = {
    "-": lambda world, key: {},
    "missing": lambda world, key: {"uid": uuid.UUID(int=7)},
    "report": lambda world, key: {"uid": world.submissions[key].uid},
    "task": lambda world, key: {"uid": world.tasks[key].uid},
    "user": lambda world, key: {"uid": world.people[key].uid},
    "plan": lambda world, key: {
        "group": world.group.code,
        "year": world.plan.year,
        "version": int(key),
    },
    "code": lambda world, key: {"code": key},
}


def lock_version_of(world: World, name: str) -> int | str:
    """The version a form about this object carries; empty where it carries none."""
    kind, _, key = name.partition(":")
    if kind == "report":
        return world.fresh(key).lock_version
    if kind == "task":
        return world.tasks[key].lock_version
    return world.rounds[key].lock_version if kind == "round" else ""
