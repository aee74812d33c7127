"""The demonstration for tests: loaded once per module inside a transaction that is rolled back; its rows without keys."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import models, transaction

from core.canonical import storable
from metrics.models import FigureEntry, FigureTally, Observation
from portal.demo import load_demo
from portal.demo.chance import DEFAULT_SEED
from portal.facts import load_facts
from reporting.models import (
    ReportingRound,
    ReviewEvent,
    RoundException,
    RoundSnapshot,
    Submission,
    SubmissionTally,
)
from tasks.models import ProgressReport, ReportVersion, TaskMeasure, TaskStanding, TaskTally
from tests.portal.dumps import dump_all

# Where each row says to which round it belongs, and what one knows it by beside its own columns.
ROUND_ROWS: dict[type[models.Model], tuple[str, tuple[str, ...]]] = {
    Submission: ("round", ("unit__code",)),
    ReviewEvent: ("submission__round", ("submission__uid", "by__username")),
    ProgressReport: ("round", ("submission__uid", "task__uid")),
    ReportVersion: ("report__round", ("report__submission__uid",)),
    FigureEntry: ("sheet__round", ("sheet__submission__uid", "indicator__code")),
    Observation: ("sheet__round", ("sheet__submission__uid", "indicator__code", "supersedes__version_no")),
    TaskMeasure: ("round", ("task__uid",)),
    RoundException: ("round", ("unit__code",)),
    RoundSnapshot: ("round", ()),
    SubmissionTally: ("round", ("unit__code",)),
    TaskStanding: ("round", ("task__uid", "submission__uid", "version__version_no")),
    TaskTally: ("round", ("unit__code", "area__code")),
}


def rows_of(round_: ReportingRound) -> dict[str, list[str]]:
    """Everything of a round as text, model by model, without keys: equal wherever and whenever it was made."""
    found = {model.__name__: _rows(model, path, names, round_) for model, (path, names) in ROUND_ROWS.items()}
    heads = FigureTally.objects.filter(observation__sheet__round=round_)
    found["FigureTally"] = sorted(
        map(str, heads.values_list("indicator__code", "unit__code", "observation__value"))
    )
    return found


def _rows(model: type[models.Model], path: str, names: tuple[str, ...], round_: ReportingRound) -> list[str]:
    plain = [
        field.attname
        for field in model._meta.concrete_fields
        if not field.is_relation and not field.primary_key
    ]
    rows = model._default_manager.filter(**{path: round_}).values(*plain, *names)
    return sorted(json.dumps(storable(row), ensure_ascii=False, sort_keys=True) for row in rows)


@contextmanager
def city_around(
    blocker: Any, *, seed: int = DEFAULT_SEED, today: datetime.date | None = None
) -> Iterator[str]:
    """The facts' dump, with the demonstration loaded until the end; everything is rolled back."""
    around = transaction.atomic()
    around._from_testcase = True
    with blocker.unblock(), around:
        load_facts()
        before = dump_all()
        assert load_demo(seed=seed, today=today)
        with blocker.block():
            yield before
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def demo_loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The default city, once for all tests of a module; the value is the dump of the facts alone."""
    with city_around(django_db_blocker) as facts:
        yield facts


@pytest.fixture
def demo(demo_loaded: str, db: None) -> str:
    """What a test asks for: the loaded city, in a transaction of the test's own."""
    return demo_loaded
