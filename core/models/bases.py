"""Abstract columns the nouns of every floor share."""

import uuid

from django.db import models


class UidModel(models.Model):
    """A row outsiders may name: by this unguessable id, never by its primary key."""

    uid = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class Optimistic(models.Model):
    """A row people edit: whoever saves must have read this very version (`core.optimistic`)."""

    lock_version = models.PositiveIntegerField("修改版本", default=1, editable=False)

    class Meta:
        abstract = True


class Demonstrable(models.Model):
    """A row that may be invented for the demonstration; `clear_demo` removes exactly these."""

    is_demo = models.BooleanField("演示数据", default=False, db_index=True, editable=False)

    class Meta:
        abstract = True
