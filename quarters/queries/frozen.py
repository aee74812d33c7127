"""What a snapshot says, as rows of the tallies: taken from its lines and from nothing else."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from core.canonical import storable
from organization.models import Unit
from quarters.models import RoundTally
from quarters.picture import OwedLine, RoundPicture, TaskLine
from reporting.models import ReportingRound, RoundSnapshot, Submission, SubmissionTally
from reporting.workflow import State
from tasks.lights import Thresholds
from tasks.models import ReformArea, ReportVersion, Task, TaskStanding


@dataclass(frozen=True)
class FrozenRound:
    """A published round as rows that are not saved yet."""

    head: RoundTally
    standings: list[TaskStanding]
    owed: list[SubmissionTally]
    thresholds: Thresholds


@dataclass(frozen=True)
class _Keys:
    """Primary keys by what the lines call a thing."""

    tasks: dict[str, Task]
    units: dict[str, int]
    areas: dict[str, int]
    submissions: dict[str, int]
    versions: dict[tuple[str, int], int]

    def area_of(self, line: TaskLine) -> int:
        """The area of then; where its code has been changed since, the task's own."""
        return self.areas.get(line.area_code, self.tasks[line.uid].area_id)


def frozen_round(snapshot: RoundSnapshot, picture: RoundPicture) -> FrozenRound:
    """The rows of a snapshot whose content is `picture`. Five queries."""
    keys, round_ = _keys_of(picture), snapshot.round
    return FrozenRound(
        head=RoundTally(
            round=round_,
            snapshot=snapshot,
            judged_on=picture.judged_on,
            yellow_shortfall=picture.yellow_shortfall,
            near_days=picture.near_days,
            labels=_labels(picture, keys),
            figures=[storable(asdict(line)) for line in picture.figures],
        ),
        standings=[_standing(line, round_, picture, keys) for line in picture.tasks],
        owed=_owed(picture, round_, keys),
        thresholds=Thresholds(picture.yellow_shortfall, picture.near_days),
    )


def _keys_of(picture: RoundPicture) -> _Keys:
    sent = {line.submission_uid for line in picture.tasks} - {""}
    versions = ReportVersion.objects.filter(report__submission__uid__in=sent)
    named = versions.values_list("report__submission__uid", "version_no", "pk")
    return _Keys(
        tasks={str(row.uid): row for row in Task.objects.filter(uid__in=[t.uid for t in picture.tasks])},
        units=dict(Unit.objects.filter(code__in=_unit_codes(picture)).values_list("code", "pk")),
        areas=dict(ReformArea.objects.values_list("code", "pk")),
        submissions={
            str(uid): pk for uid, pk in Submission.objects.filter(uid__in=sent).values_list("uid", "pk")
        },
        versions={(str(uid), number): pk for uid, number, pk in named},
    )


def _unit_codes(picture: RoundPicture) -> list[str]:
    """In the order in which the lines name them; that of the owed lines is the official one."""
    named = [line.unit_code for line in picture.owed] + [line.lead_code for line in picture.tasks]
    return [code for code in dict.fromkeys(named) if code]


def _labels(picture: RoundPicture, keys: _Keys) -> dict[str, dict[str, Any]]:
    units = {line.lead_code: (line.lead_name, line.lead_kind) for line in picture.tasks}
    units |= {line.unit_code: (line.unit_name, line.unit_kind) for line in picture.owed}
    areas = {keys.area_of(line): (line.area_code, line.area_name) for line in picture.tasks}
    return {
        "units": {
            str(keys.units[code]): {
                "code": code,
                "name": units[code][0],
                "kind": units[code][1],
                "position": place,
            }
            for place, code in enumerate(_unit_codes(picture))
            if code in keys.units
        },
        "areas": {
            str(pk): {"code": code, "name": name, "position": place}
            for place, (pk, (code, name)) in enumerate(areas.items())
        },
    }


def _standing(line: TaskLine, round_: ReportingRound, picture: RoundPicture, keys: _Keys) -> TaskStanding:
    """The final colour and its words stand for the pace, so that nothing is left to be judged."""
    is_accepted = line.state == State.ACCEPTED
    return TaskStanding(
        round=round_,
        task=keys.tasks[line.uid],
        unit_id=keys.units.get(line.lead_code),
        area_id=keys.area_of(line),
        code=line.code,
        title=line.title,
        submission_id=keys.submissions.get(line.submission_uid),
        state=line.state,
        report_due_on=_due_on(line, round_, picture) if line.state else None,
        is_late=line.is_late,
        is_nil=line.is_nil,
        version_id=keys.versions.get((line.submission_uid, line.version_no)) if is_accepted else None,
        declared=line.declared,
        has_coordination=bool(line.coordination.strip()),
        pace=line.colour,
        pace_rule=line.rule,
        shortfall=line.shortfall,
        share=line.share,
        due_on=line.due_on,
        has_deadline=False,
        is_final=True,
    )


def _due_on(line: TaskLine | OwedLine, round_: ReportingRound, picture: RoundPicture) -> datetime.date:
    """A last day that says of the day of publishing what was published: overdue, or still in time."""
    return picture.lead_due_on if line.is_overdue else max(picture.lead_due_on, picture.judged_on)


def _owed(picture: RoundPicture, round_: ReportingRound, keys: _Keys) -> list[SubmissionTally]:
    counted = Counter(
        (keys.units[line.unit_code], line.kind, line.state, line.is_late, _due_on(line, round_, picture))
        for line in picture.owed
    )
    return [
        SubmissionTally(
            round=round_, unit_id=unit, kind=kind, state=state, is_late=is_late, due_on=due, submissions=count
        )
        for (unit, kind, state, is_late, due), count in counted.items()
    ]


def newest_snapshots(rounds: Iterable[ReportingRound]) -> dict[int, RoundSnapshot]:
    """The newest version by round."""
    found = RoundSnapshot.objects.filter(round__in=list(rounds)).select_related("round__group")
    return {row.round_id: row for row in found.order_by("version_no")}
