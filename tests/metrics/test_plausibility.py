"""What is refused of a figure, and what it must explain."""

from decimal import Decimal

import pytest

from metrics.plausibility import Figure, Whole, doubts, refusals


def figure(value, raw="", unit="人次", **known):
    return Figure(measure_unit=unit, raw=raw or str(value), value=Decimal(value), **known)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (figure(43400), []),
        (figure(-3, unit="个"), ["以“个”计，不能为负数-3"]),
        (figure("-0.4", unit="%"), []),
        (figure(600000000, "6亿元"), ["的单位是“人次”，与填写的“6亿元”不一致"]),
        (figure(61200, "6.12万"), []),
        (figure(61200, "6.12万人次"), []),
        (figure(30000, "3万人", unit="万人"), ["已以“万人”计，“3万人”请去掉“万”再填"]),
        (figure(12, "12%"), ["的单位是“人次”，不能填写百分数“12%”"]),
        (figure("12.5", "12.5%", unit="%"), []),
    ],
)
def test_what_no_explanation_mends(typed, said):
    assert refusals(typed) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (figure(43400, before=Decimal(26100), last_year=Decimal(41500)), []),
        (figure(177500, before=Decimal(26100)), ["本期177,500是上季26,100的6.8倍"]),
        (figure(8000, before=Decimal(26100)), ["本期8,000不到上季26,100的三分之一"]),
        (figure(177500, last_year=Decimal(41500)), ["本期177,500是去年同期41,500的4.3倍"]),
        (figure("4.34", before=Decimal(26100)), ["本期4.34、上季26,100，疑似按“万人次”填写"]),
        (figure(434000000, before=Decimal(26100)), ["本期434,000,000、上季26,100，疑似多写了“万”"]),
        (figure(12, before=Decimal(2)), []),
        (figure(5, before=Decimal(0)), []),
        (figure(296, before=Decimal(472), only_grows=True), ["为累计数，本期296小于上期472"]),
        (figure(296, before=Decimal(472)), []),
        (
            figure(968000, unit="人", whole=Whole("技能人才总量", Decimal(467200))),
            ["968,000大于“技能人才总量”467,200，部分不应大于整体"],
        ),
        (figure(467200, unit="人", whole=Whole("技能人才总量", Decimal(467200))), []),
    ],
)
def test_what_must_be_explained(typed, said):
    assert doubts(typed) == said
