"""What the office decides: reviews, rounds, exceptions, and the filters of its lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from core.fields import DateField, NumberField, TextBlock, TextLine
from core.periods import Quarter
from organization.models import Unit
from reporting.models import ReviewEvent, Submission
from reporting.workflow import State


class AcceptForm(forms.Form):
    """The reviewer's judgement where nothing else measures the task."""

    judged_share = NumberField(
        label="核定累计完成比例（%）", required=True, precision=2, min_value=0, max_value=100
    )


class ReturnForm(forms.Form):
    """Why it goes back: a category and a text the unit can act on."""

    reason_code = forms.ChoiceField(label="退回类别", choices=ReviewEvent.Reason.choices)
    reason = TextBlock(
        label="退回原因",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "写明哪一处需要怎样补充或改正"}),
        error_messages={"required": "请写明退回原因，让单位知道要补充或改正什么。"},
    )


class OpenRoundForm(forms.Form):
    """Dates and instructions of a round that is about to be opened."""

    opens_on = DateField(label="开始填报")
    assist_due_on = DateField(label="协同单位截止")
    lead_due_on = DateField(label="牵头单位截止")
    review_due_on = DateField(label="办公室审核截止")
    instructions = TextBlock(
        label="填报说明",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "各单位填报时可见，如本季重点、口径变化"}),
    )

    DATES = ("opens_on", "assist_due_on", "lead_due_on", "review_due_on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for earlier, later in zip(self.DATES, self.DATES[1:], strict=False):
            first, second = cleaned.get(earlier), cleaned.get(later)
            if first and second and second < first:
                labels = self.fields[earlier].label, self.fields[later].label
                self.add_error(later, f"“{labels[1]}”不能早于“{labels[0]}”，请调整日期。")
        return cleaned

    def dates(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.DATES}


class EarlyPublishForm(forms.Form):
    """Why a round is published while units may still report."""

    reason = TextLine(
        label="提前发布原因",
        max_length=200,
        error_messages={"required": "仍有单位在填报时限内，请写明提前发布原因。"},
        help_text="记入审计日志，并在填报进度页公开。",
    )


class PeriodForm(forms.Form):
    """Which quarter is opened; only quarters that were not opened before."""

    def __init__(self, periods: Iterable[Quarter], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["period"] = forms.ChoiceField(
            label="填报季度", choices=[(str(period), period.label) for period in periods]
        )


class ExceptionForm(forms.Form):
    """Leave for one unit to report later."""

    until_on = DateField(label="延至", help_text="已填办公室审核截止日；再晚，审核和发布须相应推后。")
    reason = TextLine(
        label="原因",
        max_length=200,
        error_messages={
            "required": "请写明准予延期的原因。",
            "max_length": "原因不超过200字，现有%(show_value)s字，请精简。",
        },
    )

    def __init__(self, units: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"] = forms.ModelChoiceField(
            units,
            label="单位",
            to_field_name="code",
            empty_label="请选择单位",
            error_messages=dict.fromkeys(("required", "invalid_choice"), "请从列表中选择单位。"),
        )
        self.order_fields(["unit", "until_on", "reason"])


@dataclass(frozen=True)
class FilterSelect:
    """One filter, ready to be written out: Django renders each option by a template of its own."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]


def filter_selects(form: forms.Form) -> list[FilterSelect]:
    """The filters of a form with the chosen value marked."""
    return [
        FilterSelect(name, str(field.label), _options(field, form[name].value()))
        for name, field in form.fields.items()
        if isinstance(field, forms.ChoiceField)
    ]


def _options(field: Any, chosen: Any) -> tuple[tuple[str, str, bool], ...]:
    pairs = ((str(value), str(label)) for value, label in field.choices)
    return tuple((value, label, value == (chosen or "")) for value, label in pairs)


class QueueFilter(forms.Form):
    """What of the review queue is shown; an unknown value shows everything."""

    kind = forms.ChoiceField(
        label="种类",
        required=False,
        choices=[
            ("", "全部种类"),
            *(row for row in Submission.Kind.choices if row[0] in ("progress", "figures")),
        ],
    )
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[
            ("", "已报送和审核中"),
            (State.SUBMITTED.value, State.SUBMITTED.label),
            (State.REVIEWING.value, State.REVIEWING.label),
        ],
    )

    def __init__(self, *args: Any, units: Any, areas: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"] = forms.ModelChoiceField(
            units, label="单位", to_field_name="code", required=False, empty_label="全部单位"
        )
        self.fields["area"] = forms.ModelChoiceField(
            areas, label="改革领域", to_field_name="code", required=False, empty_label="全部领域"
        )
        self.order_fields(["unit", "kind", "state", "area"])

    def wanted(self) -> dict[str, Any]:
        """Valid choices only."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


class BoardFilter(forms.Form):
    """Which rows of the round board are shown. `unit` has no field on the page: links lead to one unit's row."""

    unit = forms.CharField(required=False, max_length=40)
    unit_kind = forms.ChoiceField(
        label="单位类别", required=False, choices=[("", "全部类别"), *Unit.Kind.choices]
    )
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[
            ("", "全部状态"),
            *((state.value, state.label) for state in State),
            ("unsent", "尚未报送"),
            ("waiting", "待审核"),
            ("overdue", "逾期未报"),
        ],
    )

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}
