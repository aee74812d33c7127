"""The optimistic lock: one conditional UPDATE, never read-compare-save."""

from typing import Any

from django.db.models import QuerySet

from core.errors import StaleObject


def claim_version(queryset: QuerySet, *, lock_version: int, **updates: Any) -> int:
    """Applies `updates` to the row that still has `lock_version`; returns its new version.

    One UPDATE decides: of many writers with the same version one wins, the others get StaleObject.
    """
    claimed = queryset.filter(lock_version=lock_version).update(lock_version=lock_version + 1, **updates)
    if claimed == 0:
        raise StaleObject
    if claimed > 1:
        raise ValueError("claim_version needs a queryset of one row")
    return lock_version + 1
