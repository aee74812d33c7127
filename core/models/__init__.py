"""The rows two or more apps need: audit chain, submit tokens, notices, jobs, sections of the source."""

from core.models.audit import AuditCheckpoint, AuditEvent, ChainHead
from core.models.bases import Demonstrable, Optimistic, UidModel
from core.models.jobs import Job
from core.models.notices import Notice
from core.models.sections import SourceSection
from core.models.tokens import SubmitToken

__all__ = [
    "AuditCheckpoint",
    "AuditEvent",
    "ChainHead",
    "Demonstrable",
    "Job",
    "Notice",
    "Optimistic",
    "SourceSection",
    "SubmitToken",
    "UidModel",
]
