"""Arithmetic of figures: unknown stays unknown, nothing is a float."""

from decimal import Decimal as D

import pytest

from metrics.formulas import meets, share_of_target, total_of


@pytest.mark.parametrize(
    ("value", "target", "direction", "share"),
    [
        (D(30), D(40), "up", D(75)), (D(50), D(40), "up", D(125)), (D(-1), D(40), "up", D(0)), (None, D(40), "up", None),
        (D(30), None, "up", None), (D(30), D(0), "up", None), (D(3), D(4), "down", D(100)), (D(8), D(4), "down", D(50)),
    ],
)  # fmt: skip
def test_share_of_target(value, target, direction, share):
    assert share_of_target(value, target, direction) == share


@pytest.mark.parametrize(
    ("value", "comparator", "target", "met"),
    [
        (D(6), ">=", D(6), True), (D(6), ">", D(6), False), (D(6), "<=", D(5), False), (D(6), "=", D(6), True),
        (D("5.7"), "~", D(6), True), (D("5.6"), "~", D(6), False), (None, ">=", D(6), None), (D(6), ">=", None, None),
    ],
)  # fmt: skip
def test_a_value_meets_its_target(value, comparator, target, met):
    assert meets(value, comparator, target) is met


@pytest.mark.parametrize(("parts", "total"), [([D(1), D(2)], D(3)), ([D(1), None], None), ([], None), ([D(0)], D(0))])
def test_a_total_needs_every_part(parts, total):
    assert total_of(parts) == total
