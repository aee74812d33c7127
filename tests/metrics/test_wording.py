"""How one figure reads: printed and computed side by side, differences said."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from metrics.wording import Parts, Reading, amount_of, as_of_text, period_text, read_figure


def reading(*, is_ratio: bool = False, precision: int = 0, unit: str = "人", **parts) -> Reading:
    for name in ("value", "numerator", "denominator"):
        if parts.get(name) is not None:
            parts[name] = Decimal(str(parts[name]))
    return read_figure(Parts(**parts), is_ratio=is_ratio, precision=precision, unit=unit)


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ({"value": 336100, "printed": "33.61万人"}, Reading("336,100", "33.61万人", "", "")),
        ({"value": 104000, "printed": "10.4万人"}, Reading("104,000", "10.4万人", "", "")),
        ({"value": 600000000, "printed": "6亿元", "unit": "元"}, Reading("600,000,000", "6亿元", "", "")),
        ({"value": 336000, "printed": "33.61万人"}, Reading("336,000", "33.61万人", "", "印刷值33.61万人与数值336,000不一致")),
        ({"value": 460900, "printed": "460900"}, Reading("460,900", "", "", "")),
        ({"value": 500, "is_lower_bound": True, "unit": "场"}, Reading("500", "", "", "", "以上")),
        ({"value": None, "printed": ""}, Reading("—", "", "", "")),
    ],
)  # fmt: skip
def test_values(parts, wanted):
    assert reading(**parts) == wanted


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ({"numerator": 104000, "denominator": 336100, "precision": 1}, Reading("30.9%", "", "104,000 ÷ 336,100 = 30.9%", "")),
        ({"numerator": 2, "printed": "4.25%", "precision": 2}, Reading("4.25%", "4.25%", "分子 2，分母 —", "分母未列明")),
        (
            {"numerator": 2, "denominator": 47, "printed": "4.25%", "precision": 2},
            Reading("4.26%", "4.25%", "2 ÷ 47 = 4.26%", "印刷值4.25%与计算值4.26%不一致"),
        ),
        ({"value": 12.5, "precision": 1, "unit": "%"}, Reading("12.5%", "", "", "")),
    ],
)  # fmt: skip
def test_shares(parts, wanted):
    assert reading(is_ratio=True, **parts) == wanted


def test_amount_of_a_share_is_in_percent():
    assert amount_of(Parts(numerator=Decimal(1), denominator=Decimal(4)), is_ratio=True) == 25
    assert amount_of(Parts(numerator=Decimal(2), printed="4.25%"), is_ratio=True) is None


def test_periods_and_dates():
    assert period_text(year=None, quarter=None, printed="2018年以来") == "2018年以来"
    assert period_text(year=2026, quarter=3, printed="") == "2026年三季度"
    assert period_text(year=2026, quarter=None, printed="") == "2026年"
    assert period_text(year=None, quarter=None, printed="") == "—"
    assert as_of_text(dt.date(2021, 10, 31), "") == "2021年10月31日"
    assert as_of_text(None, "材料形成于2021年底") == "材料形成于2021年底"
