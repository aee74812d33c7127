"""Collective names with the units they stand for."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch

from organization.models import Unit, UnitSet


@dataclass(frozen=True)
class SetRow:
    """One collective name, its units in the official order, and the units that could still join it."""

    whole: UnitSet
    units: list[Unit]
    others: list[Unit]


def set_rows(on: dt.date) -> list[SetRow]:
    """Every collective name; on a day only units that exist may join."""
    in_force = list(Unit.objects.in_force(on).order_by("position", "code"))
    members = Prefetch("units", Unit.objects.order_by("position", "code"), to_attr="in_order")
    wholes = UnitSet.objects.prefetch_related(members).order_by("name")
    return [SetRow(whole, whole.in_order, _without(in_force, whole.in_order)) for whole in wholes]


def _without(units: list[Unit], members: list[Unit]) -> list[Unit]:
    return [unit for unit in units if unit not in members]
