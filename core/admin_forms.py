"""What every form of the data maintenance has: named gaps, the version one has seen, only rows one may name."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

from core import fields as ours
from core.errors import StaleObject
from core.formats import decimal_text


def rows_named_by(site: admin.AdminSite, request: HttpRequest, model: type[models.Model]) -> models.QuerySet:
    """The rows of a register this person may name: those its own list shows; a model without a list is open."""
    registered: Any = site._registry.get(model)
    return registered.get_queryset(request) if registered else model._base_manager.all()


class PlainDecimal(forms.DecimalField):
    """A number as it was typed: without the zeros the column fills up with."""

    def prepare_value(self, value: Any) -> Any:
        return decimal_text(value).replace(",", "") if isinstance(value, Decimal) else value


class NamesMissingFields:
    """Says which field is missing, reads dates by the portal's grammar, and offers only rows one may name."""

    admin_site: admin.AdminSite

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if type(db_field) is models.DecimalField:
            options["form_class"] = PlainDecimal
        if type(db_field) is models.DateField:
            options = {"form_class": ours.DateField, "widget": ours.DateField.widget}
            field = db_field.formfield(**options)
        else:
            field = super().formfield_for_dbfield(db_field, request, **options)  # type: ignore[misc]
        if field is not None:
            field.error_messages["required"] = f"请填写“{field.label or db_field.verbose_name}”。"
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        options.setdefault("queryset", rows_named_by(self.admin_site, request, db_field.related_model))
        options.setdefault("empty_label", "请选择" if not db_field.blank else "不填")
        return super().formfield_for_foreignkey(db_field, request, **options)  # type: ignore[misc]


class PlainLabels:
    """Labels without the ASCII colon Django puts behind them."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})


class SeenVersionForm(forms.ModelForm):
    """Carries the version of the row that was on the screen: a stale form is told, nothing is overwritten."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["seen_version"] = self.instance.lock_version

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and cleaned.get("seen_version") != self.instance.lock_version:
            raise ValidationError(StaleObject.default_message, code="stale")
        return cleaned
