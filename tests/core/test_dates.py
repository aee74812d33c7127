import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import parse_date
from core.formats import date_text


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-30",
        "2026年9月30日",
        "2026年09月30日",
        "２０２６年９月３０日",
        "２０２６－０９－３０",
        " 2026-09-30 ",
    ],
)
def test_date_is_read(text):
    assert parse_date(text) == dt.date(2026, 9, 30)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026/9/30", "“2026/9/30”不是日期，请写成“2026-09-30”或“2026年9月30日”。"),
        ("2026-9-30", "“2026-9-30”不是日期，请写成“2026-09-30”或“2026年9月30日”。"),
        ("三季度末", "“三季度末”不是日期，请写成“2026-09-30”或“2026年9月30日”。"),
        ("٢٠٢٦-09-30", "“٢٠٢٦-09-30”不是日期，请写成“2026-09-30”或“2026年9月30日”。"),
        ("2026-02-30", "“2026-02-30”这一天不存在，请核对月和日。"),
        ("0026-02-03", "“0026-02-03”的年份应在1949至2200之间。"),
    ],
)
def test_date_is_refused_with_value_and_remedy(text, sentence):
    with pytest.raises(ValueError, match="。") as refused:
        parse_date(text)
    assert str(refused.value) == sentence


@pytest.mark.hypothesis
@given(st.dates(min_value=dt.date(1949, 1, 1), max_value=dt.date(2200, 12, 31)))
def test_date_reads_back_from_both_writings(day):
    assert parse_date(day.isoformat()) == day
    assert parse_date(date_text(day)) == day
