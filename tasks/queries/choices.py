"""The lists of the register's filters, in one query."""

import functools
from typing import TYPE_CHECKING, Any

from django.db import connections
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Concat

from organization.models import CoordinationGroup, Unit
from tasks import permissions
from tasks.models import Assignment, PolicyDocument, ReformArea, Task
from tasks.queries.filters import Choice, FilterChoices

if TYPE_CHECKING:
    from organization.models import User

_PLAN, _AREA, _SECTION, _UNIT, _DOCUMENT = range(5)
_COLUMNS = ("list_no", "rank", "value", "label")


def filter_choices(user: "User", group: CoordinationGroup) -> FilterChoices:
    """Plans the reader sees, both taxonomies, units that carry tasks of the group, documents they stem from."""
    found: dict[int, list[tuple[Any, ...]]] = {number: [] for number in range(5)}
    for row in sorted(_rows(user, group)):
        found[row[0]].append(row)
    plans = [
        Choice(f"{rank // 100}-{rank % 100}", f"{label}（已被取代）" if value else label)
        for _, rank, value, label in reversed(found[_PLAN])
    ]
    return FilterChoices(
        plans=tuple(plans),
        areas=_listed(found[_AREA]),
        sections=_listed(found[_SECTION]),
        units=_listed(found[_UNIT]),
        documents=_listed(found[_DOCUMENT]),
    )


def _listed(rows: list[tuple[Any, ...]]) -> tuple[Choice, ...]:
    return tuple(Choice(value, label) for _, _, value, label in rows)


def _rows(user: "User", group: CoordinationGroup) -> list[tuple[Any, ...]]:
    """Rows read anew; the statement is written once per set of rights and group."""
    groups, units = permissions.plan_scope(user)
    if not groups and not units:
        return []
    alias, statement, parameters = _statement(frozenset(groups), frozenset(units), group.pk)
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


@functools.lru_cache(maxsize=256)
def _statement(groups: frozenset[int], units: frozenset[int], group_pk: int) -> tuple[str, str, Any]:
    plans = (
        permissions.plans_in_scope(set(groups), set(units))
        .filter(group_id=group_pk)
        .annotate(
            list_no=_number(_PLAN),
            rank=F("year") * 100 + F("version_no"),
            value=Case(When(successors__isnull=False, then=Value("1")), default=Value("")),
            label=F("name"),
        )
    )
    whole = _of(plans).union(*_other_lists(group_pk), all=True)
    return (whole.db, *whole.query.get_compiler(whole.db).as_sql())


def _other_lists(group_pk: int) -> list[QuerySet[Any, Any]]:
    areas = ReformArea.objects.annotate(rank=F("position"), value=F("code"), label=F("name"))
    carrying = Assignment.objects.filter(task__plan__group_id=group_pk).values("unit_id")
    units = Unit.objects.filter(pk__in=carrying).annotate(
        list_no=_number(_UNIT), rank=F("position"), value=F("code"), label=F("short_name")
    )
    named = Task.objects.filter(plan__group_id=group_pk, document__isnull=False).values("document_id")
    documents = PolicyDocument.objects.filter(pk__in=named).annotate(
        list_no=_number(_DOCUMENT), rank=_number(0), value=F("code"), label=Concat("title", "number")
    )
    founding = areas.filter(taxonomy=ReformArea.Taxonomy.FOUNDING).annotate(list_no=_number(_AREA))
    central = areas.filter(taxonomy=ReformArea.Taxonomy.CENTRAL).annotate(list_no=_number(_SECTION))
    return [_of(rows) for rows in (founding, central, units, documents)]


def _number(value: int) -> Value:
    return Value(value, output_field=IntegerField())


def _of(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(*_COLUMNS)
