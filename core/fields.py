"""Form fields that know the portal's grammars for text, numbers and dates."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.dates import parse_date
from core.numbers import NumberRefused, ParsedNumber, parse_number, plain_text
from core.texts import clean_text


class _CleanText(forms.CharField):
    """Text under the one rule of `core.texts`; the message names the field by its label."""

    default_error_messages = {"max_length": "最多%(limit_value)s字，现有%(show_value)s字，请精简。"}

    def to_python(self, value: Any) -> str:
        text = "" if value in self.empty_values else clean_text(str(value), field_label=self.shown_label)
        return super().to_python(text) or ""

    @property
    def shown_label(self) -> str:
        return str(self.label or "文本")


class TextLine(_CleanText):
    """One line of text: no newline, no tab."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if "\n" in text or "\t" in text:
            raise ValidationError(f"“{self.shown_label}”只能填写一行，请去掉换行和制表符。", code="one_line")
        return text


class TextBlock(_CleanText):
    """Several lines of text."""

    widget = forms.Textarea


class EnteredNumber(Decimal):
    """A decimal that remembers how it was typed, in `raw`."""

    raw: str

    @classmethod
    def of(cls, parsed: ParsedNumber) -> "EnteredNumber":
        entered = cls(parsed.value)
        entered.raw = parsed.raw
        return entered


class NumberWidget(forms.TextInput):
    """A text input; where 17.75万 was typed it shows «是否为177500？» with a checkbox beside it.

    The checkbox `<name>_confirmed` carries the text that is being confirmed: another text asks again.
    """

    template_name = "core/widgets/number.html"

    def value_from_datadict(self, data, files, name):
        return data.get(name), data.get(f"{name}_confirmed")

    def value_omitted_from_data(self, data, files, name):
        return name not in data

    def format_value(self, value: Any) -> str | None:
        typed = value[0] if isinstance(value, tuple) else value
        if isinstance(typed, Decimal):
            return getattr(typed, "raw", None) or plain_text(typed)
        return super().format_value(typed)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        typed, confirmed = value if isinstance(value, tuple) else (None, None)
        meant = meant_number(typed)
        if meant is not None:
            context["widget"]["question"] = f"是否为{plain_text(meant)}？"
            context["widget"]["confirmed"] = confirmed == typed
        return context


def meant_number(typed: str | None) -> Decimal | None:
    """The multiplied value of a text that must be confirmed, None for any other text."""
    try:
        parsed = parse_number(typed or "")
    except NumberRefused:
        return None
    return parsed.value if parsed.confirm else None


class NumberField(forms.Field):
    """A figure in the grammar of `core.numbers`; cleans to an EnteredNumber, or None when left empty."""

    widget = NumberWidget

    def __init__(
        self,
        *,
        precision: int | None = None,
        min_value: Decimal | int | None = None,
        max_value: Decimal | int | None = None,
        **options: Any,
    ) -> None:
        self.precision, self.min_value, self.max_value = precision, min_value, max_value
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> EnteredNumber | None:
        typed, confirmed = value if isinstance(value, tuple) else (value, None)
        if typed is None or not str(typed).strip():
            self.validate("")
            return None
        parsed = self._parsed(str(typed))
        if parsed.confirm and confirmed != typed:
            raise ValidationError(
                f"“{typed}”是否为{plain_text(parsed.value)}？请勾选确认后再提交。", code="confirm"
            )
        self._check_bounds(parsed)
        entered = EnteredNumber.of(parsed)
        self.run_validators(entered)
        return entered

    def has_changed(self, initial: Any, data: Any) -> bool:
        typed = data[0] if isinstance(data, tuple) else data
        try:
            return parse_number(typed or "").value != initial
        except NumberRefused:
            return bool(typed) or initial is not None

    def _parsed(self, typed: str) -> ParsedNumber:
        try:
            return parse_number(typed, precision=self.precision)
        except NumberRefused as refused:
            raise ValidationError(str(refused), code="refused_number") from None

    def _check_bounds(self, parsed: ParsedNumber) -> None:
        if self.min_value is not None and parsed.value < self.min_value:
            raise ValidationError(f"“{parsed.raw}”过小：不应小于{self.min_value}。", code="min_value")
        if self.max_value is not None and parsed.value > self.max_value:
            raise ValidationError(f"“{parsed.raw}”过大：不应大于{self.max_value}。", code="max_value")


class DateField(forms.DateField):
    """A date in the grammar of `core.dates`, typed as text: a browser's own date input speaks the browser's
    language, takes one spelling only, and shows a refused date as empty."""

    widget = forms.DateInput(
        format="%Y-%m-%d", attrs={"placeholder": "如2026-09-30", "autocomplete": "off", "maxlength": "20"}
    )

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        try:
            return parse_date(str(value))
        except ValueError as refused:
            raise ValidationError(str(refused), code="refused_date") from None
