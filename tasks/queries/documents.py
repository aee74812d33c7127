"""The policy documents of the 1+N system, how they hang together, and the tasks that stem from them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from core.formats import UNKNOWN, date_text
from tasks.life import TaskState
from tasks.models import Clause, PolicyDocument, Task
from tasks.queries.areas import STAGES

if TYPE_CHECKING:
    from organization.models import User

LONGEST_SEARCH = 80


@dataclass(frozen=True)
class DocumentFilter:
    """What the reader asked of the documents; anything unknown counts as not asked."""

    q: str = ""
    level: str = ""
    issuer: str = ""
    year: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "DocumentFilter":
        level, year = query.get("level", ""), query.get("year", "")
        return cls(
            q=query.get("q", "").strip()[:LONGEST_SEARCH],
            level=level if level in PolicyDocument.Level.values else "",
            issuer=query.get("issuer", "").strip()[:LONGEST_SEARCH],
            year=year if year.isascii() and year.isdigit() and len(year) == 4 else "",
        )

    @property
    def is_on(self) -> bool:
        return self != DocumentFilter()

    def takes(self, row: "DocumentRow") -> bool:
        """Whether a document answers to what was asked."""
        found = f"{row.name}{row.number}{row.subject}"
        return (
            (not self.q or self.q.casefold() in found.casefold())
            and self.level in ("", row.level_code)
            and self.issuer in ("", row.issuer)
            and self.year in ("", row.year)
        )


@dataclass(frozen=True)
class DocumentRow:
    """One document in a list."""

    code: str
    name: str
    number: str
    issuer: str
    level: str
    level_code: str
    place: str
    place_label: str
    year: str
    issued: str
    subject: str
    supports: str
    supports_code: str
    section: str
    task_count: int
    is_demo: bool
    counts_demo: bool

    @property
    def url(self) -> str:
        return f"/documents/{self.code}/"


@dataclass(frozen=True)
class DocumentSet:
    """Documents of one place in the system: the «1», the «N», or above and beside it."""

    place: str
    title: str
    rows: tuple[DocumentRow, ...]


@dataclass(frozen=True)
class Branch:
    """A supporting document with those that support it in turn."""

    row: DocumentRow
    supporters: tuple[DocumentRow, ...]


@dataclass(frozen=True)
class System:
    """The picture: higher documents above, the main one in the middle, the supporting ones below it."""

    above: tuple[DocumentRow, ...]
    main: tuple[DocumentRow, ...]
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class ClauseRow:
    """One clause with how many tasks name it."""

    number: str
    text: str
    task_count: int
    is_demo: bool


@dataclass(frozen=True)
class DocumentPage:
    """One document: what it is, what it supports, what supports it, which tasks name it as their source."""

    document: PolicyDocument
    main: tuple[PolicyDocument, ...]
    supporters: tuple[PolicyDocument, ...]
    clauses: tuple[ClauseRow, ...]
    tasks: tuple[Task, ...]
    task_count: int
    counts: tuple[tuple[str, int], ...]

    @property
    def shows_demo(self) -> bool:
        tasks, clauses = self.tasks, self.clauses
        return any(row.is_demo for row in (self.document, *tasks)) or any(row.is_demo for row in clauses)


def all_documents(user: "User") -> tuple[DocumentRow, ...]:
    """Every document with the number of tasks the reader sees stem from it."""
    tasks = Task.objects.visible_to(user).filter(document__isnull=False).order_by()
    counts: Counter[int] = Counter()
    counts_demo: set[int] = set()
    for document_id, is_demo, n in tasks.values_list("document_id", "is_demo").annotate(n=Count("pk")):
        counts[document_id] += n
        counts_demo |= {document_id} if is_demo else set()
    rows = PolicyDocument.objects.select_related("supports", "section").order_by("code")
    return tuple(_row(row, counts[row.pk], counts_demo=row.pk in counts_demo) for row in rows)


def document_sets(rows: Iterable[DocumentRow], asked: DocumentFilter) -> tuple[DocumentSet, ...]:
    """The documents asked for by their place, the main one first; a set without documents is left out."""
    found = [row for row in rows if asked.takes(row)]
    places = ((place.value, str(place.label)) for place in PolicyDocument.Place)
    sets = (
        DocumentSet(value, label, tuple(row for row in found if row.place == value))
        for value, label in places
    )
    return tuple(whole for whole in sets if whole.rows)


def system_of(rows: Iterable[DocumentRow]) -> System:
    """How the documents hang together; a supporting one hangs below the one it names, else below the main."""
    place = PolicyDocument.Place
    by_place: dict[str, list[DocumentRow]] = defaultdict(list)
    for row in rows:
        by_place[row.place].append(row)
    supporting = {row.code: row for row in by_place[place.SUPPORT]}
    below: dict[str, list[DocumentRow]] = defaultdict(list)
    for row in supporting.values():
        below[row.supports_code if row.supports_code in supporting else ""].append(row)
    levels = list(PolicyDocument.Level.values)
    return System(
        above=tuple(
            sorted(by_place[place.OUTSIDE], key=lambda row: (levels.index(row.level_code), row.code))
        ),
        main=tuple(by_place[place.MAIN]),
        branches=tuple(Branch(row, tuple(_whole_branch(row.code, below))) for row in below[""]),
    )


def _whole_branch(code: str, below: Mapping[str, list[DocumentRow]]) -> Iterable[DocumentRow]:
    for row in below.get(code, ()):
        yield row
        yield from _whole_branch(row.code, below)


def issued_text(document: PolicyDocument) -> str:
    if document.issued_on:
        return date_text(document.issued_on)
    return f"{document.issued_year}年" if document.issued_year else UNKNOWN


def document_page(document: PolicyDocument, user: "User", *, most_tasks: int = 50) -> DocumentPage:
    """Supporting documents of the «1» are all of the «N»; others name theirs explicitly."""
    place = PolicyDocument.Place
    if document.place == place.MAIN:
        supporters = PolicyDocument.objects.filter(Q(place=place.SUPPORT) | Q(supports=document))
    else:
        supporters = document.supporters.all()
    is_support = document.place == place.SUPPORT
    main = PolicyDocument.objects.filter(place=place.MAIN) if is_support else PolicyDocument.objects.none()
    tasks = Task.objects.visible_to(user).filter(document=document)
    states: Counter[str] = Counter()
    clauses: Counter[int | None] = Counter()
    for state, clause_id, n in tasks.order_by().values_list("state", "clause_id").annotate(n=Count("pk")):
        states[state] += n
        clauses[clause_id] += n
    listed = tasks.for_list().select_related("clause").order_by("-plan__year", "-plan__version_no", "code")
    return DocumentPage(
        document=document,
        main=tuple(main.order_by("code")),
        supporters=tuple(supporters.select_related("supports").order_by("code")),
        clauses=tuple(
            ClauseRow(row.number, row.text, clauses[row.pk], row.is_demo)
            for row in Clause.objects.filter(document=document).order_by("position", "pk")
        ),
        tasks=tuple(listed[:most_tasks]),
        task_count=sum(states.values()),
        counts=tuple(
            (stage.label, count)
            for stage in STAGES
            if (count := sum(states[TaskState(state).value] for state in stage.states))
        ),
    )


def _row(row: PolicyDocument, task_count: int, *, counts_demo: bool) -> DocumentRow:
    year = row.issued_on.year if row.issued_on else row.issued_year
    return DocumentRow(
        code=row.code,
        name=str(row) if row.title else row.subject or row.number,
        number=row.number or UNKNOWN,
        issuer=row.issuer or UNKNOWN,
        level=row.get_level_display(),
        level_code=row.level,
        place=row.place,
        place_label=str(row.get_place_display()),
        year=str(year) if year else "",
        issued=issued_text(row),
        subject=row.subject,
        supports=str(row.supports) if row.supports else "",
        supports_code=row.supports.code if row.supports else "",
        section=row.section.label if row.section else "",
        task_count=task_count,
        is_demo=row.is_demo,
        counts_demo=counts_demo,
    )
