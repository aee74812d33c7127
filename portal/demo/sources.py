"""What invented tasks rest on: clauses of the documents, and the sections of the central opinion areas answer to."""

from dataclasses import dataclass

from portal.demo.content import Content
from tasks.models import AreaCrossing, Clause, PolicyDocument, ReformArea


@dataclass(frozen=True)
class Sources:
    """Clauses by founding area, and of some founding tasks the section that is not the main one of their area."""

    clauses: dict[str, list[Clause]]
    sections: dict[str, ReformArea]

    def clause_of(self, founding_code: str, area: str) -> Clause:
        """The clauses of an area in turn, always the same one for a founding task."""
        found = self.clauses[area]
        return found[int(founding_code) % len(found)]


def make_sources(content: Content) -> Sources:
    areas = {(row.taxonomy, row.name): row for row in ReformArea.objects.all()}
    _make_crossings(content["crossings"], areas)
    sections = {code: areas[ReformArea.Taxonomy.CENTRAL, name] for code, name in content["sections"].items()}
    return Sources(_make_clauses(content["clauses"], content["clause_note"]), sections)


def _make_crossings(stated: list[Content], areas: dict[tuple[str, str], ReformArea]) -> None:
    AreaCrossing.objects.bulk_create(
        AreaCrossing(
            area=areas[ReformArea.Taxonomy.FOUNDING, row["area"]],
            section=areas[ReformArea.Taxonomy.CENTRAL, name],
            is_default=name == row["main"],
            is_demo=True,
        )
        for row in stated
        for name in (row["main"], *row.get("also", ()))
    )


def _make_clauses(stated: list[Content], note: str) -> dict[str, list[Clause]]:
    documents = PolicyDocument.objects.in_bulk(field_name="code")
    found: dict[str, list[Clause]] = {}
    for position, row in enumerate(stated, start=1):
        clause = Clause.objects.create(
            document=documents[row["document"]],
            position=position,
            number=row["number"],
            text=f"{note}{row['text']}",
            is_demo=True,
        )
        found.setdefault(row["area"], []).append(clause)
    return found
