"""The one number grammar of forms and imports (no Django: `python -m core.numbers --json -- 17.75万`).

Read: ASCII or full-width digits, a leading minus, one decimal point, correct thousands commas, a percent
sign (12.5% is 12.5: percentages are kept in percent). 17.75万 and 6亿元 are multiplied out, and `confirm`
says that a person must agree to the result. Everything else is refused in a sentence.
"""

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

MAX_DIGITS = 15
_FOLDED = str.maketrans("０１２３４５６７８９．，％－−", "0123456789.,%--")
_UNITS = "人次|人|元|场次|场|个|家|户|名|件|项|次|篇|期|组|所|处|门|班|套|吨|平方米"
_NUMBER = re.compile(
    r"(?P<minus>-?)(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.(?P<places>[0-9]+))?"
    rf"(?:(?P<percent>%)|(?P<times>[万亿])(?:{_UNITS})?)?"
)
_TIMES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


@dataclass(frozen=True)
class ParsedNumber:
    """What a typed number means, whether a person must confirm it, and what was typed."""

    value: Decimal
    confirm: bool
    raw: str


class NumberRefused(ValueError):
    """The text is no number of the grammar; the message names it and the remedy."""


def parse_number(text: str, *, precision: int | None = None) -> ParsedNumber:
    """Reads one number; `precision` is the most decimal places the figure allows.

    Spaces around the number are dropped. NumberRefused carries the Chinese sentence.
    """
    typed = text.strip()
    match = _NUMBER.fullmatch(typed.translate(_FOLDED))
    if match is None:
        raise NumberRefused(_reason(typed))
    if len(match["whole"]) > 2 * MAX_DIGITS or len(match["places"] or "") > MAX_DIGITS:
        raise NumberRefused(f"“{_shown(typed)}”位数过多：请核对。")
    value = _value(match)
    _check_size(typed, value, precision)
    return ParsedNumber(value=value, confirm=match["times"] is not None, raw=text)


def plain_text(value: Decimal) -> str:
    """A decimal in digits, never with an exponent."""
    return f"{value:f}"


def _value(match: re.Match[str]) -> Decimal:
    digits = match["whole"].replace(",", "")
    if match["places"]:
        digits += f".{match['places']}"
    value = Decimal(digits) * (-1 if match["minus"] else 1)
    if match["times"] is not None:
        value = _without_idle_zeros(value * _TIMES[match["times"]])
    return value if value else abs(value)


def _without_idle_zeros(value: Decimal) -> Decimal:
    """177500.00 as 177500; normalize() alone would write 1.775E+5."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _check_size(typed: str, value: Decimal, precision: int | None) -> None:
    if len(plain_text(abs(value)).partition(".")[0]) > MAX_DIGITS:
        raise NumberRefused(f"“{_shown(typed)}”位数过多：整数部分最多{MAX_DIGITS}位，请核对。")
    places = len(plain_text(value).partition(".")[2])
    if precision is not None and places > precision:
        allowed = f"最多保留{precision}位小数" if precision else "只能填写整数"
        raise NumberRefused(f"“{_shown(typed)}”小数位数过多：此处{allowed}，请核对。")


_APPROXIMATE = re.compile(r"约|大约|近|超|逾|余|多|左右|以上|以下|[+＋~～≈<>≤≥]")
_SCIENTIFIC = re.compile(r"[-+]?[0-9.]+[eE][-+]?[0-9]+")
# Asked in this order; the first that fits explains the refusal.
_REASONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^$"), "没有填写数值：请填写数字；没有发生请填0，尚不掌握请写明原因。"),
    (_SCIENTIFIC, "“{0}”是科学计数法：请写出全部数字，例如“1000”。"),
    (re.compile(r"nan|inf(inity)?", re.IGNORECASE), "“{0}”不是数值：请填写数字。"),
    (_APPROXIMATE, "“{0}”不是确切数值：此处只填写数字，“约、余、以上”等请写入界限和备注。"),
    (re.compile(r"\s"), "“{0}”中间有空格：请去掉空格后重填。"),
    (re.compile(r"_"), "“{0}”中有下划线：千位分隔请用逗号，例如“1,000”。"),
    (re.compile(r"\..*\."), "“{0}”有两个小数点：请只保留一个。"),
    (re.compile(r"^-?\.|\.($|[^0-9])"), "“{0}”小数点前后都要有数字，例如“0.5”。"),
    (re.compile(r","), "“{0}”的千位分隔不正确：应每三位一个逗号，例如“1,234,567”。"),
)


def _reason(typed: str) -> str:
    folded = typed.translate(_FOLDED)
    shown = _shown(typed)
    foreign = next((char for char in folded if _is_foreign_digit(char)), None)
    if foreign is not None:
        return f"“{shown}”中的“{foreign}”不是普通数字：请改用0到9。"
    sentence = next((sentence for pattern, sentence in _REASONS if pattern.search(folded)), None)
    return (sentence or "“{0}”不是数值：此处只填写数字，单位和说明请写入备注。").format(shown)


def _is_foreign_digit(char: str) -> bool:
    return not char.isascii() and unicodedata.category(char) in {"Nd", "No", "Nl"}


def _shown(typed: str) -> str:
    """The value as the sentence quotes it: printable and short."""
    printable = "".join(char if char.isprintable() else "�" for char in typed)
    return printable if len(printable) <= 40 else f"{printable[:40]}…"


def _main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="core.numbers", description="Read one number as the portal does.")
    parser.add_argument("--json", action="store_true", help="print one JSON object, errors too")
    parser.add_argument("--precision", type=int, default=None, help="most decimal places allowed")
    parser.add_argument("text")
    options = parser.parse_args(arguments)
    try:
        parsed = parse_number(options.text, precision=options.precision)
    except NumberRefused as refused:
        _print(json.dumps({"error": str(refused)}, ensure_ascii=False) if options.json else str(refused))
        return 0 if options.json else 1
    value = plain_text(parsed.value)
    _print(json.dumps({"value": value, "confirm": parsed.confirm}) if options.json else value)
    return 0


def _print(line: str) -> None:
    """UTF-8 whatever the terminal's locale says."""
    sys.stdout.buffer.write(f"{line}\n".encode())


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
