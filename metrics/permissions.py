"""Who sees which figure, as a sentence; the QuerySet asks the same of many rows."""

from typing import TYPE_CHECKING

from metrics.models import Observation

if TYPE_CHECKING:
    from organization.models import User


def can_view_observation(user: "User", observation: Observation) -> bool:
    """The predicate of `Observation.objects.visible_to`."""
    return Observation.objects.visible_to(user).filter(pk=observation.pk).exists()
