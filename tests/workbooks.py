"""Reads the workbooks the portal sends."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import load_workbook  # noqa: TID253 (only tests read workbooks)


def rows_of(response: Any) -> list[tuple[Any, ...]]:
    """The rows of the first sheet, the head first."""
    return list(load_workbook(io.BytesIO(b"".join(response))).active.values)
