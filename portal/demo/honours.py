"""Invented batches of honours, of the kinds the facts name."""

from honors.models import HonorBatch, HonorBatchKind, HonorKind
from portal.demo.content import Content


def make_honours(content: Content, last_year: int) -> None:
    """Batches of years that are still to come do not exist yet."""
    kinds = {kind.name: kind for kind in HonorKind.objects.all()}
    for stated in content["batches"]:
        if stated.get("year", last_year) > last_year:
            continue
        batch = HonorBatch.objects.create(
            code=stated["code"],
            year=stated.get("year"),
            since_year=stated.get("since"),
            total=stated.get("total"),
            workers=stated.get("workers"),
            share_printed=stated.get("printed", ""),
            awarded_by=stated["by"],
            is_demo=True,
        )
        HonorBatchKind.objects.bulk_create(
            HonorBatchKind(batch=batch, kind=kinds[name]) for name in stated["kinds"]
        )
