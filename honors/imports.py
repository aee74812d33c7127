"""What comes in with a batch of honours beside its own columns: the kinds it covers."""

from typing import Any

from core.register_columns import RowsOf
from core.register_parts import Part, RowsColumn, replace_rows
from honors.models import HonorBatchKind, HonorKind


class KindsPart(Part):
    """The kinds of honour a batch covers; several where the figures are of all of them together."""

    def __init__(self, rows_of: RowsOf) -> None:
        self.columns = {"kinds_covered": RowsColumn("荣誉种类", HonorKind, rows_of=rows_of)}

    def load(self, rows: list[Any]) -> None:
        found: dict[int, list[HonorKind]] = {}
        for link in HonorBatchKind.objects.filter(batch__in=rows).select_related("kind"):
            found.setdefault(link.batch_id, []).append(link.kind)
        for row in rows:
            row.kinds_covered = self.columns["kinds_covered"].ordered(found.get(row.pk, ()))  # type: ignore[attr-defined]

    def write(self, instances: list[Any]) -> None:
        replace_rows(HonorBatchKind, "batch", "kind", {row.pk: row.kinds_covered for row in instances})
