"""States of a workflow: each with its official word and who has to act in it. Pure."""

import enum
from typing import Self


class HeldState(enum.StrEnum):
    """A state whose value is stored, whose `label` is shown, and whose `holder` has to act (empty when nobody)."""

    label: str
    holder: str

    def __new__(cls, value: str, label: str = "", holder: str = "") -> Self:
        state = str.__new__(cls, value)
        state._value_ = value
        state.label = label
        state.holder = holder
        return state
