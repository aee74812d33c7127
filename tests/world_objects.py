"""How the permission table names the objects of tests/world.py in addresses."""

from __future__ import annotations

import uuid
from typing import Any

from tests.world import World


def address_arguments(world: World, name: str) -> dict[str, Any]:
    """`report:draft` → the uid of that submission; `round:open` → year and quarter; `-` → nothing."""
    kind, _, key = name.partition(":")
    if kind == "-":
        return {}
    if kind == "missing":
        return {"uid": uuid.UUID(int=7)}
    if kind == "report":
        return {"uid": world.submissions[key].uid}
    if kind == "task":
        return {"uid": world.tasks[key].uid}
    if kind == "user":
        return {"uid": world.people[key].uid}
    if kind == "plan":
        return {"group": world.group.code, "year": world.plan.year, "version": int(key)}
    if kind == "code":
        return {"code": key}
    if kind == "round":
        round_ = world.rounds[key]
        return {"year": round_.year, "quarter": round_.quarter}
    if kind == "task_round":
        round_ = world.rounds[key]
        return {"uid": world.tasks["accepted"].uid, "year": round_.year, "quarter": round_.quarter}
    if kind == "published_report":
        round_, report = world.rounds[key], world.submissions[key]
        return {"year": round_.year, "quarter": round_.quarter, "uid": report.uid}
    raise KeyError(name)


def lock_version_of(world: World, name: str) -> int | str:
    """The version a form about this object carries; empty where it carries none."""
    kind, _, key = name.partition(":")
    if kind == "report":
        return world.fresh(key).lock_version
    if kind == "task":
        return world.tasks[key].lock_version
    return world.rounds[key].lock_version if kind == "round" else ""
