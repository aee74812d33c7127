"""The one rule for typed text: NFC, and nothing a page, a file or another database cannot carry."""

import re
import unicodedata

from django.core.exceptions import ValidationError

# Line ends of other systems; Word writes a manual line break as U+000B and a page break as U+000C.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029]")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean_text(text: str, *, field_label: str) -> str:
    """The text in NFC with \\n line ends; ValidationError names field, position and character.

    Refused: NUL, C0/C1 control characters but newline and tab, lone surrogates, bidirectional controls.
    Rare 汉字 outside the basic plane pass.
    """
    text = _LINE_ENDS.sub("\n", text)
    for position, char in enumerate(text, start=1):
        kind = _refused_kind(char)
        if kind:
            raise ValidationError(
                f"“{field_label}”第{position}个字符是{kind}（U+{ord(char):04X}），请删除后重新提交。",
                code="refused_character",
            )
    return unicodedata.normalize("NFC", text)


def _refused_kind(char: str) -> str:
    """What kind of refused character this is, in words; empty for a good one."""
    if char in _BIDI:
        return "文字方向控制符"
    if char in "\n\t":
        return ""
    category = unicodedata.category(char)
    return {"Cc": "不可见的控制字符", "Cs": "残缺字符"}.get(category, "")
