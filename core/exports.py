"""Excel out: user text is text, numbers are numbers, nothing is a formula."""

import datetime as dt
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from core import audit, clock
from core.errors import RuleViolation

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_CELL = 32_767
# Excel keeps 15 significant digits; a longer figure is written as text, digit by digit.
MAX_SIGNIFICANT = 15
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """A column of the sheet: its head, its width in characters and the places of its figures."""

    title: str
    width: int = 16
    places: int | None = None


def workbook_response(
    filename: str, sheet: str, columns: Sequence[Column | str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """An .xlsx download; rows are written one by one, only the packed file is held in memory.

    RuleViolation for text longer than a cell holds (Excel would cut it silently).
    """
    heads = [column if isinstance(column, Column) else Column(column) for column in columns]
    file = io.BytesIO()
    _write(file, sheet, heads, rows)
    return _download(file.getvalue(), _with_suffix(filename), XLSX)


def _download(content: bytes, filename: str, content_type: str) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=filename),
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


def audited_workbook(
    *,
    by: audit.Actor,
    filename: str,
    sheet: str,
    columns: Sequence[Column | str],
    rows: Iterable[Sequence[Any]],
) -> HttpResponse:
    """`workbook_response` with the audit event every export owes: how many rows, and the SHA-256 of them."""
    tally = _Tally(rows)
    response = workbook_response(filename, sheet, columns, tally)
    with transaction.atomic():
        audit.record(
            "导出表格", by=by, label=filename, after={"行数": tally.count, "摘要": tally.digest.hexdigest()}
        )
    return response


def audited_file(
    *, by: audit.Actor, filename: str, content: bytes, content_type: str, action: str
) -> HttpResponse:
    """Any other file as a download, with its audit event: its name and its SHA-256."""
    with transaction.atomic():
        audit.record(action, by=by, label=filename, after={"摘要": hashlib.sha256(content).hexdigest()})
    return _download(content, filename, content_type)


class _Tally:
    """Passes rows on, counting them and taking their digest."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self.rows, self.count, self.digest = rows, 0, hashlib.sha256()

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for row in self.rows:
            self.count += 1
            self.digest.update("\x1f".join(str(cell) for cell in row).encode() + b"\n")
            yield row


def _with_suffix(filename: str) -> str:
    return filename if filename.endswith(".xlsx") else f"{filename}.xlsx"


def _write(file, sheet: str, heads: list[Column], rows: Iterable[Sequence[Any]]) -> None:
    import xlsxwriter  # heavy: kept out of the start-up of every web worker

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(file, options) as workbook:
        writer = _Writer(workbook, workbook.add_worksheet(sheet[:31]), heads)
        for number, row in enumerate(rows, start=1):
            writer.write_row(number, row)


class _Writer:
    """Writes the cells of one sheet with the formats its columns need."""

    def __init__(self, workbook, worksheet, heads: list[Column]) -> None:
        self.worksheet, self.heads = worksheet, heads
        self.text = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.quoted = workbook.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        self.date = workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self.moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"})
        self.figures = [workbook.add_format({"num_format": _figure(head), "valign": "top"}) for head in heads]
        bold = workbook.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        worksheet.freeze_panes(1, 0)
        for place, head in enumerate(heads):
            worksheet.set_column(place, place, head.width)
            worksheet.write_string(0, place, head.title, bold)

    def write_row(self, number: int, row: Sequence[Any]) -> None:
        for place, value in enumerate(row):
            self._write_cell(number, place, value)

    def _write_cell(self, number: int, place: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            self._write_text(number, place, "是" if value else "否")
        elif isinstance(value, int | Decimal) and _fits(value):
            self.worksheet.write_number(number, place, value, self.figures[place])
        elif isinstance(value, dt.datetime):
            self.worksheet.write_datetime(number, place, value.astimezone(clock.SHANGHAI), self.moment)
        elif isinstance(value, dt.date):
            self.worksheet.write_datetime(number, place, value, self.date)
        else:
            self._write_text(number, place, f"{value:f}" if isinstance(value, Decimal) else str(value))

    def _write_text(self, number: int, place: int, text: str) -> None:
        if len(text.encode("utf-16-le")) // 2 > MAX_CELL:
            head = self.heads[place].title
            raise RuleViolation(
                f"第{number + 1}行“{head}”超过{MAX_CELL}字，Excel单元格放不下，请缩短后再导出。"
            )
        style = self.quoted if text.startswith(_FORMULA_STARTS) else self.text
        self.worksheet.write_string(number, place, text, style)


def _figure(head: Column) -> str:
    if head.places is None:
        return "General"
    return f"#,##0.{'0' * head.places}" if head.places else "#,##0"


def _fits(value: int | Decimal) -> bool:
    return len(Decimal(value).normalize().as_tuple().digits) <= MAX_SIGNIFICANT
