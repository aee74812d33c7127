"""What a unit still has to do, asked of the floors above before it may end.

Tasks and reports lie above the organization, which may not read them. Each floor hands in its question once,
in its `AppConfig.ready`; whoever ends a unit, on whichever page, gets the answers of all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from organization.models import Unit, User


@dataclass(frozen=True)
class OpenWork:
    """One thing a unit has not finished; without an address where the reader may not open it."""

    kind: str
    title: str
    state: str
    url: str = ""


Question = Callable[["Unit", "User | None"], Iterable[OpenWork]]
_QUESTIONS: list[Question] = []


def ask_before_ending(question: Question) -> None:
    """Adds a question; the same one is asked once."""
    if question not in _QUESTIONS:
        _QUESTIONS.append(question)


def open_work(unit: "Unit", reader: "User | None") -> list[OpenWork]:
    """Everything the floors above know to be open, in the words this reader may see (None sees all)."""
    return [work for question in _QUESTIONS for work in question(unit, reader)]
