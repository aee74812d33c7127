"""Whether a figure can be right: what is refused, and what a person must look at again (DOMAIN §5). Pure.

A refusal is a slip no explanation mends. A doubt passes once it is explained, and goes with the figure to signer and reviewer.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.formats import decimal_text

# Beyond this factor against last quarter or last year a figure asks for an explanation.
JUMP = 3
TEN_THOUSAND = 10_000
# Among so few a factor says nothing.
FEW = 20
# Rates, differences and sums of money may be below zero; whatever is counted may not.
MAY_BE_NEGATIVE = frozenset({"%", "‰", "百分点", "元", "万元", "亿元"})
_TYPED_UNIT = re.compile(r"(?P<times>[万亿])(?P<unit>\D*)$")


@dataclass(frozen=True)
class Whole:
    """The figure of the same sheet that a part cannot exceed."""

    name: str
    value: Decimal


@dataclass(frozen=True)
class Parts:
    """What counties and parks reported of the same indicator, all of them; the whole is their sum."""

    count: int
    total: Decimal


@dataclass(frozen=True)
class Figure:
    """One figure with what it is compared with; `only_grows` for one that adds up over the quarters compared."""

    measure_unit: str
    raw: str
    value: Decimal
    only_grows: bool = False
    before: Decimal | None = None
    last_year: Decimal | None = None
    whole: Whole | None = None
    parts: Parts | None = None


def refusals(figure: Figure) -> list[str]:
    """What cannot be, in words that follow the indicator's name."""
    return _said(figure, (_negative_count, _other_unit))


def doubts(figure: Figure) -> list[str]:
    """What is hardly so, in words that follow the indicator's name."""
    return _said(figure, (_falls, _exceeds_whole, _differs_from_parts, _jumps))


def _said(figure: Figure, rules: tuple[Callable[[Figure], str], ...]) -> list[str]:
    return [sentence for sentence in (rule(figure) for rule in rules) if sentence]


def _negative_count(figure: Figure) -> str:
    if figure.value >= 0 or figure.measure_unit in MAY_BE_NEGATIVE:
        return ""
    return f"以“{figure.measure_unit}”计，不能为负数{decimal_text(figure.value)}"


def _other_unit(figure: Figure) -> str:
    """6亿元 where persons are counted; 3万人 where 万人 already is the unit; 12% of anything but a rate."""
    raw, unit = figure.raw.strip(), figure.measure_unit
    if raw.endswith(("%", "％")):
        return "" if unit == "%" else f"的单位是“{unit}”，不能填写百分数“{raw}”"
    typed = _TYPED_UNIT.search(raw)
    if typed is None:
        return ""
    if unit[:1] in {"万", "亿"}:
        return f"已以“{unit}”计，“{raw}”请去掉“{typed['times']}”再填"
    is_same = typed["unit"] in {"", unit}
    return "" if is_same else f"的单位是“{unit}”，与填写的“{raw}”不一致"


def _falls(figure: Figure) -> str:
    if not figure.only_grows or figure.before is None or figure.value >= figure.before:
        return ""
    return f"为累计数，本期{decimal_text(figure.value)}小于上期{decimal_text(figure.before)}"


def _exceeds_whole(figure: Figure) -> str:
    if figure.whole is None or figure.value <= figure.whole.value:
        return ""
    return f"{decimal_text(figure.value)}大于“{figure.whole.name}”{decimal_text(figure.whole.value)}，部分不应大于整体"


def _differs_from_parts(figure: Figure) -> str:
    if figure.parts is None or figure.value == figure.parts.total:
        return ""
    parts, total = figure.parts, figure.parts.total
    difference = decimal_text(abs(figure.value - total))
    word = "多" if figure.value > total else "少"
    said = f"{parts.count}个县（市、区）和园区上报的合计{decimal_text(total)}"
    return f"{decimal_text(figure.value)}与{said}不一致，{word}{difference}"


def _jumps(figure: Figure) -> str:
    """One sentence, of the nearer comparison; a figure 10,000 times off is called by its likely cause."""
    compared = (("上季", figure.before), ("去年同期", figure.last_year))
    sentences = (_jump(figure, label, other) for label, other in compared if other is not None and other > 0)
    return next((sentence for sentence in sentences if sentence), "")


def _jump(figure: Figure, label: str, other: Decimal) -> str:
    value = figure.value
    if value < 0 or max(value, other) <= FEW or (other <= JUMP * value and value <= JUMP * other):
        return ""
    known = f"{label}{decimal_text(other)}"
    if _is_near(value * TEN_THOUSAND, other):
        return f"本期{decimal_text(value)}、{known}，疑似按“万{figure.measure_unit}”填写"
    if _is_near(value, other * TEN_THOUSAND):
        return f"本期{decimal_text(value)}、{known}，疑似多写了“万”"
    if value > other:
        times = (value / other).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return f"本期{decimal_text(value)}是{known}的{times}倍"
    return f"本期{decimal_text(value)}不到{known}的三分之一"


def _is_near(value: Decimal, other: Decimal) -> bool:
    return 0 < value <= JUMP * other and other <= JUMP * value
