"""An uploaded .xlsx or .csv as rows of text, refused before it is parsed where it is not what it says it is."""

import csv
import datetime as dt
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from core.errors import RuleViolation
from core.numbers import plain_text

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
MAX_UNPACKED = 100 * MEGABYTE
MAX_ENTRIES = 2_000
MAX_RATIO = 100
MAX_ROWS = 5_000
MAX_COLUMNS = 100
MAX_NAME = 80
# Sheets of our own templates beside the one with the data.
OUR_OTHER_SHEETS = ("填写说明", "可选值", "问题清单")
IS_FORMULA = "是公式，请复制后选择“粘贴为数值”，再重新上传。"
IS_ERROR = "是公式的错误值，请改为确切的内容。"
BEGINNING = 2_048
# What the reader raises for a package whose parts do not fit together.
_BROKEN = (
    *(
        AttributeError,
        EOFError,
        IndexError,
        KeyError,
        NotImplementedError,
        OSError,
        RuntimeError,
        SyntaxError,
    ),
    *(TypeError, ValueError, zipfile.BadZipFile, zlib.error),
)
_PLACE = re.compile(r"xl/worksheets/[^/]+\.xml")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z0-9:]{1,20})"')
_HIDDEN = re.compile(rb'<(?:\w+:)?row\s[^>]*hidden="(?:1|true)"')
_MACRO = re.compile(r"vbaProject\.bin$|^xl/(macrosheets|externalLinks)/")


class SheetRefused(RuleViolation):
    """The file cannot be taken; the sentence says why and what to do."""


@dataclass(frozen=True)
class CellFault:
    """A cell that holds no content of its own: a formula, or the error of one. Places are counted from 1."""

    row: int
    place: int
    value: str
    remedy: str


@dataclass(frozen=True)
class Sheet:
    """The first sheet of a file: its heads, its filled rows by their number in the file, and what must be said."""

    name: str
    digest: str
    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    notes: tuple[str, ...] = ()
    faults: tuple[CellFault, ...] = ()


def read_sheet(upload: UploadedFile) -> Sheet:
    """Reads an uploaded file; SheetRefused names the fault, where there is one the row and column, and the remedy."""
    name = PurePath(upload.name or "").name
    if (upload.size or 0) > MAX_BYTES:
        raise SheetRefused(f"文件超过{MAX_BYTES // MEGABYTE}兆字节，请分成几个文件导入。")
    content = upload.read()
    kind, faults = PurePath(name).suffix.lower(), list[CellFault]()
    if kind == ".xlsx":
        rows, notes = _workbook(content, faults)
    elif kind == ".csv":
        rows, notes = _comma_separated(content, faults), ()
    else:
        raise SheetRefused("只能导入“.xlsx”或“.csv”文件，请在表格软件中另存为其中一种。")
    in_head = next((fault for fault in faults if fault.row == 1), None)
    if in_head is not None:
        raise SheetRefused(f"第1行第{in_head.place}列{in_head.remedy}")
    return replace(_sheet(name, content, rows, notes), faults=tuple(faults))


def _sheet(name: str, content: bytes, rows: Iterable[tuple[str, ...]], notes: tuple[str, ...]) -> Sheet:
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(row)]
    if not numbered or numbered[0][0] != 1:
        raise SheetRefused("第1行没有列名，请使用下载的模板，第1行保留列名。")
    (_, heads), *filled = numbered
    if not filled:
        raise SheetRefused("文件中只有列名，没有数据，请从第2行起填写。")
    return Sheet(
        name=name[-MAX_NAME:],
        digest=hashlib.sha256(content).hexdigest(),
        heads=heads,
        rows=tuple(filled),
        notes=notes,
    )


def _comma_separated(content: bytes, faults: list[CellFault]) -> list[tuple[str, ...]]:
    if b"\0" in content or content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise SheetRefused("文件内容不是逗号分隔的文本，请在表格软件中另存为“.csv”或“.xlsx”后再导入。")
    lines = csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
    try:
        return [_separated(number, cells, faults) for number, cells in enumerate(lines, start=1)]
    except csv.Error:
        raise SheetRefused(f"第{lines.line_num}行的引号不成对，请改正或另存为“.xlsx”后再导入。") from None


def _separated(number: int, cells: list[str], faults: list[CellFault]) -> tuple[str, ...]:
    _check_place(number, len(cells))
    faults += [
        CellFault(number, place, cell, IS_FORMULA)
        for place, cell in enumerate(cells, start=1)
        if cell.startswith("=")
    ]
    return tuple(cell.strip() for cell in cells)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetRefused("文件的文字编码无法识别，请另存为“UTF-8”编码的“.csv”或“.xlsx”。")


def _workbook(content: bytes, faults: list[CellFault]) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    notes = _checked_package(content)
    try:
        sheet, rows, is_alone = _first_sheet(content, faults)
    except _BROKEN as broken:
        raise SheetRefused("文件已损坏或不是电子表格，请在表格软件中重新保存后再导入。") from broken
    return rows, notes if is_alone else (*notes, f"只导入工作表“{sheet}”，其余工作表不导入。")


def _first_sheet(content: bytes, faults: list[CellFault]) -> tuple[str, list[tuple[str, ...]], bool]:
    """The name and the rows of the first visible sheet, and whether it is the only one with data."""
    # heavy: half a second of start-up for a page the office opens now and then
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not visible:
        raise SheetRefused("文件中没有可见的工作表，请取消隐藏后再导入。")
    others = [sheet for sheet in book.worksheets[1:] if sheet.title not in OUR_OTHER_SHEETS]
    return visible[0].title, list(_cells(visible[0], faults)), not others


def _checked_package(content: bytes) -> tuple[str, ...]:
    """The checks before any parsing: what the package declares, macros, merged cells; notes on hidden rows."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise SheetRefused("文件内容不是电子表格，请在表格软件中另存为“.xlsx”后再导入。") from None
    with package:
        entries = package.infolist()
        _check_sizes(entries, len(content))
        names = {entry.filename for entry in entries}
        if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
            raise SheetRefused("文件内容不是电子表格，请在表格软件中另存为“.xlsx”后再导入。")
        if any(_MACRO.search(name) for name in names):
            raise SheetRefused("文件含有宏或外部链接，请另存为不含宏和外部链接的“.xlsx”后再导入。")
        try:
            return _looked_through(package, sorted(names))
        except _BROKEN:
            raise SheetRefused("文件已损坏或加密，请在表格软件中重新保存后再导入。") from None


def _looked_through(package: zipfile.ZipFile, names: Iterable[str]) -> tuple[str, ...]:
    """Declarations no workbook needs, merged cells, hidden rows: found in the bytes, before anything is built."""
    has_hidden = False
    for name in names:
        text = package.read(name) if _PLACE.fullmatch(name) else _beginning(package, name)
        if b"<!DOCTYPE" in text[:BEGINNING] or b"<!ENTITY" in text[:BEGINNING]:
            raise SheetRefused("文件含有不允许的声明，请在表格软件中重新保存后再导入。")
        merged = _MERGED.search(text)
        if merged:
            raise SheetRefused(f"单元格{merged[1].decode()}是合并单元格，请取消合并并逐格填写。")
        has_hidden = has_hidden or bool(_HIDDEN.search(text))
    return ("文件中有隐藏的行，隐藏的行也会导入。",) if has_hidden else ()


def _beginning(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(BEGINNING)


def _check_sizes(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * packed:
        raise SheetRefused("文件解压后过大，请把数据复制到新的模板中再导入。")


def _cells(sheet: Any, faults: list[CellFault]) -> Iterator[tuple[str, ...]]:
    sheet.reset_dimensions()  # what the file declares may be less than what it holds
    for number, row in enumerate(sheet.iter_rows(), start=1):
        filled = [cell for cell in row if cell.value is not None]
        if not filled:
            if number <= MAX_ROWS + 1:
                yield ()
            continue
        _check_place(number, filled[-1].column)
        yield tuple(_text_of(cell, faults) for cell in row[: filled[-1].column])


def _check_place(row: int, column: int) -> None:
    if row > MAX_ROWS + 1:
        raise SheetRefused(f"一次最多导入{MAX_ROWS}行，第{row}行起请另存为一个文件再导入。")
    if column > MAX_COLUMNS:
        raise SheetRefused(f"第{row}行在第{MAX_COLUMNS}列之后还有内容，请删除多余的列。")


def _text_of(cell: Any, faults: list[CellFault]) -> str:
    """The cell as it would be typed; a formula or an error is noted with its place."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        remedy = IS_FORMULA if cell.data_type == "f" else IS_ERROR
        typed = str(getattr(value, "text", value))  # an array formula is an object
        faults.append(CellFault(cell.row, cell.column, typed, remedy))
        return typed
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number_text(value, is_percent="%" in (cell.number_format or ""))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    return str(value).strip()


def _number_text(value: float, *, is_percent: bool) -> str:
    """Excel keeps doubles: the shortest decimal that gives the same one is what was typed; 0.0425 in % is 4.25%."""
    number = Decimal(repr(value))
    if is_percent:
        return f"{_plain(number * 100)}%"
    return _plain(number)


def _plain(number: Decimal) -> str:
    text = plain_text(number)
    return text.rstrip("0").rstrip(".") if "." in text else text
