"""What becomes of each thing that is owed in a quarter: dealt like cards, so that every way occurs in every city. Pure."""

from collections.abc import Mapping, Sequence

from portal.demo.chance import Chance

ACCEPTED, MISSING, NIL, LATE = "accepted", "missing", "nil", "late"

# Way → the steps that lead there. «nil» and «late» go the plain way with another content or on another day.
HANDED_IN = ("edit", "submit", "sign")
ANSWERED = (*HANDED_IN, "take", "accept")
WAYS: dict[str, tuple[str, ...]] = {
    MISSING: (),
    "draft": ("edit",),
    "signing": ("edit", "submit"),
    "submitted": HANDED_IN,
    "reviewing": (*HANDED_IN, "take"),
    "returned": (*HANDED_IN, "take", "return"),
    ACCEPTED: ANSWERED,
    NIL: ANSWERED,
    LATE: ANSWERED,
    "answered": (*HANDED_IN, "take", "return", *ANSWERED),
    "signer_sent_back": ("edit", "submit", "send_back", *ANSWERED),
    "recalled": (*HANDED_IN, "recall", *ANSWERED),
    "released": (*HANDED_IN, "take", "release", "take", "accept"),
}
# Reports of a published quarter that did not simply pass; the rest was accepted.
PUBLISHED_REPORTS = ("answered", "answered", "answered", LATE, NIL, MISSING, "signer_sent_back", "recalled")
# One of these more in each quarter, in turn.
PUBLISHED_IN_TURN = ("draft", "returned", "released", MISSING)
# Figures of published quarters were always accepted in the end: the next quarter builds on them.
PUBLISHED_SHEETS = ("answered", LATE, "signer_sent_back")
# Shares of the open round; what is left over is still 待填报.
OPEN_SHARES = {
    ACCEPTED: 0.24,
    "submitted": 0.1,
    "reviewing": 0.07,
    "signing": 0.08,
    "draft": 0.08,
    "returned": 0.05,
    "answered": 0.05,
    NIL: 0.03,
}
NEEDS_SIGNER = frozenset({"signing", "signer_sent_back"})


def deal_published(
    reports: Sequence[str],
    sheets: Sequence[str],
    signed: Mapping[str, bool],
    chance: Chance,
    *words: object,
    turn: int,
) -> dict[str, str]:
    """Way by key for a published quarter. `signed` says of each key whether its unit has a signer."""
    special = (*PUBLISHED_REPORTS, PUBLISHED_IN_TURN[turn % len(PUBLISHED_IN_TURN)])
    # A small group keeps most of its reports plain.
    dealt = _deal(reports, special[: max(2, len(reports) // 4)], signed, chance, "reports", *words)
    return dealt | _deal(
        sheets, PUBLISHED_SHEETS[: max(1, len(sheets) // 4)], signed, chance, "sheets", *words
    )


def deal_open(
    reports: Sequence[str],
    sheets: Sequence[str],
    signed: Mapping[str, bool],
    untouched: Sequence[str],
    chance: Chance,
    *words: object,
) -> dict[str, str]:
    """Way by key for the open round: half of it has been handed in, `untouched` has not been begun."""
    way: dict[str, str] = {}
    for keys, name in ((reports, "reports"), (sheets, "sheets")):
        free = [key for key in keys if key not in untouched]
        special = [
            way for way, share in OPEN_SHARES.items() for _ in range(max(1, round(share * len(keys))))
        ][: len(free)]
        if name == "sheets":
            special = [one for one in special if one != NIL]
        way |= _deal(free, special, signed, chance, name, *words, rest=MISSING)
    return way | dict.fromkeys(untouched, MISSING)


def _deal(
    keys: Sequence[str],
    special: Sequence[str],
    signed: Mapping[str, bool],
    chance: Chance,
    *words: object,
    rest: str = ACCEPTED,
) -> dict[str, str]:
    """Special ways go to keys in the order of chance, those that need a signer first to units that have one."""
    waiting = chance.some(keys, len(keys), "deal", *words)
    dealt = dict.fromkeys(keys, rest)
    for way in sorted(special, key=lambda way: way not in NEEDS_SIGNER):
        able = [key for key in waiting if way not in NEEDS_SIGNER or signed[key]]
        if able:
            dealt[able[0]] = way
            waiting.remove(able[0])
    return dealt
