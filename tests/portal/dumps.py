"""All domain rows as text, to compare the database before and after."""

from django.apps import apps
from django.core import serializers

DOMAIN_APPS = [
    "core",
    "organization",
    "reporting",
    "tasks",
    "metrics",
    "honors",
    "activities",
    "quarters",
    "portal",
]
# The audit chain only grows; a submit token is a trace of a request.
NOT_COMPARED = {"core.AuditEvent", "core.AuditCheckpoint", "core.ChainHead", "core.SubmitToken"}


def dump_all(**only: object) -> str:
    """Every row of the domain (those matching `only` where a model has the columns), ordered by key."""
    rows = []
    for label in DOMAIN_APPS:
        for model in apps.get_app_config(label).get_models():
            if model._meta.label not in NOT_COMPARED:
                columns = {field.name for field in model._meta.concrete_fields}
                chosen = {name: value for name, value in only.items() if name in columns}
                rows += list(model._default_manager.filter(**chosen).order_by("pk"))
    return serializers.serialize("json", rows, indent=1, ensure_ascii=False)
