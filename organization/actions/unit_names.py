"""Names and spellings of a unit: what it was called stays readable and stays understood."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from core import audit, clock
from core.errors import NotAllowed, RuleViolation, StaleObject
from core.formats import date_text
from core.optimistic import claim_version
from organization.models import Unit, UnitAlias, UnitName, User
from organization.permissions import can_keep_unit

ONE_DAY = dt.timedelta(days=1)


@transaction.atomic
def rename(
    *,
    unit: Unit,
    name: str,
    short_name: str,
    on: dt.date | None,
    lock_version: int,
    by: User | None,
    at: dt.datetime,
) -> Unit:
    """Gives a unit a new name from a day on; the old one becomes its last dated name, and a spelling still understood.

    Without a day it corrects a slip of the pen: the unit never bore the old name, only the audit keeps it.
    RuleViolation: nothing changes, another unit has the name, the day lies ahead or before the present name began.
    """
    refuse_strangers(by, unit)
    locked = locked_as_seen(unit, lock_version)
    _refuse_name(locked, name, short_name)
    if on is not None and on > clock.shanghai_date(at):
        raise RuleViolation("更名日期不能晚于今天，请在新名称启用后再登记。")
    before = audit.snapshot(locked)
    former = (locked.name, locked.short_name)
    if on is not None and name != locked.name:
        _close_name(locked, locked.name, on)
    same = Unit.objects.filter(pk=locked.pk)
    claim_version(same, lock_version=lock_version, name=name, short_name=short_name)
    locked.refresh_from_db()
    for spelling in former if on is not None else ():
        _keep_spelling(locked, spelling)
    old, new = audit.difference(before, audit.snapshot(locked))
    audit.record(
        "单位更名" if on else "更正单位名称",
        by=by,
        obj=locked,
        unit_name=name,
        before=old,
        after={**new, "更名日期": on} if on else new,
    )
    return locked


def keep_former_name(unit: Unit, former: str, *, on: dt.date) -> None:
    """The history of a name that was changed in data entry: it ended the day before.

    A name that began this very day was a slip of the pen and leaves no trace here (the audit has it); a former
    name that was dated by hand stays as it was typed.
    """
    last = unit.names.filter(ended_on__isnull=False).order_by("-ended_on").first()
    if former == unit.name or (last is not None and last.name == former):
        return
    began = _present_name_began(unit, former)
    if began is None or began < on:
        _close_name(unit, former, on)
        _keep_spelling(unit, former)


@transaction.atomic
def add_alias(*, unit: Unit, alias: str, by: User | None) -> UnitAlias:
    """Another spelling documents and workbooks may use; RuleViolation where it already means some unit."""
    refuse_strangers(by, unit)
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    owner = _unit_spelled(alias)
    if owner is not None:
        whose = "本单位" if owner.pk == unit.pk else f"“{owner.name}”"
        raise RuleViolation(f"“{alias}”已是{whose}的名称、简称、代码或别名，请换一个写法。")
    row = UnitAlias.objects.create(unit=unit, alias=alias)
    audit.record("增加单位别名", by=by, obj=unit, unit_name=unit.name, after={"别名": alias})
    return row


@transaction.atomic
def remove_alias(*, unit: Unit, alias: str, by: User | None) -> None:
    """Takes a spelling away; documents already taken in keep what they say."""
    refuse_strangers(by, unit)
    removed, _ = UnitAlias.objects.filter(unit=unit, alias=alias).delete()
    if not removed:
        raise RuleViolation(f"“{alias}”已不是本单位的别名，请刷新页面查看。")
    audit.record("删除单位别名", by=by, obj=unit, unit_name=unit.name, before={"别名": alias})


def refuse_strangers(by: User | None, unit: Unit) -> None:
    """`by` None is a command on the server."""
    if by is not None and not can_keep_unit(by, unit):
        raise NotAllowed(f"{unit.name}由上级协调小组办公室登记，您的账号不能修改。")


def locked_as_seen(unit: Unit, lock_version: int) -> Unit:
    """The row under lock; StaleObject first, or a rule would speak of what somebody else has just changed."""
    locked = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    if locked.lock_version != lock_version:
        raise StaleObject
    return locked


def _refuse_name(unit: Unit, name: str, short_name: str) -> None:
    if (name, short_name) == (unit.name, unit.short_name):
        raise RuleViolation("名称和简称都没有变化，请填写新的名称或简称。")
    others = Unit.objects.exclude(pk=unit.pk)
    taken = others.filter(Q(name=name) | Q(short_name=short_name)).first()
    if taken is not None:
        raise RuleViolation(f"“{taken.name}”已使用这个名称或简称，请换一个。")


def _close_name(unit: Unit, former: str, on: dt.date) -> None:
    """Writes the dated row of the name that ended the day before `on`, or closes the one still open."""
    began = _present_name_began(unit, former)
    if began is not None and began >= on:
        raise RuleViolation(f"“{former}”自{date_text(began)}起启用，更名日期须晚于这一天。")
    last_day = on - ONE_DAY
    still_open = unit.names.filter(ended_on=None).first()
    if still_open is None:
        UnitName.objects.create(unit=unit, name=former, started_on=began, ended_on=last_day)
        return
    still_open.ended_on = last_day
    still_open.save(update_fields=["ended_on"])


def _present_name_began(unit: Unit, present: str) -> dt.date | None:
    """When the present name began: as its open row says, the day after the last dated one, else with the unit."""
    still_open = unit.names.filter(ended_on=None).first()
    if still_open is not None:
        if still_open.name != present:
            raise RuleViolation(f"历史名称“{still_open.name}”没有停用日期，请先在数据维护中补上。")
        return still_open.started_on
    last_days = unit.names.order_by("-ended_on").values_list("ended_on", flat=True)
    last_day = last_days.first()
    return last_day + ONE_DAY if last_day is not None else unit.valid_from


def _keep_spelling(unit: Unit, spelling: str) -> None:
    """An old name stays understood, unless it is a name of this or another unit by now."""
    if _unit_spelled(spelling) is None:
        UnitAlias.objects.create(unit=unit, alias=spelling)


def _unit_spelled(text: str) -> Unit | None:
    """The unit this text already means."""
    named = Q(name=text) | Q(short_name=text) | Q(code=text) | Q(aliases__alias=text)
    return Unit.objects.filter(named).first()
