"""Rows of long lists: a partial that is nothing but text and `{{ name }}`, written out for many rows at once.

The template language costs five to ten times what the same row costs as one format string (docs/adr/0018). The
partial stays a template file; whatever a row decides is decided before, and comes as a value of the row.
"""

import functools
import re
from collections.abc import Iterable
from html import escape
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeData, SafeString

_COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
_HOLE = re.compile(r"\{\{ (\w+) \}\}")


def written_rows(template_name: str, rows: Iterable[Any]) -> SafeString:
    """The partial once per row; `rows` have the named attributes, text is escaped unless marked safe."""
    pattern, names = _pattern(template_name)
    return SafeString(
        "".join([pattern % tuple([_text(getattr(row, name)) for name in names]) for row in rows])
    )


@functools.cache
def _pattern(template_name: str) -> tuple[str, tuple[str, ...]]:
    """The partial as a format string with the names of its holes; ValueError for one that is not flat."""
    source = _COMMENT.sub("", get_template(template_name).template.source)  # type: ignore[attr-defined]
    names = tuple(_HOLE.findall(source))
    pattern = _HOLE.sub("%s", source.replace("%", "%%").replace("{%%", "{%").replace("%%}", "%}"))
    if "{{" in pattern or "{%" in pattern:
        raise ValueError(f"{template_name} is not flat: only text and {{{{ name }}}} may stand in it.")
    return pattern, names


def _text(value: Any) -> str:
    return value if isinstance(value, SafeData) else escape(str(value))  # type: ignore[return-value]
