"""What the data maintenance shows of its registers: by the office's work, in a sentence each, with a way in."""

from dataclasses import dataclass, field
from typing import Any

from django import template
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from core.admin_words import WORK_IN_ORDER, Work

register = template.Library()


@dataclass(frozen=True)
class Entry:
    """One register: its name, what it is for, and what the reader may do with it."""

    name: str
    purpose: str
    url: str
    add_url: str
    import_url: str
    is_kept: bool


@dataclass
class WorkPanel:
    """One part of the office's work: the registers it keeps, and what it may look up."""

    work: str
    kept: list[Entry] = field(default_factory=list)
    shown: list[Entry] = field(default_factory=list)


@register.simple_tag(takes_context=True)
def works(context: template.Context, app_list: list[dict[str, Any]]) -> list[WorkPanel]:
    """The registers of Django's list, arranged by work; parts without any are left out."""
    panels = {work: WorkPanel(work) for work in WORK_IN_ORDER}
    for app in app_list:
        for model in app["models"]:
            registered = admin.site._registry[model["model"]]
            entry = _entry(context["request"], registered, model)
            panel = panels[getattr(registered, "work", Work.RECORDS)]
            (panel.kept if entry.is_kept else panel.shown).append(entry)
    for panel in panels.values():
        panel.kept.sort(key=lambda entry: (not entry.import_url, not entry.add_url))
    return [panel for panel in panels.values() if panel.kept or panel.shown]


@register.simple_tag(takes_context=True)
def edit_link(context: template.Context, row: models.Model | None, label: str = "修改") -> str:
    """A button to the row's form in the data maintenance, for whoever may change it; nothing for others."""
    request = context.get("request")
    registered = admin.site._registry.get(type(row)) if row is not None else None
    if request is None or registered is None or not registered.has_change_permission(request, row):
        return ""
    url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])  # type: ignore[union-attr]
    return format_html('<a class="btn btn-plain" href="{}">{}</a>', url, label)


def _entry(request: HttpRequest, registered: Any, model: dict[str, Any]) -> Entry:
    may_import = hasattr(registered, "may_import") and registered.may_import(request)
    opts = registered.opts
    name = f"admin:{opts.app_label}_{opts.model_name}_import"
    return Entry(
        name=str(model["name"]),
        purpose=getattr(registered, "purpose", ""),
        url=model["admin_url"] or "",
        add_url=model["add_url"] or "",
        import_url=reverse(name) if may_import else "",
        is_kept=not model["view_only"] or may_import,
    )
