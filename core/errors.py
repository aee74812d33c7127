"""What the portal says when a rule refuses: always a sentence a clerk can act on."""

from collections.abc import Mapping

from django.core.exceptions import BadRequest


class RuleViolation(Exception):
    """A rule of the work refuses; `message` is the sentence for the user."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class StaleObject(RuleViolation):
    """Another window saved first; `mine` and `theirs` hold both texts by their labels.

    A view that can draw its form again from what was typed sets `can_resume`: the 409 page then offers it.
    """

    default_message = "您打开页面之后，这条记录已被他人修改，您的修改没有保存。"

    def __init__(
        self,
        message: str = default_message,
        *,
        mine: Mapping[str, str] | None = None,
        theirs: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.mine = dict(mine or {})
        self.theirs = dict(theirs or {})
        self.can_resume = False


class NotAllowed(RuleViolation):
    """The person has no right to do this; becomes a 403 page and an audited refusal."""


class BadInput(BadRequest):
    """A request no page of ours makes; its sentence is shown on the 400 page."""
