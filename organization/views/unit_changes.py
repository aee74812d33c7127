"""What the office does with a unit: another name, other spellings, its end, who carries on."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.errors import NotAllowed, RuleViolation, StaleObject
from core.submit_once import submit_once
from organization import actions
from organization.access import role_required
from organization.forms.units import AliasForm, EndForm, RenameForm, SuccessorForm
from organization.models import Unit
from organization.open_work import open_work
from organization.permissions import can_keep_unit
from organization.roles import OFFICE, OFFICE_HEAD

METHODS = ["GET", "HEAD", "POST"]
Step = Callable[..., Unit]


@role_required(OFFICE, OFFICE_HEAD)
@require_http_methods(METHODS)
@submit_once
def unit_rename(request: HttpRequest, code: str) -> HttpResponse:
    unit = _kept_unit(request, code)
    started = {"name": unit.name, "short_name": unit.short_name}
    form = _form(request, RenameForm, unit, started)
    if _carried_out(request, form, actions.rename, unit):
        messages.success(
            request, f"已更名为“{form.cleaned_data['name']}”，原名称“{unit.name}”留在历史名称中。"
        )
        return redirect(unit)
    return _page(request, "organization/unit_rename.html", unit, form, "单位更名")


@role_required(OFFICE, OFFICE_HEAD)
@require_http_methods(METHODS)
@submit_once
def unit_end(request: HttpRequest, code: str) -> HttpResponse:
    """The end of a unit; while it has open work the page lists it instead of the form."""
    unit = _kept_unit(request, code)
    form = _form(request, EndForm, unit, {})
    form.fields["successor"].queryset = form.fields["successor"].queryset.exclude(pk=unit.pk)  # type: ignore[attr-defined]
    if _carried_out(request, form, _end, unit):
        messages.success(request, f"{unit.name}已终止，其成员单位资格同日终止；人员授权请安全管理员收回。")
        return redirect(unit)
    words = {"work": open_work(unit, request.user), "office_of": unit.offices.first()}
    return _page(request, "organization/unit_end.html", unit, form, "终止单位", **words)


@role_required(OFFICE, OFFICE_HEAD)
@require_http_methods(METHODS)
@submit_once
def unit_successor(request: HttpRequest, code: str) -> HttpResponse:
    unit = _kept_unit(request, code)
    form = _form(request, SuccessorForm, unit, {"successor": unit.succeeded_by and unit.succeeded_by.code})
    form.fields["successor"].queryset = form.fields["successor"].queryset.exclude(pk=unit.pk)  # type: ignore[attr-defined]
    if _carried_out(request, form, actions.set_successor, unit):
        messages.success(request, "承接单位已登记，原单位的任务、报告和数据仍记在原单位名下。")
        return redirect(unit)
    return _page(request, "organization/unit_successor.html", unit, form, "承接单位")


@role_required(OFFICE, OFFICE_HEAD)
@require_http_methods(METHODS)
@submit_once
def unit_aliases(request: HttpRequest, code: str) -> HttpResponse:
    """The other spellings of a unit, and one more."""
    unit = _kept_unit(request, code)
    form = AliasForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            row = actions.add_alias(unit=unit, by=request.user, **form.cleaned_data)
        except RuleViolation as refused:
            form.add_error("alias", refused.message)
        else:
            messages.success(request, f"已增加别名“{row.alias}”。")
            return redirect("organization:unit-aliases", code=unit.code)
    words = {"aliases": [row.alias for row in unit.aliases.all()]}
    return _page(request, "organization/unit_aliases.html", unit, form, "别名", **words)


@role_required(OFFICE, OFFICE_HEAD)
@require_POST
@submit_once
def alias_remove(request: HttpRequest, code: str) -> HttpResponse:
    unit = _kept_unit(request, code)
    form = AliasForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有找到要删除的别名，请刷新页面后重新操作。")
        return redirect("organization:unit-aliases", code=unit.code)
    alias = form.cleaned_data["alias"]
    actions.remove_alias(unit=unit, alias=alias, by=request.user)
    messages.success(request, f"已删除别名“{alias}”。")
    return redirect("organization:unit-aliases", code=unit.code)


def _kept_unit(request: HttpRequest, code: str) -> Unit:
    unit = get_object_or_404(Unit.objects.select_related("succeeded_by"), code=code)
    if not can_keep_unit(request.user, unit):
        raise NotAllowed(f"{unit.name}由上级协调小组办公室登记，您的账号不能修改。")
    return unit


def _form(request: HttpRequest, kind: type[forms.Form], unit: Unit, started: dict) -> forms.Form:
    posted = request.POST if request.method == "POST" else None
    return kind(posted, initial={"lock_version": unit.lock_version, **started})


def _carried_out(request: HttpRequest, form: forms.Form, step: Step, unit: Unit) -> bool:
    """Whether the form was sent, understood and allowed; a rule that refuses speaks above the form."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        step(unit=unit, by=request.user, at=clock.now(), **form.cleaned_data)
    except (StaleObject, NotAllowed):
        raise
    except RuleViolation as refused:
        form.add_error(None, refused.message)
        return False
    return True


def _end(*, confirmed: bool, **typed) -> Unit:
    """The form would not be valid without the tick."""
    return actions.end_unit(**typed)


def _page(
    request: HttpRequest, template: str, unit: Unit, form: forms.Form, title: str, **words: object
) -> HttpResponse:
    trail = [
        ("首页", "/"),
        ("单位名录", reverse("organization:unit-list")),
        (unit.short_name, unit.get_absolute_url()),
    ]
    return render(request, template, {"unit": unit, "form": form, "title": title, "trail": trail, **words})
