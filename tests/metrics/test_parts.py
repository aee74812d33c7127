"""A whole that counties and parks add up to: said only when it differs from their sum."""

from decimal import Decimal

import pytest

from metrics.plausibility import Figure, Parts, doubts


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (2854, []),
        (2940, ["2,940与10个县（市、区）和园区上报的合计2,854不一致，多86"]),
        (2800, ["2,800与10个县（市、区）和园区上报的合计2,854不一致，少54"]),
    ],
)
def test_a_whole_is_the_sum_of_its_parts(value, said):
    assert doubts(Figure("人", str(value), Decimal(value), parts=Parts(10, Decimal(2854)))) == said


def test_without_all_parts_nothing_is_said():
    assert doubts(Figure("人", "2940", Decimal(2940))) == []
