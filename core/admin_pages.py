"""Pages of long lists in the data maintenance."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MOST_COUNTED = 5_000


class BoundedPaginator(Paginator):
    """Counts no further than anybody turns pages: a big table is not read to its end to tell its size."""

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST_COUNTED)

    @cached_property
    def has_more(self) -> bool:
        """Whether there are rows beyond those that were counted; filters and the search reach them."""
        return self._counted > MOST_COUNTED

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        return rows.order_by()[: MOST_COUNTED + 1].count()
