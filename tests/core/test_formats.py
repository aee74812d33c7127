import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Template

from core.formats import date_text, datetime_text, days_in_words, decimal_text, percent_text, wan_text


@pytest.mark.parametrize(
    ("value", "precision", "text"),
    [
        (None, None, "—"),
        (0, None, "0"),
        (Decimal("1234567.50"), None, "1,234,567.5"),
        (Decimal("1E+3"), None, "1,000"),
        (1000, 2, "1,000.00"),
        (Decimal("2.345"), 2, "2.35"),
        (Decimal("-0.001"), 2, "0.00"),
    ],
)
def test_decimal_reads_with_thousands(value, precision, text):
    assert decimal_text(value, precision) == text


def test_unknown_is_a_dash_everywhere():
    texts = [percent_text(None), wan_text(None), date_text(None), datetime_text(None), days_in_words(None)]
    assert texts == ["—"] * 5


@pytest.mark.parametrize(
    ("value", "text"), [(336100, "33.61万"), (9999, "9,999"), (104000, "10.4万"), (-20000, "-2万")]
)
def test_large_figure_reads_in_wan(value, text):
    assert wan_text(value) == text


@pytest.mark.parametrize(("days", "text"), [(3, "还有3天"), (0, "今天到期"), (-5, "逾期5天")])
def test_days_read_as_words(days, text):
    assert days_in_words(days) == text


def test_filters_write_the_same_formats():
    tags = "{{ n|decimal:1 }} {{ s|percent }} {{ d|cn_date }} {{ t|cn_datetime }} {{ missing|decimal }}"
    facts = {
        "n": 1234,
        "s": Decimal("0.309"),
        "d": dt.date(2026, 9, 30),
        "t": dt.datetime(2026, 9, 30, 16, 5, tzinfo=dt.UTC),
    }
    assert Template(f"{{% load portal_tags %}}{tags}").render(Context(facts)) == (
        "1,234.0 30.9% 2026年9月30日 2026年10月1日 00:05 —"
    )
