"""What a unit types: the text of a progress report and the figures of a sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from core.fields import NumberField, NumberWidget, TextBlock, TextLine
from core.numbers import NumberRefused, parse_number, plain_text
from metrics.actions import TypedFigure
from metrics.models import FigureEntry, FigureSheet
from quarters.queries.content import Content, target_text, targets_of
from tasks.models import ProgressReport
from tasks.models.reports import DeclaredStatus

_MOST_TEXT = 5000
KIND_WORDS = {
    "cumulative": "累计：填写截至本季末的累计数",
    "annual": "年度：填写年初至本季末的数",
    "stock": "存量：填写本季末的数",
    "ratio": "比例：填写本季末的百分数",
    "rank": "排名：填写本季末的名次",
}


def without_idle_zeros(value: Decimal | None) -> str | None:
    """56.00 as 56, the way a person types it."""
    return None if value is None else plain_text(value.normalize())


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReportForm(forms.Form):
    """A draft of a progress report; nothing is compulsory until it is handed in."""

    progress = TextBlock(label="进展情况", required=False, max_length=_MOST_TEXT, widget=_area(5))
    declared_status = forms.ChoiceField(
        label="进展评价", required=False, choices=DeclaredStatus.choices, widget=forms.RadioSelect
    )
    percent = NumberField(label="累计完成比例（%）", required=False, precision=2, min_value=0, max_value=100)
    problems = TextBlock(label="存在问题", required=False, max_length=_MOST_TEXT, widget=_area(2))
    next_steps = TextBlock(label="下一步打算", required=False, max_length=_MOST_TEXT, widget=_area(2))
    coordination = TextBlock(label="需协调事项", required=False, max_length=_MOST_TEXT, widget=_area(2))
    is_nil = forms.BooleanField(label="本季无进展", required=False)

    @classmethod
    def showing(cls, report: ProgressReport) -> "ReportForm":
        fields = {name: getattr(report, name) for name in ProgressReport.TEXT_FIELDS}
        return cls(initial={**fields, "percent": without_idle_zeros(report.percent)})

    @classmethod
    def carrying(cls, report: ProgressReport, last: Content, *, replaces: bool) -> "ReportForm":
        """Last quarter's texts in this quarter's fields, not yet saved: in the empty ones, or in all.

        Status and percent are this quarter's judgement and stay as they are.
        """
        form = cls.showing(report)
        for part in last.texts:
            if part.text and (replaces or not getattr(report, part.name)):
                form.initial[part.name] = part.text
        return form


class RawNumberField(forms.Field):
    """A figure that is kept as typed even where it is refused: cleans to a TypedNumber, never fails."""

    widget = NumberWidget

    def __init__(self, *, precision: int, **options: Any) -> None:
        self.precision = precision
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"inputmode": "decimal", "autocomplete": "off", "maxlength": "40"}

    def clean(self, value: Any) -> "TypedNumber":
        typed, confirmed = value if isinstance(value, tuple) else (value, None)
        return TypedNumber.read((typed or "").strip()[:40], confirmed, self.precision)


@dataclass(frozen=True)
class TypedNumber:
    """What was typed, what it means (None where empty, refused or not yet confirmed), and why it was refused."""

    raw: str
    value: Decimal | None
    problem: str
    asks: bool = False

    @classmethod
    def read(cls, raw: str, confirmed: str | None, precision: int) -> "TypedNumber":
        if not raw:
            return cls("", None, "")
        try:
            parsed = parse_number(raw, precision=precision)
        except NumberRefused as refused:
            return cls(raw, None, str(refused))
        if parsed.confirm and (confirmed or "").strip() != raw:
            return cls(raw, None, f"“{raw}”是否为{plain_text(parsed.value)}？请勾选确认。", asks=True)
        return cls(raw, parsed.value, "")


@dataclass(frozen=True)
class FigureRow:
    """One line of the sheet with its two fields."""

    entry: FigureEntry
    before: str
    target: str
    number: forms.BoundField
    explanation: forms.BoundField
    problem: str
    asks: bool
    doubts: tuple[str, ...]

    @property
    def kind_words(self) -> str:
        """Which number is asked for; empty where the indicator's kind is not stated."""
        return KIND_WORDS.get(self.entry.indicator.kind, "")


class FiguresForm(forms.Form):
    """The figures of a sheet. Refused numbers stay in the draft as typed and are named beside the field."""

    def __init__(self, sheet: FigureSheet, *args: Any, carried: dict[int, str] | None = None, **options: Any):
        super().__init__(*args, **options)
        self.sheet, self.carried = sheet, carried or {}
        rows = sheet.entries.select_related("indicator").order_by("indicator__position", "pk")
        self.entries: list[FigureEntry] = list(rows)
        for entry in self.entries:
            self._add_fields(entry)

    def _add_fields(self, entry: FigureEntry) -> None:
        indicator = entry.indicator
        raw = entry.raw or self.carried.get(indicator.pk, "")
        number = RawNumberField(
            label=indicator.name,
            precision=indicator.precision,
            required=False,
            initial=(raw, raw if entry.value is not None else None),
        )
        note = TextLine(label=f"{indicator.name}说明", required=False, max_length=200)
        note.initial = entry.explanation
        number.widget.attrs["aria-label"] = f"{indicator.name}（{indicator.measure_unit}）"
        note.widget.attrs["aria-label"] = f"{indicator.name}说明"
        self.fields[f"figure-{indicator.code}"] = number
        self.fields[f"explanation-{indicator.code}"] = note

    def rows(self, before: dict[int, str], doubts: dict[str, tuple[str, ...]]) -> Iterable[FigureRow]:
        """The lines of the table with last quarter's figure, the target and what looks doubtful beside them."""
        targets = targets_of(self.sheet)
        for entry in self.entries:
            code = entry.indicator.code
            number = self[f"figure-{code}"]
            typed = number.field.clean(number.value())
            yield FigureRow(
                entry=entry,
                before=before.get(entry.indicator_id, "—"),
                target=target_text(targets.get(entry.indicator_id)),
                number=number,
                explanation=self[f"explanation-{code}"],
                problem=typed.problem,
                asks=typed.asks,
                doubts=doubts.get(code, ()),
            )

    def typed_figures(self) -> dict[int, TypedFigure]:
        """What to save, by indicator id."""
        figures = {}
        for entry in self.entries:
            code = entry.indicator.code
            number: TypedNumber = self.cleaned_data[f"figure-{code}"]
            note = self.cleaned_data[f"explanation-{code}"]
            figures[entry.indicator_id] = TypedFigure(number.raw, number.value, note)
        return figures

    def problems(self) -> list[str]:
        """Why figures were refused; they stay as typed."""
        typed = (self.cleaned_data[f"figure-{entry.indicator.code}"] for entry in self.entries)
        return [number.problem for number in typed if number.problem]
