"""Workbooks to fill in: the heads with their rules and lists, a sheet of explanations, and a file sent back marked."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.register_columns import CellGrammar, ImportColumn
from core.register_faults import notes_by_cell
from core.register_preview import RowFault
from core.sheets import MAX_ROWS, OUR_OTHER_SHEETS, Sheet

EXPLAINED, LISTED, FAULTS = OUR_OTHER_SHEETS
LONGEST_LIST_IN_A_RULE = 200
LONGEST_NAME = 31
_STEPS = (
    "在“{sheet}”工作表第2行起填写，一行一条；第1行的列名不要改动，不需要的列可以删去。",
    "列名为深色的必须填写，浅色的可以留空；鼠标停在列名上可以看到填写要求，有下拉箭头的从列表中选择。",
    "不要合并单元格，不要填写公式；从别处复制请选择“粘贴为数值”。",
    "填好后回到数据维护上传：先显示预览，核对无误并确认后才写入；有一处错误就全部不写入。",
    "按“{key}”认定是否同一条：登记册中已有的按文件修改，没有的新增；文件中没有的行保持不变。",
)


@dataclass(frozen=True)
class Guide:
    """What the explanations say of one column."""

    column: CellGrammar
    need: str


def template_workbook(title: str, guides: Iterable[Guide], key: str) -> bytes:
    """The empty workbook with heads, rules, drop-downs and explanations."""
    import xlsxwriter  # heavy: kept out of the start-up of every web worker

    file, columns = io.BytesIO(), list(guides)
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title[:LONGEST_NAME])
        _write_heads(book, sheet, columns)
        _write_explanations(book, title, columns, key)
        _write_lists(book, sheet, columns)
    return file.getvalue()


def marked_workbook(sheet: Sheet, faults: Iterable[RowFault]) -> bytes:
    """The rows of the file as they were, each faulty cell red with its remedy beside it, and all faults as a list."""
    import xlsxwriter  # heavy: see above

    file, found = io.BytesIO(), list(faults)
    notes: dict[int, dict[int, str]] = {}
    for (row, place), remedy in notes_by_cell(sheet, found).items():
        notes.setdefault(row, {})[place] = remedy
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("数据")
        bold = book.add_format({"bold": True, "bottom": 1})
        red = book.add_format({"bg_color": "#fdecea", "font_color": "#a51d16", "border": 1})
        page.freeze_panes(1, 0)
        page.set_column(0, len(sheet.heads), 18)
        for place, head in enumerate(sheet.heads):
            page.write_string(0, place, head, bold)
        for number, cells in sheet.rows:
            _write_marked(page, number - 1, cells, notes.get(number - 1, {}), red)
        _write_fault_list(book, found, bold)
    return file.getvalue()


def _write_marked(page: Any, row: int, cells: tuple[str, ...], notes: Mapping[int, str], red: Any) -> None:
    for place in range(max([len(cells), *(marked + 1 for marked in notes)])):
        text = cells[place] if place < len(cells) else ""
        if place in notes:
            page.write_string(row, place, text or " ", red)
            page.write_comment(row, place, notes[place], {"x_scale": 2})
        elif text:
            page.write_string(row, place, text)


def _write_fault_list(book: Any, faults: list[RowFault], bold: Any) -> None:
    page = book.add_worksheet(FAULTS)
    page.set_column(0, 0, 8)
    page.set_column(1, 2, 20)
    page.set_column(3, 3, 70)
    for place, head in enumerate(("行", "列", "填写内容", "问题与改法")):
        page.write_string(0, place, head, bold)
    for row, fault in enumerate(faults, start=1):
        page.write_number(row, 0, fault.row)
        for place, text in enumerate((fault.column, fault.value, fault.remedy), start=1):
            page.write_string(row, place, text)


def _write_heads(book: Any, sheet: Any, columns: list[Guide]) -> None:
    shade = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#c2c9d2"}
    owed = book.add_format({**shade, "bg_color": "#1c4e89", "font_color": "#ffffff"})
    free = book.add_format({**shade, "bg_color": "#edf3fb", "font_color": "#15365e"})
    text = book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 24)
    for place, guide in enumerate(columns):
        column = guide.column
        sheet.set_column(place, place, max(12, min(30, 2 * len(column.head) + 4)), text)
        sheet.write_string(0, place, column.head, owed if guide.need else free)
        need = f"（{guide.need}）" if guide.need else "（可以不填）"
        example = f"\n例：{column.example}" if column.example else ""
        sheet.write_comment(0, place, f"{need}{column.hint}{example}", {"x_scale": 2, "y_scale": 1.2})


def _write_explanations(book: Any, title: str, columns: list[Guide], key: str) -> None:
    page = book.add_worksheet(EXPLAINED)
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, width in enumerate((20, 12, 70, 36)):
        page.set_column(place, place, width)
    for row, step in enumerate(_STEPS):
        said = step.format(sheet=title[:LONGEST_NAME], key=key)
        page.write_string(row, 0, f"{row + 1}. {said}")  # runs on over the empty cells beside it
    start = len(_STEPS) + 1
    for place, head in enumerate(("列名", "必填", "填写要求", "示例")):
        page.write_string(start, place, head, bold)
    for row, guide in enumerate(columns, start=start + 1):
        need = guide.need or "否"
        for place, text in enumerate((guide.column.head, need, guide.column.hint, guide.column.example)):
            page.write_string(row, place, text, wrapped)


def _write_lists(book: Any, sheet: Any, columns: list[Guide]) -> None:
    """A drop-down for each column with a list; it warns and lets pass, because spellings are accepted too."""
    lists = None
    for place, guide in enumerate(columns):
        options = guide.column.options
        if not options:
            continue
        lists = lists or book.add_worksheet(LISTED)
        used = len(lists.table[0]) if lists.table else 0
        lists.set_column(used, used, 24)
        for row, text in enumerate((guide.column.head, *options)):
            lists.write_string(row, used, text)
        letter = _letters(used)
        is_strict = isinstance(guide.column, ImportColumn) and not guide.column.other
        sheet.data_validation(
            1,
            place,
            MAX_ROWS,
            place,
            {
                "validate": "list",
                "source": f"={LISTED}!${letter}$2:${letter}${len(options) + 1}",
                "error_type": "stop" if is_strict else "information",
                "error_title": "请从列表中选择",
                "error_message": f"“{guide.column.head}”应为列表中的一项。",
            },
        )


def _letters(place: int) -> str:
    """The letters of a column, A for 0."""
    head, rest = divmod(place, 26)
    return (_letters(head - 1) if head else "") + chr(ord("A") + rest)
