"""Collective names with the units they stand for."""

from dataclasses import dataclass

from django.db.models import Prefetch

from organization.models import Unit, UnitSet


@dataclass(frozen=True)
class SetRow:
    """One collective name and its units in the official order."""

    whole: UnitSet
    units: list[Unit]


def set_rows() -> list[SetRow]:
    units = Prefetch("units", Unit.objects.order_by("position", "code"), to_attr="in_order")
    return [
        SetRow(whole, whole.in_order) for whole in UnitSet.objects.prefetch_related(units).order_by("name")
    ]
