"""The headed sections of the founding document."""

from typing import Any

from portal.facts.ledger import Ledger

PICTURE_COUNT = 8


def keep(facts: dict[str, Any], ledger: Ledger) -> None:
    """The sections in reading order; the picture captions P1 to P8 follow their heading P."""
    order = 0
    for order, (code, title) in enumerate(facts["sections"].items(), start=1):
        ledger.keep_section(code, title, order)
    for number in range(1, PICTURE_COUNT + 1):
        ledger.keep_section(f"P{number}", f"图片说明（第{number}幅）", order + number)
