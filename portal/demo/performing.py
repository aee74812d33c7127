"""Plays what happened to a submission through the real actions, one step after the other."""

from typing import Any

from metrics import actions as metrics
from portal.demo.stories import Step, Story
from quarters.actions import handing_in, reviewing
from quarters.actions.extending import grant_exception
from reporting.models import Submission
from tasks.actions import reports

RELATED = ("round__group", "unit", "group", "progress_report__task", "progress_report__round", "figure_sheet")


def perform(story: Story) -> None:
    """Every step by its person at its moment; the rules of the portal decide whether it may happen."""
    if story.extension is not None:
        extension = story.extension
        grant_exception(
            story.submission.round,
            story.submission.unit,
            until_on=extension.until_on,
            reason=extension.reason,
            by=extension.by,
            at=extension.at,
        )
    for step in story.steps:
        _do(step, Submission.objects.select_related(*RELATED).get(pk=story.submission.pk))


def _do(step: Step, submission: Submission) -> None:
    common: dict[str, Any] = {"by": step.by, "at": step.at, "lock_version": submission.lock_version}
    if step.name == "edit":
        _save(step, submission, common)
    elif step.name == "return":
        reviewing.send_back(submission, reason_code=step.reason_code, reason=step.reason, **common)
    elif step.name == "send_back":
        handing_in.send_back(submission, reason=step.reason, **common)
    else:
        actions = {
            "submit": handing_in.submit,
            "sign": handing_in.sign,
            "recall": handing_in.take_back,
            "take": reviewing.take,
            "release": reviewing.release,
            "accept": reviewing.accept,
        }
        actions[step.name](submission, **common)


def _save(step: Step, submission: Submission, common: dict[str, Any]) -> None:
    if submission.kind == Submission.Kind.FIGURES:
        metrics.save_figures(submission.figure_sheet, figures=step.figures or {}, **common)
    else:
        reports.save_text(submission.progress_report, fields=step.fields or {}, **common)
