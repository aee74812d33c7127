from decimal import Decimal

import pytest

from core.formats import percent_text
from core.shares import computed_share, share_note


@pytest.mark.parametrize(
    ("parts", "share"), [((2, 47), "4.26%"), ((None, 47), "—"), ((2, None), "—"), ((2, 0), "—")]
)
def test_share_is_computed_from_known_parts_only(parts, share):
    assert percent_text(computed_share(*parts), 2) == share


def test_share_of_stock_is_the_known_trap():
    assert percent_text(computed_share(Decimal("10.4"), Decimal("33.61"))) == "30.9%"


@pytest.mark.parametrize(
    ("printed", "numerator", "denominator", "note"),
    [
        ("4.25%", 2, None, "分母未列明"),
        ("4.25%", None, 47, "分子未列明"),
        ("4.25%", 2, 0, "分母为零，无法计算"),
        ("4.25%", 2, 47, "印刷值4.25%与计算值4.26%不一致"),
        ("41.71%", 78, 187, ""),
        ("41.4 %", 12, 29, ""),
        ("75％", 3, 4, ""),
        ("", 3, 4, ""),
        ("近半", 3, 4, "印刷值近半不是百分比，无法核对"),
    ],
)
def test_printed_share_is_checked_against_its_parts(printed, numerator, denominator, note):
    assert share_note(printed, numerator, denominator) == note
