"""Arithmetic of figures: unknown stays unknown, nothing is a float."""

from decimal import Decimal

import pytest

from metrics.formulas import meets, share_of_target, total_of


@pytest.mark.parametrize(
    ("value", "target", "direction", "share"),
    [
        (Decimal(30), Decimal(40), "up", Decimal(75)),
        (Decimal(50), Decimal(40), "up", Decimal(125)),
        (Decimal(-1), Decimal(40), "up", Decimal(0)),
        (None, Decimal(40), "up", None),
        (Decimal(30), None, "up", None),
        (Decimal(30), Decimal(0), "up", None),
        (Decimal(3), Decimal(4), "down", Decimal(100)),
        (Decimal(8), Decimal(4), "down", Decimal(50)),
    ],
)
def test_share_of_target(value, target, direction, share):
    assert share_of_target(value, target, direction) == share


@pytest.mark.parametrize(
    ("value", "comparator", "target", "met"),
    [
        (Decimal(6), ">=", Decimal(6), True),
        (Decimal(6), ">", Decimal(6), False),
        (Decimal(6), "<=", Decimal(5), False),
        (Decimal(6), "=", Decimal(6), True),
        (Decimal("5.7"), "~", Decimal(6), True),
        (Decimal("5.6"), "~", Decimal(6), False),
        (None, ">=", Decimal(6), None),
        (Decimal(6), ">=", None, None),
    ],
)
def test_a_value_meets_its_target(value, comparator, target, met):
    assert meets(value, comparator, target) is met


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        ([Decimal(1), Decimal(2)], Decimal(3)),
        ([Decimal(1), None], None),
        ([], None),
        ([Decimal(0)], Decimal(0)),
    ],
)
def test_a_total_needs_every_part(parts, total):
    assert total_of(parts) == total
