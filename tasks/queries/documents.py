"""The policy documents of the 1+N system and how they hang together."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from core.formats import UNKNOWN, date_text
from tasks.models import PolicyDocument, Task

if TYPE_CHECKING:
    from organization.models import User


@dataclass(frozen=True)
class DocumentRow:
    """One document in a list."""

    code: str
    name: str
    number: str
    issuer: str
    level: str
    issued: str
    supports: str
    section: str
    is_demo: bool


@dataclass(frozen=True)
class DocumentSet:
    """Documents of one place in the system: the «1», the «N», or above and beside it."""

    place: str
    title: str
    rows: tuple[DocumentRow, ...]


@dataclass(frozen=True)
class DocumentPage:
    """One document: what it is, what it supports, what supports it, which tasks name it as their source."""

    document: PolicyDocument
    main: tuple[PolicyDocument, ...]
    supporters: tuple[PolicyDocument, ...]
    tasks: tuple[Task, ...]
    task_count: int

    @property
    def shows_demo(self) -> bool:
        return self.document.is_demo or any(task.is_demo for task in self.tasks)


def document_sets() -> tuple[DocumentSet, ...]:
    """All documents by their place, the main one first; a set without documents is left out."""
    rows = list(PolicyDocument.objects.select_related("supports", "section").order_by("code"))
    places = ((place.value, str(place.label)) for place in PolicyDocument.Place)
    sets = (
        DocumentSet(value, label, tuple(_row(row) for row in rows if row.place == value))
        for value, label in places
    )
    return tuple(found for found in sets if found.rows)


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
    tasks = Task.objects.visible_to(user).filter(document=document).for_list().order_by("plan", "code")
    return DocumentPage(
        document=document,
        main=tuple(main.order_by("code")),
        supporters=tuple(supporters.select_related("supports").order_by("code")),
        tasks=tuple(tasks[:most_tasks]),
        task_count=tasks.count(),
    )


def _row(row: PolicyDocument) -> DocumentRow:
    return DocumentRow(
        code=row.code,
        name=str(row) if row.title else row.subject or row.number,
        number=row.number or UNKNOWN,
        issuer=row.issuer or UNKNOWN,
        level=row.get_level_display(),
        issued=issued_text(row),
        supports=str(row.supports) if row.supports else "",
        section=row.section.label if row.section else "",
        is_demo=row.is_demo,
    )
