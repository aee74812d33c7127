"""Rows for tests, one function per model: every required field has a plain default, everything can be given.

Append the functions of your models below those of the floors your app stands on.
"""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from activities.models import Industry
from core import clock
from core.models import SourceSection
from honors.models import HonorBatch, HonorBatchKind, HonorKind
from metrics.models import FigureEntry, FigureSheet, Indicator, Observation, Target, TaskIndicator
from organization.models import (
    CoordinationGroup,
    GroupMember,
    GroupTerm,
    PastPassword,
    Person,
    RoleGrant,
    Seat,
    Tenure,
    Unit,
    UnitAlias,
    UnitName,
    UnitSet,
    UnitSetMember,
    User,
)
from organization.roles import UNIT_ROLES
from reporting.models import (
    ReportingRound,
    ReviewEvent,
    RoundException,
    RoundSnapshot,
    Submission,
    WorkCalendar,
)
from tasks.models import (
    AreaCrossing,
    Assignment,
    Clause,
    LightRule,
    Milestone,
    Plan,
    PlanLine,
    PolicyDocument,
    ProgressReport,
    ReformArea,
    ReportVersion,
    Task,
    TaskEvent,
    TaskMeasure,
    TaskOrigin,
)

PASSWORD = "Right-horse-77"
CITY = "341100"
_numbers = itertools.count(1)


def number() -> int:
    """A number no other row of this run has."""
    return next(_numbers)


# --- core ---------------------------------------------------------------------------------------


def section(**fields: Any) -> SourceSection:
    code = fields.pop("code", "S1")
    return SourceSection.objects.get_or_create(code=code, defaults={"title": "高度重视", **fields})[0]


# --- organization -------------------------------------------------------------------------------


def unit(**fields: Any) -> Unit:
    serial = number()
    name = fields.pop("name", f"市第{serial}局")
    defaults = {
        "code": f"unit-{serial}",
        "short_name": name,
        "kind": Unit.Kind.DEPARTMENT,
        "position": serial,
    }
    return Unit.objects.create(**{**defaults, "name": name, **fields})


def unit_name(**fields: Any) -> UnitName:
    defaults = {"name": "市旧局", "started_on": dt.date(2017, 1, 1)}
    return UnitName.objects.create(**{**defaults, "unit": fields.get("unit") or unit(), **fields})


def unit_alias(**fields: Any) -> UnitAlias:
    return UnitAlias.objects.create(
        **{"alias": f"别名{number()}", "unit": fields.get("unit") or unit(), **fields}
    )


def unit_set(*units: Unit, **fields: Any) -> UnitSet:
    whole = UnitSet.objects.create(**{"name": f"各单位{number()}", **fields})
    for member in units:
        unit_set_member(unit_set=whole, unit=member)
    return whole


def unit_set_member(**fields: Any) -> UnitSetMember:
    whole = fields.pop("unit_set", None) or unit_set()
    return UnitSetMember.objects.create(unit_set=whole, unit=fields.pop("unit", None) or unit(), **fields)


def group(**fields: Any) -> CoordinationGroup:
    """The city's group, made once; another `code` makes another group."""
    code = fields.pop("code", CITY)
    found = CoordinationGroup.objects.filter(code=code).first()
    if found is not None:
        return found
    is_city = code == CITY
    defaults = {
        "name": "滁州市推进新时代产业工人队伍建设改革协调小组" if is_city else f"{code}协调小组",
        "level": CoordinationGroup.Level.CITY if is_city else CoordinationGroup.Level.COUNTY,
        "office_unit": fields.get("office_unit") or unit(name=f"{code}总工会", kind=Unit.Kind.MASS),
    }
    return CoordinationGroup.objects.create(code=code, **{**defaults, **fields})


def group_term(**fields: Any) -> GroupTerm:
    defaults = {"name": "协调小组", "started_on": dt.date(2017, 9, 1), "started_printed": "2017年9月"}
    return GroupTerm.objects.create(**{**defaults, "group": fields.get("group") or group(), **fields})


def group_member(**fields: Any) -> GroupMember:
    return GroupMember.objects.create(
        **{"group": fields.get("group") or group(), "unit": fields.get("unit") or unit(), **fields}
    )


def person(**fields: Any) -> Person:
    return Person.objects.create(**{"name": f"张{number()}", **fields})


def seat(**fields: Any) -> Seat:
    defaults = {"role": Seat.Role.DEPUTY, "position_title": f"副市长{number()}"}
    return Seat.objects.create(**{**defaults, "group": fields.get("group") or group(), **fields})


def tenure(**fields: Any) -> Tenure:
    defaults = {"started_on": dt.date(2026, 1, 1)}
    held = fields.get("seat") or seat()
    return Tenure.objects.create(
        **{**defaults, "seat": held, "person": fields.get("person") or person(), **fields}
    )


def user(**fields: Any) -> User:
    """A business account that may go straight to its pages; its password is PASSWORD."""
    serial = number()
    defaults = {
        "username": f"user{serial}",
        "display_name": f"李{serial}",
        "password_changed_at": clock.now(),
    }
    return User.objects.create_user(**{**defaults, "password": PASSWORD, **fields})


def past_password(**fields: Any) -> PastPassword:
    holder = fields.pop("user", None) or user()
    return PastPassword.objects.create(
        **{"user": holder, "password": holder.password, "set_at": clock.now(), **fields}
    )


def grant(role: str = RoleGrant.Role.LIAISON, **fields: Any) -> RoleGrant:
    """A grant in force; the unit or group the role asks for is made where none is given."""
    if role in UNIT_ROLES:
        fields.setdefault("unit", None)
        fields["unit"] = fields["unit"] or unit()
    else:
        fields["group"] = fields.get("group") or group()
    fields["user"] = fields.get("user") or user()
    return RoleGrant.objects.create(**{"role": role, "granted_at": clock.now(), **fields})


# --- reporting ----------------------------------------------------------------------------------


def work_day(**fields: Any) -> WorkCalendar:
    return WorkCalendar.objects.create(**{"day": dt.date(2026, 10, 1), "is_workday": False, **fields})


def reporting_round(**fields: Any) -> ReportingRound:
    """The third quarter of 2026 of the city's group, opened; made once per group and quarter."""
    key = {
        "group": fields.pop("group", None) or group(),
        "year": fields.pop("year", 2026),
        "quarter": fields.pop("quarter", 3),
    }
    defaults = {
        "opens_on": dt.date(2026, 10, 1),
        "assist_due_on": dt.date(2026, 10, 10),
        "lead_due_on": dt.date(2026, 10, 15),
        "review_due_on": dt.date(2026, 10, 20),
        "opened_at": clock.now(),
    }
    return ReportingRound.objects.get_or_create(**key, defaults={**defaults, **fields})[0]


def round_exception(**fields: Any) -> RoundException:
    defaults = {"until_on": dt.date(2026, 10, 25), "reason": "数据未出", "granted_at": clock.now()}
    return RoundException.objects.create(
        **{
            **defaults,
            "round": fields.get("round") or reporting_round(),
            "unit": fields.get("unit") or unit(),
            **fields,
        }
    )


def round_snapshot(**fields: Any) -> RoundSnapshot:
    defaults = {"version_no": 1, "content": "{}", "sha256": "0" * 64, "published_at": clock.now()}
    return RoundSnapshot.objects.create(
        **{**defaults, "round": fields.get("round") or reporting_round(), **fields}
    )


def submission(**fields: Any) -> Submission:
    """One envelope, 待填报 unless told otherwise; an accepted one has its accepter."""
    in_round = fields.pop("round", None) or reporting_round()
    defaults: dict[str, Any] = {"kind": Submission.Kind.PROGRESS, "group": in_round.group, "round": in_round}
    if fields.get("state") == "accepted":
        at = clock.now()
        defaults |= {
            "submitted_at": at,
            "submitted_by": user(),
            "accepted_at": at,
            "accepted_by": user(),
            "version_no": 1,
        }
    return Submission.objects.create(**{**defaults, "unit": fields.pop("unit", None) or unit(), **fields})


def review_event(**fields: Any) -> ReviewEvent:
    defaults = {"move": "submit", "from_state": "draft", "to_state": "submitted", "at": clock.now()}
    return ReviewEvent.objects.create(
        **{**defaults, "submission": fields.get("submission") or submission(), **fields}
    )


# --- tasks --------------------------------------------------------------------------------------


def plan(**fields: Any) -> Plan:
    """The city's plan of 2026, made once; another year makes another plan."""
    key = {
        "group": fields.pop("group", None) or group(),
        "year": fields.pop("year", 2026),
        "version_no": fields.pop("version_no", 1),
    }
    defaults = {"name": f"{key['year']}年工作计划", "last_year": key["year"]}
    return Plan.objects.get_or_create(**key, defaults={**defaults, **fields})[0]


def reform_area(**fields: Any) -> ReformArea:
    """素质提升, made once; another `code` makes another area."""
    code = fields.pop("code", "suzhi-tisheng")
    defaults = {
        "name": "素质提升" if code == "suzhi-tisheng" else f"领域{number()}",
        "position": 3,
        "is_core": True,
    }
    return ReformArea.objects.get_or_create(code=code, defaults={**defaults, **fields})[0]


def policy_document(**fields: Any) -> PolicyDocument:
    serial = number()
    defaults = {"code": f"doc-{serial}", "title": f"实施意见{serial}", "level": PolicyDocument.Level.CITY}
    return PolicyDocument.objects.create(**{**defaults, **fields})


def clause(**fields: Any) -> Clause:
    serial = number()
    defaults = {"number": f"三（{serial}）", "position": serial, "text": "健全技能形成体系。"}
    return Clause.objects.create(
        **{**defaults, "document": fields.get("document") or policy_document(), **fields}
    )


def central_section(**fields: Any) -> ReformArea:
    """A section of the central opinion: 技能形成体系 unless another `code` is given."""
    code = fields.pop("code", "zhongyang-4")
    name = "技能形成体系" if code == "zhongyang-4" else f"章节{number()}"
    defaults = {"name": name, "position": 4, "taxonomy": ReformArea.Taxonomy.CENTRAL}
    return ReformArea.objects.get_or_create(code=code, defaults={**defaults, **fields})[0]


def area_crossing(**fields: Any) -> AreaCrossing:
    sides = {
        "area": fields.get("area") or reform_area(),
        "section": fields.get("section") or central_section(),
    }
    return AreaCrossing.objects.create(**{**sides, **fields})


def task(*, lead: Unit | None = None, assisting: tuple[Unit, ...] = (), **fields: Any) -> Task:
    """A task in 推进中 with the given units; `state` makes it another."""
    serial = number()
    defaults = {"code": f"{serial:04}", "title": f"推进第{serial}项改革", "state": "active"}
    row = Task.objects.create(
        **{
            **defaults,
            "plan": fields.get("plan") or plan(),
            "area": fields.get("area") or reform_area(),
            **fields,
        }
    )
    if lead is not None:
        assignment(task=row, unit=lead, role=Assignment.Role.LEAD)
    for member in assisting:
        assignment(task=row, unit=member, role=Assignment.Role.ASSIST)
    return row


def assignment(**fields: Any) -> Assignment:
    defaults = {"role": Assignment.Role.LEAD}
    return Assignment.objects.create(
        **{**defaults, "task": fields.get("task") or task(), "unit": fields.get("unit") or unit(), **fields}
    )


def milestone(**fields: Any) -> Milestone:
    defaults = {"title": f"节点{number()}", "due_on": dt.date(2026, 9, 30)}
    return Milestone.objects.create(**{**defaults, "task": fields.get("task") or task(), **fields})


def task_origin(**fields: Any) -> TaskOrigin:
    return TaskOrigin.objects.create(
        **{"task": fields.get("task") or task(), "origin": fields.get("origin") or task(), **fields}
    )


def plan_line(**fields: Any) -> PlanLine:
    listed = fields.pop("task", None) or task()
    defaults = {"plan": listed.plan, "code": listed.code, "title": listed.title, "area": listed.area}
    kept = {
        "state": listed.state,
        "recorded_at": clock.now(),
        "recorded_by": fields.get("recorded_by") or user(),
    }
    return PlanLine.objects.create(**{**defaults, **kept, "task": listed, **fields})


def task_event(**fields: Any) -> TaskEvent:
    defaults = {"move": "propose", "from_state": "draft", "to_state": "pending_approval", "at": clock.now()}
    return TaskEvent.objects.create(**{**defaults, "task": fields.get("task") or task(), **fields})


def light_rule(**fields: Any) -> LightRule:
    return LightRule.objects.create(**{"effective_on": dt.date(2026, 1, 1), **fields})


def progress_report(**fields: Any) -> ProgressReport:
    """A report on a task; `state` and `unit` are those of its submission."""
    reported = fields.pop("task", None) or task()
    envelope = {name: fields.pop(name) for name in ("state", "unit", "round") if name in fields}
    held = fields.pop("submission", None) or submission(**envelope)
    return ProgressReport.objects.create(task=reported, submission=held, round=held.round, **fields)


def report_version(**fields: Any) -> ReportVersion:
    defaults = {
        "version_no": 1,
        "sha256": "0" * 64,
        "recorded_at": clock.now(),
        "progress": "新增招生860人。",
    }
    return ReportVersion.objects.create(
        **{**defaults, "report": fields.get("report") or progress_report(), **fields}
    )


def task_measure(**fields: Any) -> TaskMeasure:
    defaults = {"share": Decimal(70), "source": TaskMeasure.Source.REVIEWER, "recorded_at": clock.now()}
    return TaskMeasure.objects.create(
        **{
            **defaults,
            "task": fields.get("task") or task(),
            "round": fields.get("round") or reporting_round(),
            **fields,
        }
    )


# --- metrics ------------------------------------------------------------------------------------


def indicator(**fields: Any) -> Indicator:
    serial = number()
    defaults = {
        "code": f"zhibiao-{serial}",
        "name": f"指标{serial}",
        "measure_unit": "人",
        "kind": Indicator.Kind.STOCK,
    }
    return Indicator.objects.create(**{**defaults, **fields})


def target(**fields: Any) -> Target:
    defaults = {"year": 2026, "wording": "45万人以上", "value": Decimal(450000)}
    return Target.objects.create(
        **{
            **defaults,
            "indicator": fields.get("indicator") or indicator(),
            "group": fields.get("group") or group(),
            **fields,
        }
    )


def task_indicator(**fields: Any) -> TaskIndicator:
    return TaskIndicator.objects.create(
        **{
            "task": fields.get("task") or task(),
            "indicator": fields.get("indicator") or indicator(),
            **fields,
        }
    )


def figure_sheet(**fields: Any) -> FigureSheet:
    held = fields.pop("submission", None) or submission(
        kind=Submission.Kind.FIGURES,
        **{name: fields.pop(name) for name in ("state", "unit", "round") if name in fields},
    )
    return FigureSheet.objects.create(submission=held, unit=held.unit, round=held.round, **fields)


def figure_entry(**fields: Any) -> FigureEntry:
    return FigureEntry.objects.create(
        **{
            "sheet": fields.get("sheet") or figure_sheet(),
            "indicator": fields.get("indicator") or indicator(),
            **fields,
        }
    )


def observation(**fields: Any) -> Observation:
    """A figure that counts: without a sheet it stands like a fact."""
    defaults = {"value": Decimal(460900), "recorded_at": clock.now()}
    return Observation.objects.create(
        **{
            **defaults,
            "indicator": fields.get("indicator") or indicator(),
            "group": fields.get("group") or group(),
            **fields,
        }
    )


# --- honors, activities -------------------------------------------------------------------------


def honor_kind(**fields: Any) -> HonorKind:
    serial = number()
    defaults = {"code": f"rongyu-{serial}", "name": f"劳动奖章{serial}", "level": HonorKind.Level.CITY}
    return HonorKind.objects.create(**{**defaults, **fields})


def honor_batch(*kinds: HonorKind, **fields: Any) -> HonorBatch:
    batch = HonorBatch.objects.create(**{"code": f"pici-{number()}", **fields})
    for kind in kinds or (honor_kind(),):
        honor_batch_kind(batch=batch, kind=kind)
    return batch


def honor_batch_kind(**fields: Any) -> HonorBatchKind:
    return HonorBatchKind.objects.create(
        batch=fields.get("batch") or HonorBatch.objects.create(code=f"pici-{number()}"),
        kind=fields.get("kind") or honor_kind(),
    )


def industry(**fields: Any) -> Industry:
    serial = number()
    return Industry.objects.create(**{"code": f"chanye-{serial}", "name": f"产业{serial}", **fields})
