"""The end of a unit and who carries on after it. History is never pointed elsewhere."""

import datetime as dt

from django.db import transaction

from core import audit, clock
from core.errors import RuleViolation
from core.formats import date_text
from core.optimistic import claim_version
from organization.actions.unit_names import locked_as_seen, refuse_strangers
from organization.models import Unit, User
from organization.open_work import open_work

MOST_NAMED = 3


@transaction.atomic
def end_unit(
    *,
    unit: Unit,
    on: dt.date,
    lock_version: int,
    by: User | None,
    at: dt.datetime,
    successor: Unit | None = None,
) -> Unit:
    """Ends a unit with its last day; its memberships end the same day, its reports stay under its name.

    RuleViolation names what stands against it: open work (asked of the floors above), an office it houses, a
    day ahead or before it began, a successor that leads back to it.
    """
    refuse_strangers(by, unit)
    locked = locked_as_seen(unit, lock_version)
    _refuse_day(locked, on, clock.shanghai_date(at))
    _refuse_duties(locked, by)
    if successor is not None:
        _refuse_successor(locked, successor)
    before = audit.snapshot(locked)
    same = Unit.objects.filter(pk=locked.pk)
    claim_version(same, lock_version=lock_version, valid_to=on, succeeded_by=successor)
    left = [member.group.name for member in locked.memberships.filter(ended_on=None).select_related("group")]
    locked.memberships.filter(ended_on=None).update(ended_on=on)
    locked.refresh_from_db()
    old, new = audit.difference(before, audit.snapshot(locked))
    audit.record(
        "终止单位", by=by, obj=locked, unit_name=locked.name, before=old, after={**new, "退出": left}
    )
    return locked


@transaction.atomic
def set_successor(
    *, unit: Unit, successor: Unit | None, lock_version: int, by: User | None, at: dt.datetime
) -> Unit:
    """Records who carries on after an ended unit, or that nobody does; no row of the past moves."""
    refuse_strangers(by, unit)
    locked = locked_as_seen(unit, lock_version)
    if locked.valid_to is None:
        raise RuleViolation("承接单位只登记在已终止的单位上，请先办理终止。")
    if successor is not None:
        _refuse_successor(locked, successor)
    before = audit.snapshot(locked)
    claim_version(Unit.objects.filter(pk=locked.pk), lock_version=lock_version, succeeded_by=successor)
    locked.refresh_from_db()
    old, new = audit.difference(before, audit.snapshot(locked))
    audit.record("登记承接单位", by=by, obj=locked, unit_name=locked.name, before=old, after=new)
    return locked


def _refuse_day(unit: Unit, on: dt.date, today: dt.date) -> None:
    if unit.valid_to is not None:
        raise RuleViolation(f"{unit.name}已于{date_text(unit.valid_to)}终止。")
    if on > today:
        raise RuleViolation("终止日期不能晚于今天，请在单位终止后再登记。")
    if unit.valid_from is not None and on < unit.valid_from:
        raise RuleViolation(f"终止日期不能早于设立日期（{date_text(unit.valid_from)}）。")
    late = unit.memberships.filter(ended_on=None, started_on__gt=on).select_related("group").first()
    if late is not None:
        raise RuleViolation(
            f"{unit.name}于{date_text(late.started_on)}加入{late.group.name}，终止日期不能早于这一天。"
        )


def _refuse_duties(unit: Unit, by: User | None) -> None:
    housed = unit.offices.first()
    if housed is not None:
        raise RuleViolation(f"{housed.name}的办公室设在该单位，请先在数据维护中改设办公室。")
    refuse_open_work(unit, by)


def refuse_open_work(unit: Unit, by: User | None) -> None:
    """Every way to an end passes here: the page, data entry and imports."""
    work = open_work(unit, by)
    if work:
        named = "、".join(f"{item.title}（{item.state}）" for item in work[:MOST_NAMED])
        more = f"等{len(work)}项" if len(work) > MOST_NAMED else ""
        raise RuleViolation(
            f"{unit.name}还有未办结的工作：{named}{more}。请办结后再终止，尚未签收的任务可退改后改选单位。"
        )


def _refuse_successor(unit: Unit, successor: Unit) -> None:
    """The chain of successors must never come back to the unit."""
    step: Unit | None = successor
    seen: set[int] = set()
    while step is not None and step.pk not in seen:
        if step.pk == unit.pk:
            raise RuleViolation(f"{successor.name}由{unit.name}承接，不能反过来承接它。")
        seen.add(step.pk)
        step = step.succeeded_by
