"""Removes the demonstration: every demo row, everything hanging on one, nothing else."""

from collections import defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from core import audit
from core.models import Job, Notice, SourceSection, SubmitToken
from organization.models import User

Doomed = dict[type[models.Model], set[int]]
# The chain only grows and holds labels instead of foreign keys.
KEPT_APPS = {"contenttypes", "auth", "sessions", "axes"}


def clear_demo() -> int:
    """How many rows went. What demo people wrote goes with them; RuntimeError if a fact hung on a demo row."""
    with transaction.atomic():
        doomed = _doomed()
        _refuse_facts(doomed)
        removed = _remove_traces(doomed.get(User, set()))
        for model in _referring_first():
            removed += _remove(model, doomed.get(model, set()))
        if removed:
            audit.record(
                "清除演示数据", by=None, group_code=settings.PORTAL_DEFAULT_GROUP, after={"条数": removed}
            )
    return removed


def _models() -> Iterator[type[models.Model]]:
    return (model for model in apps.get_models() if model._meta.app_label not in KEPT_APPS)


def _foreign_keys(model: type[models.Model]) -> list[models.ForeignKey]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]


def _doomed() -> Doomed:
    """Rows marked as demo, and, again and again, rows that point at one already doomed."""
    doomed: Doomed = defaultdict(set)
    for model in _models():
        if any(field.name == "is_demo" for field in model._meta.concrete_fields):
            doomed[model] |= set(model._base_manager.filter(is_demo=True).values_list("pk", flat=True))
    while _spread(doomed):
        pass
    return doomed


def _spread(doomed: Doomed) -> bool:
    """Adds the rows that point at doomed ones; whether there were any."""
    grown = False
    for model in _models():
        pointing = Q()
        for field in _foreign_keys(model):
            if doomed.get(field.related_model):
                pointing |= Q((f"{field.attname}__in", doomed[field.related_model]))
        if pointing:
            found = set(model._base_manager.filter(pointing).values_list("pk", flat=True)) - doomed[model]
            doomed[model] |= found
            grown = grown or bool(found)
    return grown


def _refuse_facts(doomed: Doomed) -> None:
    """A fact carries its section: none may go with the demonstration."""
    for model, keys in doomed.items():
        if keys and any(
            field.name == "section" and field.related_model is SourceSection for field in _foreign_keys(model)
        ):
            facts = model._base_manager.filter(pk__in=keys, section__isnull=False)
            if facts.exists():
                raise RuntimeError(f"“{facts[0]}”是事实，却引用了演示数据，未作清除。")


def _remove_traces(user_keys: set[int]) -> int:
    """Messages, jobs and form tokens name people by uid only."""
    uids = list(User.objects.filter(pk__in=user_keys).values_list("uid", flat=True))
    traces = (
        Notice.objects.filter(recipient_uid__in=uids),
        Job.objects.filter(requested_by_uid__in=uids),
        SubmitToken.objects.filter(actor_uid__in=uids),
    )
    return sum(rows.delete()[0] for rows in traces)


def _referring_first() -> list[type[models.Model]]:
    """Every model before those its foreign keys point at, so that PROTECT has nothing to protect."""
    sorter: TopologicalSorter[type[models.Model]] = TopologicalSorter()
    for model in _models():
        targets = {field.related_model for field in _foreign_keys(model)} - {model}
        sorter.add(model, *targets)
    return list(sorter.static_order())[::-1]


def _remove(model: type[models.Model], keys: set[int]) -> int:
    """Rows of one model; where rows point at each other the ones nothing points at go first."""
    own = [field.attname for field in _foreign_keys(model) if field.related_model is model]
    remaining, removed = set(keys), len(keys)
    while remaining:
        pointed_at = {
            key
            for name in own
            for key in model._base_manager.filter(pk__in=remaining).values_list(name, flat=True)
            if key is not None
        }
        leaves = remaining - pointed_at
        model._base_manager.filter(pk__in=leaves).delete()
        remaining -= leaves
    return removed
