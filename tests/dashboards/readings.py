"""Readings built by hand: every figure a test names is written here, nothing comes from a database."""

import datetime as dt
from decimal import Decimal
from typing import Any

from core.periods import Quarter
from dashboards.summary.rows import TaskRow
from quarters.picture import FigureLine
from quarters.reading import AreaLabel, Cell, OwedCell, RoundReading, UnitLabel
from tasks.lights import Colour, Thresholds


def cell(tasks: int = 1, **fields: Any) -> Cell:
    defaults: dict[str, Any] = {
        "unit_code": "hr", "unit_name": "市人社局", "unit_kind": "department",
        "area_code": "skills", "area_name": "素质提升", "state": "accepted", "light": Colour.GREEN,
        "is_done": False,
    }  # fmt: skip
    return Cell(**{**defaults, **fields}, tasks=tasks)


def cells(**counts: int) -> tuple[Cell, ...]:
    """`cells(green=2, red=1)`: so many tasks of each colour; what is 未报 is with the unit."""
    return tuple(
        cell(count, light=Colour(colour), state="pending" if colour == "unreported" else "accepted")
        for colour, count in counts.items()
        if count
    )


def row(**fields: Any) -> TaskRow:
    defaults: dict[str, Any] = {
        "uid": "t1", "code": "01", "title": "任务", "lead_code": "hr", "lead_name": "市人社局",
        "area_name": "素质提升", "period": Quarter(2026, 3), "light": Colour.GREEN, "rule": "", "quarters": 0,
        "due_on": dt.date(2026, 12, 31), "state": "accepted", "state_label": "审核通过", "is_late": False,
        "is_overdue": False, "declared": "", "declared_label": "", "said": "", "coordination": "", "raised": 1,
        "submission_uid": "s",
    }  # fmt: skip
    return TaskRow(**{**defaults, **fields})


def figure(**fields: Any) -> FigureLine:
    defaults: dict[str, Any] = {
        "code": "training", "name": "补贴性培训", "kind_label": "累计", "measure_unit": "人次", "precision": 0,
        "unit_code": "", "unit_name": "", "value": Decimal(3530), "explanation": "",
        "as_of_on": dt.date(2026, 9, 30), "target_value": Decimal(3750), "target_wording": "3750人次",
        "year_target_value": Decimal(5000), "year_target_wording": "5000人次以上", "last_year_value": None,
        "direction": "up", "reported_by": "市人社局", "submission_uid": "sheet",
    }  # fmt: skip
    return FigureLine(**{**defaults, **fields})


def owed(submissions: int = 1, **fields: Any) -> OwedCell:
    defaults: dict[str, Any] = {
        "unit_code": "hr", "unit_name": "市人社局", "unit_kind": "department", "kind": "progress",
        "state": "pending", "is_late": False, "is_overdue": False,
    }  # fmt: skip
    return OwedCell(**{**defaults, **fields}, submissions=submissions)


def reading(quarter: int = 3, **fields: Any) -> RoundReading:
    defaults: dict[str, Any] = {
        "round_id": quarter, "group_code": "341100", "period": Quarter(2026, quarter), "phase": "published",
        "judged_on": dt.date(2026, 10, 21), "as_of_on": dt.date(2026, 9, 30), "lead_due_on": dt.date(2026, 10, 15),
        "thresholds": Thresholds(), "shows_demo": False, "cells": (), "owed": (), "figures": (),
        "units": {1: UnitLabel("hr", "市人社局", "department", 1), 2: UnitLabel("fy", "凤阳县", "county", 2)},
        "areas": {1: AreaLabel("skills", "素质提升", 1)},
    }  # fmt: skip
    return RoundReading(**{**defaults, **fields})
