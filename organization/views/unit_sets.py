"""Collective names and the units they stand for."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.errors import NotAllowed, RuleViolation
from core.submit_once import submit_once
from organization import actions
from organization.access import account_kind_required, role_required
from organization.forms.units import SetForm, SetMemberForm
from organization.permissions import can_keep_units
from organization.queries.unit_sets import set_rows
from organization.roles import OFFICE, OFFICE_HEAD

HERE = "organization:unit-sets"
NOT_FOUND = "请选择统称和单位后再提交。"


@account_kind_required("business")
@require_http_methods(["GET", "HEAD", "POST"])
@submit_once
def unit_sets(request: HttpRequest) -> HttpResponse:
    """Every collective name with its units; the office registers one more."""
    form = SetForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            whole = actions.create_set(by=request.user, **form.cleaned_data)
        except NotAllowed:
            raise
        except RuleViolation as refused:
            form.add_error("name", refused.message)
        else:
            messages.success(request, f"已登记统称“{whole.name}”，请接着选入单位。")
            return redirect(HERE)
    words = {
        "rows": set_rows(clock.today()),
        "form": form,
        "can_keep": can_keep_units(request.user),
        "trail": [("首页", "/"), ("单位名录", reverse("organization:unit-list"))],
    }
    return render(request, "organization/unit_sets.html", words)


@role_required(OFFICE, OFFICE_HEAD)
@require_POST
@submit_once
def set_add(request: HttpRequest) -> HttpResponse:
    form = SetMemberForm(request.POST)
    if not form.is_valid():
        messages.error(request, NOT_FOUND)
        return redirect(HERE)
    actions.add_to_set(by=request.user, **form.cleaned_data)
    messages.success(request, "“{whole.name}”已选入{unit.name}。".format(**form.cleaned_data))
    return redirect(HERE)


@role_required(OFFICE, OFFICE_HEAD)
@require_POST
@submit_once
def set_remove(request: HttpRequest) -> HttpResponse:
    form = SetMemberForm(request.POST)
    if not form.is_valid():
        messages.error(request, NOT_FOUND)
        return redirect(HERE)
    actions.remove_from_set(by=request.user, **form.cleaned_data)
    messages.success(request, "“{whole.name}”已移出{unit.name}。".format(**form.cleaned_data))
    return redirect(HERE)
