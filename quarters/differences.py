"""What changed between two texts, word by word for 汉字. Pure."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

# A number stays whole with its 万 or 亿, a word of letters too; every other character stands alone.
_PIECES = re.compile(r"[0-9０-９][0-9０-９.,]*[万亿%％]*|[A-Za-z]+|\s+|.", re.DOTALL)
# Fewer unchanged characters between two changes are read as part of one change.
_SHORT = 3
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
    removed, added = "", ""
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for place, (kind, a_from, a_to, b_from, b_to) in enumerate(steps):
        old, new = "".join(before[a_from:a_to]), "".join(after[b_from:b_to])
        if kind == "equal" and not (0 < place < len(steps) - 1 and _joins_changes(new)):
            yield from _change(removed, added)
            yield Piece("same", new)
            removed, added = "", ""
        else:
            removed, added = removed + old, added + new
    yield from _change(removed, added)


def _joins_changes(same: str) -> bool:
    """A stretch too short to be read for itself; a sentence mark always separates."""
    return len(same) < _SHORT and not any(mark in same for mark in "，。；：！？\n")


def _change(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece("removed", removed)
    if added:
        yield Piece("added", added)
