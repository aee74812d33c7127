"""Filters of lists that grow with every quarter."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from organization.admin.scope import own_groups
from reporting.models import ReportingRound

ALL = "all"


class NewestRoundFilter(admin.SimpleListFilter):
    """The newest round of the own groups unless another, or all, was asked for: such a list is never read whole."""

    title = "填报周期"
    parameter_name = "round"
    # Leads from the row to its round.
    path = "round"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rounds = ReportingRound.objects.filter(group__in=sorted(own_groups(request))).select_related("group")
        return [(str(row.pk), str(row)) for row in rounds.order_by("-year", "-quarter", "group")]

    def has_output(self) -> bool:
        return len(self.lookup_choices) > 1

    def value(self) -> str | None:
        newest = next((value for value, _ in self.lookup_choices), None)
        chosen = super().value()
        return chosen if chosen == ALL or chosen in dict(self.lookup_choices) else newest

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset if chosen in (None, ALL) else queryset.filter(**{self.path: chosen})

    def choices(self, changelist: Any) -> Iterator[Any]:
        for value, label in [*self.lookup_choices, (ALL, "全部")]:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": self.value() == str(value), "query_string": query, "display": label}


class RoundOfSheet(NewestRoundFilter):
    path = "sheet__round"


class RoundOfSubmission(NewestRoundFilter):
    path = "submission__round"
