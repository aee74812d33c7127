"""Collective names (各县、市、区人民政府) and the units they stand for."""

from django.db import transaction

from core import audit
from core.errors import NotAllowed, RuleViolation
from organization.models import Unit, UnitSet, UnitSetMember, User
from organization.permissions import can_keep_units


@transaction.atomic
def create_set(*, name: str, by: User | None) -> UnitSet:
    """A new collective name without members; RuleViolation where it exists."""
    _refuse_strangers(by)
    if UnitSet.objects.filter(name=name).exists():
        raise RuleViolation(f"统称“{name}”已经登记。")
    whole = UnitSet.objects.create(name=name)
    audit.record("登记单位统称", by=by, obj=whole)
    return whole


@transaction.atomic
def add_to_set(*, whole: UnitSet, unit: Unit, by: User | None) -> None:
    """Lets a collective name stand for one unit more."""
    _refuse_strangers(by)
    whole = UnitSet.objects.select_for_update().get(pk=whole.pk)
    _, is_new = UnitSetMember.objects.get_or_create(unit_set=whole, unit=unit)
    if not is_new:
        raise RuleViolation(f"{unit.name}已在“{whole.name}”中。")
    audit.record("统称增加单位", by=by, obj=whole, unit_name=unit.name, after={"单位": unit.name})


@transaction.atomic
def remove_from_set(*, whole: UnitSet, unit: Unit, by: User | None) -> None:
    """Takes a unit out of a collective name; tasks already given to it stay."""
    _refuse_strangers(by)
    removed, _ = UnitSetMember.objects.filter(unit_set=whole, unit=unit).delete()
    if not removed:
        raise RuleViolation(f"{unit.name}已不在“{whole.name}”中，请刷新页面查看。")
    audit.record("统称移出单位", by=by, obj=whole, unit_name=unit.name, before={"单位": unit.name})


def _refuse_strangers(by: User | None) -> None:
    if by is not None and not can_keep_units(by):
        raise NotAllowed("单位统称由市协调小组办公室登记，您的账号不能修改。")
