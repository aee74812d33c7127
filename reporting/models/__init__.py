"""Rounds and submissions: the one workflow through which everything is reported."""

from reporting.models.rounds import ReportingRound, RoundException, RoundSnapshot, WorkCalendar
from reporting.models.submissions import ReviewEvent, Submission
from reporting.models.tallies import SubmissionTally

__all__ = [
    "ReportingRound",
    "ReviewEvent",
    "RoundException",
    "RoundSnapshot",
    "Submission",
    "SubmissionTally",
    "WorkCalendar",
]
