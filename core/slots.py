"""The URL names above that modules below may reverse; a test resolves each of them.

A floor below never names one above in code, only through this list. Whoever adds a name here owns the URL.
"""

from django.urls import reverse

SLOTS: tuple[str, ...] = (
    "metrics:task-figures",
    "metrics:area-figures",
    "tasks:list",
    "tasks:unit-tasks",
    "honors:unit-honors",
)


def slot_url(name: str, **kwargs: object) -> str:
    """The address behind a listed name; LookupError for a name that is not on the list."""
    if name not in SLOTS:
        raise LookupError(f"{name} is not listed in core.slots.SLOTS")
    return reverse(name, kwargs=kwargs or None)
