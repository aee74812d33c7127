"""Pictures built by hand: every figure a test names is written here, nothing comes from a database."""

import datetime as dt
from decimal import Decimal
from typing import Any

from quarters.picture import FigureLine, OwedLine, RoundPicture, TaskLine


def task(**fields: Any) -> TaskLine:
    uid = fields.get("uid", "t1")
    defaults: dict[str, Any] = {
        "uid": uid, "code": uid, "title": f"任务{uid}", "kind": "quality",
        "area_code": "skills", "area_name": "素质提升",
        "lead_code": "hr", "lead_name": "市人社局", "lead_kind": "department", "due_on": dt.date(2026, 12, 31),
        "colour": "green", "rule": "", "shortfall": Decimal(0), "share": None,
        "state": "accepted", "state_label": "审核通过", "is_late": False, "is_overdue": False, "is_nil": False,
        "declared": "", "declared_label": "", "agrees": True,
        "progress": "", "problems": "", "next_steps": "", "coordination": "",
        "submission_uid": f"s-{uid}", "version_no": 1, "signed_by": "", "accepted_by": "", "accepted_on": None,
    }  # fmt: skip
    return TaskLine(**{**defaults, **fields})


def tasks(**counts: int) -> tuple[TaskLine, ...]:
    """`tasks(green=2, red=1)`: so many tasks of each colour."""
    return tuple(
        task(uid=f"{colour}{number}", colour=colour)
        for colour, count in counts.items()
        for number in range(count)
    )


def figure(**fields: Any) -> FigureLine:
    defaults: dict[str, Any] = {
        "code": "training", "name": "补贴性培训", "kind_label": "累计", "measure_unit": "人次", "precision": 0,
        "unit_code": "", "unit_name": "", "value": Decimal(3530), "explanation": "",
        "as_of_on": dt.date(2026, 9, 30), "target_value": Decimal(3750), "target_wording": "3750人次",
        "year_target_value": Decimal(5000), "year_target_wording": "5000人次以上", "last_year_value": None,
        "direction": "up", "reported_by": "市人社局", "submission_uid": "sheet",
    }  # fmt: skip
    return FigureLine(**{**defaults, **fields})


def owed(**fields: Any) -> OwedLine:
    defaults: dict[str, Any] = {
        "unit_code": "hr", "unit_name": "市人社局", "unit_kind": "department", "kind": "progress", "title": "任务",
        "state": "pending", "state_label": "待填报", "is_late": False, "is_overdue": False, "submission_uid": "s",
    }  # fmt: skip
    return OwedLine(**{**defaults, **fields})


def picture(**fields: Any) -> RoundPicture:
    defaults: dict[str, Any] = {
        "group_code": "341100", "group_name": "协调小组", "year": 2026, "quarter": 3,
        "phase": "published", "phase_label": "已发布",
        "judged_on": dt.date(2026, 10, 21), "as_of_on": dt.date(2026, 9, 30), "lead_due_on": dt.date(2026, 10, 15),
        "version_no": 1, "yellow_shortfall": Decimal(30), "near_days": 15, "shows_demo": False,
        "tasks": (), "figures": (), "owed": (),
    }  # fmt: skip
    return RoundPicture(**{**defaults, **fields})
