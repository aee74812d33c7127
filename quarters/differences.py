"""What changed between two texts, word by word for 汉字. Pure."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

# A run of letters and digits stays whole; every other character stands alone.
_PIECES = re.compile(r"[A-Za-z0-9.,%]+|\s+|.", re.DOTALL)
LONGEST = 20_000


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is the same, was added or was removed (`kind`: same, added, removed)."""

    kind: str
    text: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The new text with what was added marked and what was removed in its place; very long texts whole."""
    if before == after:
        return (Piece("same", after),) if after else ()
    if len(before) + len(after) > LONGEST:
        return tuple(piece for piece in (Piece("removed", before), Piece("added", after)) if piece.text)
    return tuple(_compared(_PIECES.findall(before), _PIECES.findall(after)))


def _compared(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(after[b_from:b_to]))
            continue
        if a_to > a_from:
            yield Piece("removed", "".join(before[a_from:a_to]))
        if b_to > b_from:
            yield Piece("added", "".join(after[b_from:b_to]))
