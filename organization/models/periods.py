"""Rows that hold between two dates; the form's side of their no-overlap rules (the database keeps them too)."""

import datetime as dt
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

EARLIEST, LATEST = "started_on", "ended_on"


def holding_on(day: dt.date) -> Q:
    """Rows that hold on a day, both ends included; an unknown end is open."""
    begun = Q((f"{EARLIEST}__isnull", True)) | Q((f"{EARLIEST}__lte", day))
    return begun & (Q((f"{LATEST}__isnull", True)) | Q((f"{LATEST}__gte", day)))


class Dated(models.Model):
    """A row that holds between two dates, both included; rows with equal `overlap_keys` never overlap."""

    overlap_keys: ClassVar[tuple[str, ...]] = ()
    overlap_message: ClassVar[str] = ""

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self._others_in_the_same_time().exists():
            raise ValidationError(self.overlap_message)

    def _others_in_the_same_time(self) -> models.QuerySet[Any]:
        same: dict[str, Any] = {key: getattr(self, key) for key in self.overlap_keys}
        rows = type(self)._default_manager.exclude(pk=self.pk)
        if None in same.values():
            return rows.none()
        rows = rows.filter(**same)
        started, ended = getattr(self, EARLIEST), getattr(self, LATEST)
        if ended is not None:
            rows = rows.filter(Q((f"{EARLIEST}__isnull", True)) | Q((f"{EARLIEST}__lte", ended)))
        if started is not None:
            rows = rows.filter(Q((f"{LATEST}__isnull", True)) | Q((f"{LATEST}__gte", started)))
        return rows
