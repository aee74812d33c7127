"""What every model, every foreign key and every import must keep to, whoever writes the next one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models

from organization.models import User

FLOORS = (
    *("portal", "dashboards", "quarters", "activities", "metrics", "honors", "tasks", "reporting"),
    *("organization", "core"),
)
BESIDE = {"metrics": {"honors"}, "honors": {"metrics"}}
# Rows a person never edits: machinery, read through its own pages and commands.
WITHOUT_ADMIN = {
    *("core.SubmitToken", "core.AuditCheckpoint", "core.ChainHead"),
    *("reporting.SubmissionTally", "tasks.TaskStanding", "tasks.TaskTally", "metrics.FigureTally"),
    "quarters.RoundTally",
}
# Libraries that cost more at start-up than a page may.
TOO_HEAVY = ("docx", "import_export", "numpy", "openpyxl", "pandas", "plotly")
HAN = re.compile(r"[\u4e00-\u9fff]")


def own_models() -> list[type[models.Model]]:
    return [
        model
        for label in FLOORS
        for model in apps.get_app_config(label).get_models()
        if not model.__name__.startswith("Historical")
    ]


def own_fields() -> Iterator[tuple[str, models.Field]]:
    for model in own_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.Field) and not field.auto_created:
                yield f"{model._meta.label}.{field.name}", field


def test_every_model_has_chinese_names():
    names = {model._meta.label: str(model._meta.verbose_name) for model in own_models()}
    assert [label for label, name in names.items() if not HAN.search(name)] == []


def test_every_field_has_a_chinese_name():
    assert [label for label, field in own_fields() if not HAN.search(str(field.verbose_name))] == []


def test_every_model_says_what_a_row_is():
    generated = re.compile(r"^\w+\(.*\)$", re.DOTALL)
    unexplained = [m._meta.label for m in own_models() if not m.__doc__ or generated.match(m.__doc__)]
    assert unexplained == []


def test_every_model_has_an_admin():
    registered = {model._meta.label for model in admin.site._registry}
    assert {model._meta.label for model in own_models()} - registered - WITHOUT_ADMIN == set()


def test_foreign_keys_point_down():
    upward = []
    for label, field in own_fields():
        target = field.related_model
        if not isinstance(target, type) or target._meta.app_label not in FLOORS:
            continue
        here, there = label.split(".")[0], target._meta.app_label
        if FLOORS.index(there) < FLOORS.index(here) or there in BESIDE.get(here, set()):
            upward.append(label)
    assert upward == []


def test_every_actor_has_a_moment():
    alone = []
    for label, field in own_fields():
        moments = {column.name for column in field.model._meta.get_fields()}
        is_actor = field.name.endswith("_by") and field.related_model is User
        if is_actor and f"{field.name[:-3]}_at" not in moments:
            alone.append(label)
    assert alone == []


def test_constraints_speak_chinese():
    silent = [
        f"{model._meta.label}: {constraint.name}"
        for model in own_models()
        for constraint in model._meta.constraints
        if not HAN.search(str(constraint.violation_error_message))
    ]
    assert silent == []


def test_no_model_keeps_floats():
    assert [label for label, field in own_fields() if isinstance(field, models.FloatField)] == []


@pytest.mark.parametrize("module", TOO_HEAVY)
def test_heavy_libraries_wait_until_they_are_needed(modules_after_start, module):
    assert module not in modules_after_start


@pytest.fixture(scope="module")
def modules_after_start() -> set[str]:
    """Names of the modules in memory once the address table is loaded, in a process of its own."""
    code = (
        "import sys, django; django.setup()\n"
        "from django.urls import get_resolver; get_resolver().url_patterns\n"
        "print(*sys.modules)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "chuzhou_reform.settings.test"}
    process = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return set(process.stdout.split())
