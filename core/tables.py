"""Lists: one sort from a fixed table, one page within bounds, the same query count for any row count."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, QueryDict

MAX_PAGE = 100_000


@dataclass(frozen=True)
class SortLink:
    """One sortable column head: where it leads and whether the list is sorted by it now."""

    key: str
    query: str
    is_current: bool
    is_descending: bool


@dataclass(frozen=True)
class Head:
    """One column head for `components/table_head.html`; `key` names the sort it offers."""

    label: str
    key: str = ""
    unit: str = ""
    number: bool = False
    hidden: bool = False
    sort_url: str = ""
    direction: str = ""


class SortedPage(Page):
    """A page that knows its sort and writes the links of the column heads and of the pager."""

    request_query: QueryDict
    sort_key = ""
    is_descending = False
    sort_keys: tuple[str, ...] = ()
    falling_keys: frozenset[str] = frozenset()

    @property
    def sort(self) -> str:
        """The value of `?sort=` that gives this order."""
        return f"-{self.sort_key}" if self.is_descending else self.sort_key

    def sort_links(self) -> dict[str, SortLink]:
        """A link per sortable column; the current column's link turns the order round."""
        return {key: self._sort_link(key) for key in self.sort_keys}

    def heads(self, *columns: Head) -> list[Head]:
        """The column heads with their sort links and the present direction."""
        links = self.sort_links()
        return [_linked(column, links.get(column.key), self.falling_keys) for column in columns]

    def page_query(self, number: int) -> str:
        """The query string of another page of the same list."""
        return self._query(page=str(number))

    def _sort_link(self, key: str) -> SortLink:
        is_current = key == self.sort_key
        wanted = f"-{key}" if is_current and not self.is_descending else key
        return SortLink(
            key, self._query(sort=wanted, page=None), is_current, is_current and self.is_descending
        )

    def _query(self, **changes: str | None) -> str:
        query = self.request_query.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"?{query.urlencode()}"


def sorted_page(
    request: HttpRequest,
    queryset: QuerySet,
    *,
    sorts: Mapping[str, tuple[str, ...]],
    default: str,
    per_page: int = 50,
) -> SortedPage:
    """The page `?page=` of the queryset in the order `?sort=` (a key of `sorts`, «-» turns it round).

    `sorts` maps a key to field names, each with its own «-» where wanted; the primary key comes last so
    that pages never overlap. Unknown sorts fall back to `default`, page numbers to the nearest page.
    """
    key, is_descending = _chosen_sort(request.GET.get("sort", ""), sorts, default)
    ordered = queryset.order_by(*(_ordering(name, is_descending) for name in sorts[key]), "pk")
    paginator = Paginator(ordered, per_page)
    number = max(1, min(_page_number(request.GET.get("page", "")), paginator.num_pages))
    bottom = (number - 1) * per_page
    page = SortedPage(list(ordered[bottom : bottom + per_page]), number, paginator)
    page.request_query, page.sort_keys = request.GET, tuple(sorts)
    page.sort_key, page.is_descending = key, is_descending
    page.falling_keys = frozenset(name for name, columns in sorts.items() if columns[0].startswith("-"))
    return page


def _linked(column: Head, link: SortLink | None, falling: frozenset[str]) -> Head:
    """The arrow says how the rows stand: a sort whose own order falls (latest year first) points down."""
    if link is None:
        return column
    falls = link.is_descending != (link.key in falling)
    direction = ("descending" if falls else "ascending") if link.is_current else ""
    return replace(column, sort_url=link.query, direction=direction)


def _chosen_sort(typed: str, sorts: Mapping[str, tuple[str, ...]], default: str) -> tuple[str, bool]:
    for candidate in (typed, default):
        key = candidate.removeprefix("-")
        if key in sorts:
            return key, candidate.startswith("-")
    raise KeyError(default)


def _page_number(typed: str) -> int:
    return min(int(typed), MAX_PAGE) if typed.isascii() and typed.isdigit() and len(typed) <= 9 else 1


def _ordering(name: str, is_descending: bool):
    """Unknown values last in both directions, the same on both databases."""
    goes_down = name.startswith("-") != is_descending
    column = F(name.removeprefix("-"))
    return column.desc(nulls_last=True) if goes_down else column.asc(nulls_last=True)
