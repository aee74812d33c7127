"""The register of honours with the share of industrial workers: as printed, as computed, and what must be said of both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, DecimalField, Exists, F, OuterRef, Prefetch, QuerySet, Subquery, When
from django.db.models.functions import Cast
from django.urls import reverse

from core.charts import ShareBars, ShareRow
from core.formats import UNKNOWN, decimal_text, percent_text
from core.shares import computed_share, share_note
from honors.models import HonorBatch, HonorBatchKind, HonorKind

LONGEST_SEARCH = 80
COMPUTED_PLACES = 2
UNKNOWN_TOTAL = "总数未列明"
SPANS_KINDS = "含两种以上荣誉，不计入单项总数"
INFERRED = "总数由各项相加推算"
UNDATED = "none"
SORTS: dict[str, tuple[str, ...]] = {
    "year": ("-year", "-since_year", "code"),
    "name": ("kind_position", "code"),
    "total": ("-total", "code"),
    "workers": ("-workers", "code"),
    "share": ("-share", "code"),
    "by": ("awarded_by", "code"),
}
DEFAULT_SORT = "year"


@dataclass(frozen=True)
class HonorFilter:
    """What the reader asked of the register; anything unknown counts as not asked."""

    q: str = ""
    level: str = ""
    kind: str = ""
    recipients: str = ""
    year: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "HonorFilter":
        level, recipients, year = (query.get(name, "") for name in ("level", "recipients", "year"))
        return cls(
            q=query.get("q", "").strip()[:LONGEST_SEARCH],
            level=level if level in HonorKind.Level.values else "",
            kind=query.get("kind", "").strip()[:LONGEST_SEARCH],
            recipients=recipients if recipients in HonorKind.Recipients.values else "",
            year=year if year == UNDATED or (year.isascii() and year.isdigit() and len(year) == 4) else "",
        )

    @property
    def is_on(self) -> bool:
        return bool(self.q or self.level or self.kind or self.recipients or self.year)


@dataclass(frozen=True)
class BatchRow:
    """One batch or span of honours, ready to print."""

    url: str
    names: tuple[str, ...]
    levels: str
    recipients: str
    period: str
    is_dated: bool
    total: int | None
    is_total_inferred: bool
    workers: int | None
    printed: str
    computed: Decimal | None
    note: str
    basis: str
    awarded_by: str
    section: str
    is_demo: bool

    @property
    def name(self) -> str:
        return "、".join(self.names)

    @property
    def spans_kinds(self) -> bool:
        """A batch over several kinds adds to the total of none of them."""
        return len(self.names) > 1

    @property
    def total_text(self) -> str:
        return decimal_text(self.total)

    @property
    def workers_text(self) -> str:
        return decimal_text(self.workers)

    @property
    def computed_text(self) -> str:
        return percent_text(self.computed, COMPUTED_PLACES)


@dataclass(frozen=True)
class KindRow:
    """One kind of honour and how many batches of it are known."""

    code: str
    name: str
    level: str
    recipients: str
    batches: int
    section: str
    is_demo: bool


def matching_batches(asked: HonorFilter) -> QuerySet[HonorBatch]:
    """Batches as asked for, with their kinds, the computed `share` and the place of their first kind."""
    kinds = HonorBatchKind.objects.filter(batch=OuterRef("pk"))
    named = Prefetch("kinds", queryset=HonorKind.objects.order_by("position", "code"))
    batches = HonorBatch.objects.select_related("section").prefetch_related(named)
    wanted = {
        "kind__level": asked.level,
        "kind__code": asked.kind,
        "kind__recipients": asked.recipients,
        "kind__name__icontains": asked.q,
    }
    for column, value in wanted.items():
        if value:
            batches = batches.filter(Exists(kinds.filter((column, value))))
    if asked.year:
        batches = batches.filter(year=None if asked.year == UNDATED else int(asked.year))
    return batches.annotate(
        share=Case(When(total__gt=0, then=_exactly("workers") / _exactly("total"))),
        kind_position=Subquery(kinds.order_by("kind__position").values("kind__position")[:1]),
    )


def _exactly(column: str) -> Cast:
    """Whole numbers divide without their fractions on both databases."""
    return Cast(F(column), DecimalField(max_digits=16, decimal_places=6))


def batch_row(batch: HonorBatch) -> BatchRow:
    kinds = list(batch.kinds.all())
    return BatchRow(
        url=reverse("honors:batch", args=[batch.code]),
        names=tuple(kind.name for kind in kinds),
        levels="、".join(dict.fromkeys(kind.get_level_display() for kind in kinds)),
        recipients="、".join(dict.fromkeys(kind.get_recipients_display() for kind in kinds)),
        period=batch.period_label,
        is_dated=bool(batch.year or batch.since_year),
        total=batch.total,
        is_total_inferred=batch.is_total_inferred,
        workers=batch.workers,
        printed=batch.share_printed,
        computed=computed_share(batch.workers, batch.total),
        note=_note(batch),
        basis=batch.share_basis,
        awarded_by=batch.awarded_by or UNKNOWN,
        section=batch.section.label if batch.section else "",
        is_demo=batch.is_demo,
    )


def kind_rows(asked: HonorFilter) -> list[KindRow]:
    """The kinds of the level and for the recipients asked for; they are also the choices of the filter."""
    kinds = HonorKind.objects.select_related("section").prefetch_related("batch_kinds")
    if asked.level:
        kinds = kinds.filter(level=asked.level)
    if asked.recipients:
        kinds = kinds.filter(recipients=asked.recipients)
    return [
        KindRow(
            code=kind.code,
            name=kind.name,
            level=kind.get_level_display(),
            recipients=kind.get_recipients_display(),
            batches=len(kind.batch_kinds.all()),
            section=kind.section.label if kind.section else "",
            is_demo=kind.is_demo,
        )
        for kind in kinds.order_by("position", "code")
    ]


def years_known() -> list[str]:
    """The years of the register, the latest first; UNDATED where a batch has none."""
    years = (
        HonorBatch.objects.order_by(F("year").desc(nulls_last=True)).values_list("year", flat=True).distinct()
    )
    return [UNDATED if year is None else str(year) for year in years]


def share_chart(rows: Iterable[BatchRow]) -> ShareBars:
    """The shares of industrial workers; a share that is only printed is drawn as an outline."""
    known = [row for row in rows if row.workers is not None]
    return ShareBars(
        title="各批次产业工人占比",
        rows=tuple(
            ShareRow(
                row.name if row.spans_kinds or not row.is_dated else f"{row.name}（{row.period}）",
                share=row.computed,
                printed=row.printed or row.computed_text,
                note=row.note,
                numerator=row.workers,
                denominator=row.total,
                url=row.url,
            )
            for row in known
        ),
        places=COMPUTED_PLACES,
        row_label="荣誉",
    )


def _note(batch: HonorBatch) -> str:
    """What must be said: an unknown total, unknown workers, or a printed share that its parts do not give."""
    if batch.total is None:
        return UNKNOWN_TOTAL
    if batch.workers is None:
        return "产业工人数未列明"
    return share_note(batch.share_printed, batch.workers, batch.total)
