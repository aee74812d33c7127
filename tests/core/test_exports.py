import datetime as dt
import io
from decimal import Decimal

import pytest

from core.errors import RuleViolation
from core.exports import Column, workbook_response

COLUMNS = ("名称", Column("数值", places=2), "日期")


def sheet_of(rows):
    from openpyxl import load_workbook  # heavy: only these tests read workbooks back

    response = workbook_response("任务清单", "任务", COLUMNS, rows)
    return response, load_workbook(io.BytesIO(response.content))["任务"]


def test_workbook_is_a_download_named_in_chinese_and_kept_by_no_cache():
    response, _ = sheet_of([])
    expected = "attachment; filename*=utf-8''%E4%BB%BB%E5%8A%A1%E6%B8%85%E5%8D%95.xlsx"
    assert response.headers["Content-Disposition"] == expected
    assert response.headers["Cache-Control"] == "private, no-store"


def test_cells_keep_their_kind():
    _, sheet = sheet_of([("甲", Decimal("17.75"), dt.date(2026, 9, 30)), ("乙", None, None), (True, 3, "")])
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        ["名称", "数值", "日期"],
        ["甲", 17.75, dt.datetime(2026, 9, 30)],
        ["乙", None, None],
        ["是", 3, None],
    ]
    assert sheet["B2"].number_format == "#,##0.00"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "http://a.example", "1e3", "{=1}"])
def test_text_of_users_is_never_a_formula_a_link_or_a_number(text):
    _, sheet = sheet_of([(text, 1, None)])
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].hyperlink) == (text, "s", None)
    assert sheet["A2"].quotePrefix is text.startswith(("=", "+", "-", "@", "\t"))


def test_long_figure_is_written_digit_by_digit():
    _, sheet = sheet_of([("甲", Decimal("1234567890123456.78"), None)])
    assert sheet["B2"].value == "1234567890123456.78"


def test_moment_is_written_in_shanghai_time():
    _, sheet = sheet_of([("甲", 1, dt.datetime(2026, 9, 30, 16, 30, tzinfo=dt.UTC))])
    assert sheet["C2"].value == dt.datetime(2026, 10, 1, 0, 30)


def test_text_longer_than_a_cell_is_refused_with_its_place():
    with pytest.raises(RuleViolation, match="第2行“名称”超过32767字"):
        sheet_of([("字" * 32_768, 1, None)])
