"""What happens to rounds and to the submissions in them."""

from reporting.actions.drafts import claim_draft
from reporting.actions.moves import lock, move, refuse_published, unit_has_signer
from reporting.actions.rounds import grant_exception, hold_open_round, refuse_late, touch_round
from reporting.actions.tallies import freeze_submissions, rebuild_submissions, refresh_submissions

__all__ = [
    "claim_draft",
    "freeze_submissions",
    "grant_exception",
    "hold_open_round",
    "lock",
    "move",
    "rebuild_submissions",
    "refresh_submissions",
    "refuse_late",
    "refuse_published",
    "touch_round",
    "unit_has_signer",
]
