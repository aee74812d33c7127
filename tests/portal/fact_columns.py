"""Where each key of the facts file lives: noun → how its row is found, and key → what the row says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from activities.models import Industry
from honors.models import HonorBatch, HonorKind
from metrics.models import Observation
from organization.models import GroupMember, GroupTerm, Person, Seat, Unit
from tasks.models import PolicyDocument, ReformArea, Task

Read = Callable[[Any], Any]
NOTHING = (None, "", False, [])


@dataclass(frozen=True)
class Noun:
    """How a row of the file is found in the database, and what each of its keys must equal there."""

    find: Callable[[Any, int], models.Model]
    columns: Mapping[str, Read]
    constants: Mapping[str, tuple[Read, Any]] = field(default_factory=dict)


def section(row: Any) -> str:
    return row.section.code


def whole(value: Any) -> Any:
    return value if value is None else int(value)


def fact_observation(indicator: str) -> Observation:
    return Observation.objects.get(indicator__name=indicator, is_demo=False)


def task_of(row: dict[str, Any], index: int) -> Task:
    return Task.objects.get(plan__is_founding=True, code=f"{index + 1:02d}")


def batch_of(row: dict[str, Any], index: int) -> HonorBatch:
    names = sorted(row.get("honor_group") or [row["honor"]])
    return next(
        batch
        for batch in HonorBatch.objects.all()
        if sorted(kind.name for kind in batch.kinds.all()) == names
    )


def document_of(row: dict[str, Any], index: int) -> PolicyDocument:
    return PolicyDocument.objects.get(code=f"{index + 1:02d}")


def kind_level(batch: HonorBatch) -> str:
    return batch.kinds.get().get_level_display()


def observed_note(observation: Observation) -> str:
    """What is left of the explanation after the marker every unknown denominator carries."""
    return observation.explanation.removeprefix("分母未列明").removeprefix("；")


def short_level(document: PolicyDocument) -> str:
    return document.get_level_display()


NOUNS: dict[str, Noun] = {
    "coordination_group.terms": Noun(
        lambda row, index: GroupTerm.objects.get(started_printed=row["from"]),
        {"name": lambda t: t.name, "from": lambda t: f"{t.started_on:%Y-%m}", "event": lambda t: t.event},
        {"section": (section, "S1")},
    ),
    "coordination_group.seats": Noun(
        lambda row, index: Seat.objects.get(rank=index + 1),
        {"role": lambda s: s.get_role_display(), "position": lambda s: s.position_title},
        {"section": (section, "S1"), "holders": (lambda s: s.tenures.count(), 0)},
    ),
    "coordination_group.persons_named": Noun(
        lambda row, index: Person.objects.get(name=row["name"]),
        {"name": lambda p: p.name, "post": lambda p: p.post_as_printed},
        {"section": (section, "P7"), "seats": (lambda p: p.tenures.count(), 0)},
    ),
    "responsible_units.named": Noun(
        lambda row, index: GroupMember.objects.get(unit__name=row, is_main_responsible=True),
        {"": lambda m: m.unit.name},
        {
            "section": (section, "S1"),
            "started": (lambda m: m.started_on, None),
            "unit": (lambda m: section(m.unit), "S1"),
        },
    ),
    "other_organisations": Noun(
        lambda row, index: Unit.objects.get(name=row["name"]),
        {
            "name": lambda u: u.name,
            "kind": lambda u: u.get_kind_display(),
            "note": lambda u: u.note,
            "section": section,
        },
    ),
    "pillar_industries": Noun(
        lambda row, index: Industry.objects.get(position=index + 1),
        {"": lambda i: i.name},
        {"section": (section, "S2(二)")},
    ),
    "policy_documents": Noun(
        document_of,
        {
            "title": lambda d: d.title,
            "number": lambda d: d.number,
            "issuer": lambda d: d.issuer,
            "level": short_level,
            "subject": lambda d: d.subject,
            "year": lambda d: d.issued_year if d.issued_on is None else None,
            "date": lambda d: d.issued_on,
            "place_in_system": lambda d: d.place,
            "supports": lambda d: d.supports.title if d.supports else None,
            "title_as_printed": lambda d: d.is_title_as_printed,
            "about": lambda d: d.about,
            "section": section,
        },
    ),
    "reform_areas": Noun(
        lambda row, index: ReformArea.objects.get(taxonomy="founding", position=index + 1),
        {"": lambda a: a.name},
        {"section": (section, "S4.1"), "core": (lambda a: a.is_core, True)},
    ),
    "support_areas": Noun(
        lambda row, index: ReformArea.objects.get(taxonomy="founding", position=index + 6),
        {"": lambda a: a.name},
        {
            "section": (lambda a: section(a) in {"S3.3", "S3.4", "S4.2"}, True),
            "core": (lambda a: a.is_core, False),
        },
    ),
    "tasks": Noun(
        task_of,
        {
            "area": lambda t: t.area.name,
            "title": lambda t: t.title,
            "section": section,
            "note": lambda t: t.note,
            "frequency": lambda t: t.frequency_printed,
            "five_highlights": lambda t: t.is_highlight,
            "indicators": lambda t: [link.indicator.name for link in t.task_indicators.order_by("pk")],
        },
        {
            "wording": (lambda t: t.wording == t.title, True),
            "state": (lambda t: t.state, "draft"),
            "dates": (lambda t: (t.start_on, t.due_on, t.done_on), (None, None, None)),
            "units": (lambda t: t.assignments.count(), 0),
            "unstated": (lambda t: (t.kind, t.frequency), ("", "")),
        },
    ),
    "indicator_values": Noun(
        lambda row, index: fact_observation(row["indicator"]),
        {
            "indicator": lambda o: o.indicator.name,
            "value": lambda o: whole(o.value),
            "unit": lambda o: o.indicator.measure_unit,
            "printed": lambda o: o.printed,
            "kind": lambda o: o.indicator.get_kind_display(),
            "period": lambda o: o.period_printed,
            "period_from": lambda o: o.period_from,
            "as_of": lambda o: o.as_of_on,
            "as_of_note": lambda o: o.as_of_note,
            "definition": lambda o: o.indicator.definition,
            "note": lambda o: o.indicator.note,
            "bound": lambda o: o.bound,
            "section": section,
        },
        {
            "card": (lambda o: o.indicator.section_id == o.section_id, True),
            "parts": (lambda o: (o.numerator, o.denominator), (None, None)),
        },
    ),
    "political_representation": Noun(
        lambda row, index: fact_observation(row["indicator"]),
        {
            "indicator": lambda o: o.indicator.name,
            "body": lambda o: o.indicator.definition.rpartition("中的")[0],
            "worker_kind": lambda o: o.indicator.definition.rpartition("中的")[2].replace("产业工人", ""),
            "workers": lambda o: whole(o.numerator),
            "share_printed": lambda o: o.printed,
            "note": observed_note,
            "section": section,
        },
        {
            "kind": (lambda o: o.indicator.get_kind_display(), "比例"),
            "unknown": (lambda o: (o.denominator, o.value), (None, None)),
            "marked": (lambda o: o.explanation.startswith("分母未列明"), True),
        },
    ),
    "honors": Noun(
        batch_of,
        {
            "honor": lambda b: b.kinds.get().name if b.kinds.count() == 1 else None,
            "honor_group": lambda b: (
                [k.name for k in b.kinds.order_by("position")] if b.kinds.count() > 1 else []
            ),
            "level": lambda b: kind_level(b) if b.kinds.count() == 1 else None,
            "year": lambda b: b.year,
            "since": lambda b: b.since_year,
            "total": lambda b: b.total,
            "total_inferred": lambda b: b.is_total_inferred,
            "workers": lambda b: b.workers,
            "share_printed": lambda b: b.share_printed,
            "of": lambda b: b.share_basis,
            "by": lambda b: b.awarded_by,
            "section": section,
        },
    ),
    "honor_kinds_named": Noun(
        lambda row, index: HonorKind.objects.get(name=row["name"]),
        {
            "name": lambda k: k.name,
            "target": lambda k: k.get_recipients_display(),
            "level": lambda k: k.get_level_display(),
            "section": section,
        },
    ),
}
