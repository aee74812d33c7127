"""The columns of a register as a clerk writes them in a workbook: how a cell is read, and how a value is shown."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from core.dates import parse_date
from core.numbers import NumberRefused, parse_number, plain_text
from core.texts import clean_text

YES_NO = {"是": True, "否": False}
MOST_CHOICES_NAMED = 8
# How a row of another register may be written where its own register says nothing else.
USUAL_SPELLINGS = ("code", "name")
_CODE = re.compile(r"[-a-zA-Z0-9_]+")
# The rows of another register one may name; the office of a county does not name the city's plans.
RowsOf = Callable[[type[models.Model]], models.QuerySet]


def every_row(model: type[models.Model]) -> models.QuerySet:
    return model._base_manager.all()


class CellGrammar:
    """One column of the file: its head, what stands in its cells and how they are read.

    django-import-export takes it as the widget of the field: `clean` gives the value, or a ValueError whose
    sentence names the remedy.
    """

    head = ""
    hint = ""
    example = ""
    is_required = False
    # Whether no two rows of the file may share a value.
    is_unique = False
    # What a drop-down may offer; empty where anything may be typed.
    options: tuple[str, ...] = ()

    def clean(self, value: Any, row: Any = None, **_options: Any) -> Any:
        raise NotImplementedError

    def shown(self, value: Any) -> str:
        """The value as the preview prints it; what is empty stays empty."""
        return str(value or "")

    def render(self, value: Any, obj: Any = None, **_options: Any) -> str:
        return self.shown(value)

    def reading(self, _text: str) -> str:
        """What the text was taken for, where a person must agree to it."""
        return ""


class ImportColumn(CellGrammar):
    """A column of the register's own table; rows of other registers are loaded once, by every spelling allowed.

    With `may_confirm` 17.75万 is taken for 177500, and a person agrees to it at the preview.
    """

    def __init__(
        self,
        field: models.Field,
        spellings: Iterable[str] = (),
        *,
        rows_of: RowsOf = every_row,
        may_confirm: bool = False,
    ) -> None:
        self.field, self.may_confirm = field, may_confirm
        self.head = str(field.verbose_name)
        self.has_default = field.has_default()
        self.is_required = not (field.blank or field.null or self.has_default)
        self.is_unique = field.unique
        self.other: Any = field.related_model
        self.rows_by_name = rows_by_name(rows_of(self.other), spellings) if self.other else {}

    def clean(self, value: Any, row: Any = None, **_options: Any) -> Any:
        text = str(value or "").strip()
        return self._read(text) if text else self._empty()

    def shown(self, value: Any) -> str:
        return shown(self.field, value)

    def reading(self, text: str) -> str:
        is_number = self.may_confirm and isinstance(self.field, models.DecimalField)
        if not is_number or not text.strip():
            return ""
        parsed = parse_number(text)
        return plain_text(parsed.value) if parsed.confirm else ""

    @property
    def hint(self) -> str:  # type: ignore[override]
        """What may stand in the column, for the page with the template."""
        said = str(self.field.help_text).rstrip("。")
        return f"{self._kind_of_value()}。{said}。" if said else f"{self._kind_of_value()}。"

    @property
    def options(self) -> tuple[str, ...]:  # type: ignore[override]
        if self.other:
            return _names_offered(self.rows_by_name)
        if self.field.choices:
            return tuple(_labels(self.field).values())
        return tuple(YES_NO) if isinstance(self.field, models.BooleanField) else ()

    @property
    def example(self) -> str:  # type: ignore[override]
        field = self.field
        if self.options:
            return self.options[0]
        if isinstance(field, models.DateField):
            return "2026-09-30"
        if isinstance(field, models.IntegerField):
            return "2026" if "年" in self.head else "1"
        return "177500" if isinstance(field, models.DecimalField) else ""

    def _kind_of_value(self) -> str:
        field = self.field
        if self.other:
            return f"填写{self.other._meta.verbose_name}的代码或名称"
        if field.choices:
            return _listed(_labels(field))
        if isinstance(field, models.BooleanField):
            return "填写“是”或“否”"
        if isinstance(field, models.DateField):
            return "填写日期，例如“2026-09-30”"
        if isinstance(field, models.IntegerField):
            return "填写整数"
        if isinstance(field, models.DecimalField):
            confirmed = "；“17.75万”一类写法在预览时核对确认" if self.may_confirm else ""
            return f"填写数字，最多{field.decimal_places}位小数{confirmed}"
        if isinstance(field, models.SlugField):
            return "填写代码：字母、数字、下划线和短横线"
        return f"填写文字，最多{field.max_length}字" if field.max_length else "填写文字"

    def _empty(self) -> Any:
        if self.is_required:
            raise ValueError("没有填写，请填写后重新上传。")
        if self.has_default:
            return self.field.get_default()
        return None if self.field.null else ""

    def _read(self, text: str) -> Any:
        field = self.field
        if self.other:
            return self._related(text)
        if field.choices:
            return _chosen(field, text)
        if isinstance(field, models.BooleanField):
            return _yes_or_no(text)
        if isinstance(field, models.DateField):
            return parse_date(text)
        if isinstance(field, models.DecimalField):
            return _number(text, field.decimal_places, may_confirm=self.may_confirm)
        if isinstance(field, models.IntegerField):
            return _whole_number(field, text)
        return _text(field, self.head, text)

    def _related(self, text: str) -> models.Model:
        return row_named(self.other, self.rows_by_name, text)


def row_named(
    model: type[models.Model], by_name: Mapping[str, Mapping[int, models.Model]], text: str
) -> models.Model:
    """The one row of another register that goes by this text; ValueError names the remedy."""
    found, noun = by_name.get(text, {}), model._meta.verbose_name
    if not found:
        raise ValueError(f"没有找到这个{noun}，请核对代码或名称，或先登记这个{noun}。")
    if len(found) > 1:
        raise ValueError(f"有{len(found)}个{noun}叫这个名称，请改填代码。")
    return next(iter(found.values()))


def cell_of(row: models.Model, field: models.Field) -> Any:
    """What a cell of the sheet holds: a code, a label, or the value itself."""
    value = getattr(row, field.name)
    if isinstance(value, models.Model):
        return getattr(value, "code", None) or str(value)
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    return value


def shown(field: models.Field, value: Any) -> str:
    """The value as the preview prints it; what is empty stays empty."""
    if value is None or value == "":
        return ""
    if isinstance(value, models.Model):
        return str(getattr(value, "code", None) or value)
    if field.choices:
        return _labels(field).get(value, str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        places = plain_text(value)
        return places.rstrip("0").rstrip(".") if "." in places else places
    return str(value)


def rows_by_name(rows: models.QuerySet, spellings: Iterable[str] = ()) -> dict[str, dict[int, models.Model]]:
    """Every row under each of its spellings; a spelling of several rows keeps them all. One query per spelling."""
    columns = {field.name for field in rows.model._meta.fields}
    wanted = tuple(spellings) or tuple(name for name in USUAL_SPELLINGS if name in columns)
    known = {row.pk: row for row in rows}
    found: dict[str, dict[int, models.Model]] = {}
    for spelling in wanted:
        for pk, name in rows.order_by("pk").values_list("pk", spelling):
            if name:
                found.setdefault(str(name), {})[pk] = known[pk]
    return found


def _names_offered(by_name: Mapping[str, Mapping[int, models.Model]]) -> tuple[str, ...]:
    """Each row once, as its register calls it where that is one of its spellings, in the register's order."""
    offered: dict[int, str] = {}
    for text, rows in by_name.items():
        for pk, row in rows.items():
            if len(rows) == 1 and (pk not in offered or text == str(row)):
                offered[pk] = text
    return tuple(offered.values())


def _labels(field: models.Field) -> dict[Any, str]:
    return {value: str(label) for value, label in field.flatchoices if value != ""}


def _listed(labels: Mapping[Any, str]) -> str:
    words = list(labels.values())
    rest = "等" if len(words) > MOST_CHOICES_NAMED else ""
    return f"填写“{'”“'.join(words[:MOST_CHOICES_NAMED])}”{rest}之一"


def _chosen(field: models.Field, text: str) -> Any:
    labels = _labels(field)
    for value, label in field.flatchoices:
        if text in (str(label), str(value)):
            return value
    raise ValueError(f"不在可选范围内，请{_listed(labels)}。")


def _yes_or_no(text: str) -> bool:
    if text not in YES_NO:
        raise ValueError("请填写“是”或“否”。")
    return YES_NO[text]


def _number(text: str, places: int, *, may_confirm: bool = False) -> Decimal:
    """A number of the one grammar; 17.75万 asks for a confirmation most registers do not take."""
    try:
        parsed = parse_number(text, precision=places)
    except NumberRefused as refused:
        raise ValueError(str(refused)) from None
    if parsed.confirm and not may_confirm:
        raise ValueError(f"是带单位的写法，请写出全部数字“{plain_text(parsed.value)}”。")
    return parsed.value


def _whole_number(field: models.Field, text: str) -> int:
    """A whole number the column can hold: SQLite would take any, PostgreSQL refuses what is too large."""
    number, kind = int(_number(text, 0)), field.get_internal_type()
    largest = 32_767 if "Small" in kind else 2_147_483_647
    smallest = 0 if kind.startswith("Positive") else -largest
    if not smallest <= number <= largest:
        raise ValueError(f"应在{smallest}至{largest}之间，请核对。")
    return number


def _text(field: models.Field, head: str, text: str) -> str:
    try:
        cleaned = clean_text(text, field_label=head)
    except ValidationError as refused:
        raise ValueError(refused.messages[0]) from None
    if isinstance(field, models.SlugField) and not _CODE.fullmatch(cleaned):
        raise ValueError("代码只能由字母、数字、下划线和短横线组成，请改正。")
    if isinstance(field, models.CharField) and ("\n" in cleaned or "\t" in cleaned):
        raise ValueError("只能填写一行，请去掉换行和制表符。")
    if field.max_length and len(cleaned) > field.max_length:
        raise ValueError(f"共{len(cleaned)}字，最多{field.max_length}字，请缩短。")
    return cleaned
