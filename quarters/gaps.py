"""What stands between a draft and handing it in. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageGap:
    """One thing missing: the field to go to and the sentence that says why."""

    anchor: str
    sentence: str
