"""Canonical JSON: the same facts give the same bytes on every database and every machine."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any


def storable(value: Any) -> Any:
    """The value as JSON keeps it without loss: decimals, dates and ids as text, no NUL, no surrogates.

    Floats are refused with TypeError: they do not read back the same everywhere.
    """
    if isinstance(value, Enum):
        return storable(value.value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _storable_text(value)
    if isinstance(value, Mapping):
        return {_storable_text(str(key)): storable(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((storable(item) for item in value), key=canonical_json)
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return _scalar_text(value)


def canonical_json(value: Any) -> str:
    """Sorted keys, no blanks, characters as themselves."""
    return json.dumps(storable(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(value: Any, *, algorithm: str = "sha256") -> str:
    """The hexadecimal digest of the canonical JSON; `sm3` works where OpenSSL offers it."""
    return hashlib.new(algorithm, canonical_json(value).encode()).hexdigest()


def moment_text(moment: dt.datetime) -> str:
    """UTC with microseconds: what both databases keep."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _scalar_text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.datetime):
        return moment_text(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, float | bytes | bytearray):
        raise TypeError(f"{type(value).__name__} has no canonical form")
    return _storable_text(str(value))


def _storable_text(text: str) -> str:
    return text.replace("\x00", "␀").encode("utf-8", "replace").decode()
