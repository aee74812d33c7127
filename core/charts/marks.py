"""SVG elements with everything escaped; horizontal places are per cent of the width, vertical ones pixels."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

NOTHING = mark_safe("")
# An average label is drawn at 13 px: a Chinese character is one such square, a Latin letter a little over half.
LATIN_WIDTH = 0.56
ELLIPSIS = "…"


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Elements one after the other."""
    return format_html_join("", "{}", ((part,) for part in parts))


def picture(title: str, height: float, parts: Iterable[SafeString], *, linked: bool) -> SafeString:
    """The whole drawing; one with links is a group of things to visit, one without is an image."""
    return format_html(
        '<svg class="chart-svg" xmlns="http://www.w3.org/2000/svg" width="100%" height="{}" role="{}" aria-label="{}">{}</svg>',
        px(height),
        "group" if linked else "img",
        title,
        joined(parts),
    )


def rect(x: float, y: float, width: float, height: float, css: str, hint: str = "") -> SafeString:
    """A bar or a part of one; `hint` is read out and shown on hover."""
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}">{}</rect>',
        css, pc(x), px(y), pc(width), px(height), _hint(hint),
    )  # fmt: skip


def line(x1: float, y1: float, x2: float, y2: float, css: str, hint: str = "") -> SafeString:
    """A mark across: a target, a pace, an axis."""
    return format_html(
        '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}">{}</line>',
        css, pc(x1), px(y1), pc(x2), px(y2), _hint(hint),
    )  # fmt: skip


def text(
    x: float, y: float, words: str, *, anchor: str = "start", css: str = "", hint: str = ""
) -> SafeString:
    """Words on a base line; `anchor` start, middle or end."""
    return format_html(
        '<text{} x="{}" y="{}" text-anchor="{}">{}{}</text>',
        format_html(' class="{}"', css) if css else NOTHING, pc(x), px(y), anchor, words, _hint(hint),
    )  # fmt: skip


def name(x: float, y: float, words: str, squares: float) -> SafeString:
    """A row's name, cut to a width; the whole stays readable in the hint."""
    short = shortened(words, squares)
    return text(x, y, short, hint=words if short != words else "")


def link(url: str, name: str, part: SafeString) -> SafeString:
    """A mark that leads one step down; without an address the mark alone."""
    if not url:
        return part
    if not url.startswith(("/", "?")) or url.startswith("//"):
        raise ValueError(f"A chart links within the portal only: {url!r}")
    return format_html('<a href="{}" aria-label="{}">{}</a>', url, name, part)


def width_of(words: str) -> float:
    """How many squares of a Chinese character the words take."""
    return sum(1 if ord(letter) > 0x2E7F else LATIN_WIDTH for letter in words)


def shortened(words: str, squares: float) -> str:
    """The words cut to a width."""
    if width_of(words) <= squares:
        return words
    kept = ""
    for letter in words:
        if width_of(kept + letter) > squares - 1:
            break
        kept += letter
    return kept + ELLIPSIS


def pc(share: float) -> str:
    """Per cent of the width, two places."""
    return f"{round(share, 2):g}%"


def px(pixels: float) -> str:
    """Pixels, one place."""
    return f"{round(pixels, 1):g}"


def _hint(words: str) -> SafeString:
    return format_html("<title>{}</title>", words) if words else NOTHING
