"""Rows of a register that come in as a CSV table: read with their place, checked, previewed, all or nothing."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from core import audit
from core.dates import parse_date
from core.errors import RuleViolation
from core.models import Optimistic
from core.numbers import parse_number
from core.texts import clean_text

MAX_BYTES = 1024 * 1024
MAX_ROWS = 2000
BOOLEANS = {"是": True, "否": False, "": False}


@dataclass(frozen=True)
class RowOutcome:
    """What one line of the table would do, or why it cannot."""

    number: int
    word: str
    label: str
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What a table does line by line; `is_clean` when nothing stands in the way."""

    rows: tuple[RowOutcome, ...]

    @property
    def is_clean(self) -> bool:
        return not any(row.faults for row in self.rows)

    @property
    def changed(self) -> int:
        return sum(row.word in ("新增", "修改") for row in self.rows)


class Cell:
    """Reads one column by the grammars of the portal; ValueError is a sentence with value and remedy."""

    def __init__(self, field: models.Field) -> None:
        self.field, self.label = field, str(field.verbose_name)

    def clean(self, value: Any, row: Any = None, **options: Any) -> Any:
        text = _cleaned(str(value or ""), self.label)
        if self.field.is_relation:
            return self._related(text)
        if self.field.choices:
            return self._choice(text)
        return self._plain(text)

    def render(self, value: Any, obj: Any = None, **options: Any) -> str:
        return "" if value is None else str(value)

    def _related(self, text: str) -> models.Model | None:
        target = self.field.related_model
        if not text or not isinstance(target, type):
            return None
        key = "code" if any(field.name == "code" for field in target._meta.fields) else "name"
        found = list(target._default_manager.filter(**{key: text})[:2])
        if len(found) != 1:
            raise ValueError(
                f"{self.label}：“{text}”没有登记，请填写已登记的{'代码' if key == 'code' else '名称'}。"
            )
        return found[0]

    def _choice(self, text: str) -> str:
        values = {str(label): value for value, label in self.field.flatchoices}
        if text and text not in values:
            raise ValueError(f"{self.label}：“{text}”不在可选范围内（{'、'.join(values)}）。")
        return str(values.get(text, ""))

    def _plain(self, text: str) -> Any:
        if isinstance(self.field, models.BooleanField):
            if text not in BOOLEANS:
                raise ValueError(f"{self.label}：“{text}”请写“是”或“否”。")
            return BOOLEANS[text]
        if isinstance(self.field, models.DateField):
            return parse_date(text) if text else None
        if isinstance(self.field, models.IntegerField | models.DecimalField):
            return self._number(text)
        return text

    def _number(self, text: str) -> Decimal | int | None:
        if not text:
            return None
        parsed = parse_number(text)
        if parsed.confirm:
            raise ValueError(f"{self.label}：“{text}”请写成完整数字{parsed.value:f}。")
        if not isinstance(self.field, models.IntegerField):
            return parsed.value
        if parsed.value != parsed.value.to_integral_value():
            raise ValueError(f"{self.label}：“{text}”应为整数。")
        return int(parsed.value)


class RegisterRules:
    """What holds for every row that comes in: the register decides which may change, the version moves on."""

    def after_init_instance(self, instance: models.Model, new: bool, row: Any, **options: Any) -> None:
        if not new and not options["may_change"](instance):
            raise ValidationError("这一行已登记，目前不能修改。")

    def before_save_instance(self, instance: models.Model, row: Any, **options: Any) -> None:
        if instance.pk and isinstance(instance, Optimistic):
            instance.lock_version += 1


def decoded(content: bytes) -> str:
    """The text of an uploaded CSV file, as Excel on a Chinese system saves it."""
    if len(content) > MAX_BYTES:
        raise RuleViolation(f"文件超过{MAX_BYTES // 1024 // 1024}兆，请拆分后再导入。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RuleViolation("文件编码无法识别，请另存为“CSV UTF-8（逗号分隔）”后再导入。")


def import_table(
    text: str,
    *,
    fields: Mapping[str, models.Field],
    keys: tuple[str, ...],
    may_change: Callable[[Any], bool],
    by: audit.Actor,
    is_trial: bool,
) -> Outcome:
    """Takes the table in when every line is right; a trial, or one wrong line, leaves nothing behind."""
    model = next(iter(fields.values())).model
    with transaction.atomic():
        result = _resource(model, fields, keys).import_data(
            _dataset(text, fields, keys), may_change=may_change
        )
        outcome = Outcome(tuple(_row_outcome(number, row) for number, row in enumerate(result.rows, start=2)))
        if is_trial or not outcome.is_clean:
            transaction.set_rollback(True)
        else:
            digest = hashlib.sha256(text.encode()).hexdigest()
            counted = {"行数": len(outcome.rows), "变动": outcome.changed, "摘要": digest}
            audit.record("导入表格", by=by, label=str(model._meta.verbose_name_plural), after=counted)
    return outcome


def _resource(model: type[models.Model], fields: Mapping[str, models.Field], keys: tuple[str, ...]) -> Any:
    from import_export import fields as columns  # heavy: tablib
    from import_export import resources  # heavy: tablib

    base = type("RegisterResource", (RegisterRules, resources.ModelResource), {})
    given = {
        name: columns.Field(attribute=name, column_name=str(field.verbose_name), widget=Cell(field))
        for name, field in fields.items()
    }
    options = {
        "fields": tuple(fields),
        "import_id_fields": keys,
        "skip_unchanged": True,
        "report_skipped": True,
        "clean_model_instances": True,
        "skip_html_diff": True,
        "use_transactions": False,
    }
    return resources.modelresource_factory(
        model, resource_class=base, custom_fields=given, meta_options=options
    )()


def _dataset(text: str, fields: Mapping[str, models.Field], keys: tuple[str, ...]) -> Any:
    from import_export.formats.base_formats import CSV  # heavy: tablib

    dataset = CSV().create_dataset(text)
    heads = [str(head).strip() for head in dataset.headers or []]
    known = [str(field.verbose_name) for field in fields.values()]
    absent = [fields[name] for name in keys if str(fields[name].verbose_name) not in heads]
    missing = [str(field.verbose_name) for field in absent if not field.null]
    unknown = [head for head in heads if head not in known]
    if missing:
        raise RuleViolation(f"缺少列：{'、'.join(missing)}。请用导出的表头填写。")
    if unknown:
        raise RuleViolation(f"不认识的列：{'、'.join(unknown)[:80]}。可用的列：{'、'.join(known)}。")
    if len(dataset) > MAX_ROWS:
        raise RuleViolation(f"一次最多导入{MAX_ROWS}行，这份表有{len(dataset)}行。")
    dataset.headers = heads
    for field in absent:
        # A key that may stay empty (no unit: the whole; no quarter: the year) is empty in every line.
        dataset.append_col([""] * len(dataset), header=str(field.verbose_name))
    return dataset


_WORDS = {"new": "新增", "update": "修改", "skip": "不变"}


def _row_outcome(number: int, row: Any) -> RowOutcome:
    faults = [str(error.error) for error in row.errors]
    if row.validation_error is not None:
        faults += row.validation_error.messages
    word = "有误" if faults else _WORDS.get(row.import_type, "有误")
    return RowOutcome(number, word, row.object_repr or "", tuple(faults))


def _cleaned(text: str, label: str) -> str:
    try:
        return clean_text(text, field_label=label).strip()
    except ValidationError as refused:
        raise ValueError(" ".join(refused.messages)) from None
