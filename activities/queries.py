"""The pillar industries of the city."""

from activities.models import Industry


def industries() -> list[Industry]:
    """All of them in the official order, with their section."""
    return list(Industry.objects.select_related("section").order_by("position", "code"))
