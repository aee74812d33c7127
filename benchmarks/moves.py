"""P8: what saving while one types and a decision of the office cost, as multiples of the least page."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator

from benchmarks.measure import Line, against, in_turn
from benchmarks.visitor import AUTH, Visitor, expect
from organization.models import User
from quarters.forms.filling import ReportForm
from quarters.permissions import own_submissions
from reporting.models import ReviewEvent, Submission
from reporting.workflow import State

TEXT = "本季度按计划推进，已完成年度目标的四分之三。"


def lines(server: str, pid: int) -> Iterator[Line]:
    liaison, office = Visitor(server, "demo-liaison"), Visitor(server, "demo-office")
    autosave, send_back, restore = _autosaving(liaison), *_returning(office)
    actions: dict[str, Callable[[], object]] = {
        "auth of liaison": lambda: expect(liaison.get(AUTH), 200),
        "autosave": autosave,
        "auth": lambda: expect(office.get(AUTH), 200),
        "return": send_back,
    }
    spent = in_turn(actions, pid, before={"return": restore})
    yield against("P8 autosave, ms", spent["autosave"], spent["auth of liaison"], 2.0)
    yield against("P8 return to the unit, ms", spent["return"], spent["auth"], 4.0)


def _autosaving(liaison: Visitor) -> Callable[[], object]:
    """Posts the draft with a longer text each time, from the version the server has."""
    own = own_submissions(User.objects.get(username="demo-liaison")).filter(kind=Submission.Kind.PROGRESS)
    waiting = own.filter(state__in=(State.PENDING, State.DRAFT, State.RETURNED))
    submission = waiting.select_related("progress_report").first()
    if submission is None:
        raise RuntimeError("The demonstration has nothing for the liaison to fill in.")
    shown = ReportForm.showing(submission.progress_report).initial
    fields = {name: "" if value is None else str(value) for name, value in shown.items()}

    def post() -> None:
        version = Submission.objects.values_list("lock_version", flat=True).get(pk=submission.pk)
        content = {**fields, "progress": TEXT + "一" * (version % 50), "lock_version": str(version)}
        expect(liaison.post(f"/my/{submission.uid}/autosave/", content), 200)

    return post


def _returning(office: Visitor) -> tuple[Callable[[], object], Callable[[], object]]:
    """Returns a report under review to its unit; and puts it back under review, which is not measured."""
    submission = Submission.objects.filter(state=State.SUBMITTED).first()
    if submission is None:
        raise RuntimeError("The demonstration has nothing for the office to decide.")
    taken = {"lock_version": str(submission.lock_version), "submit_token": str(uuid.uuid4())}
    expect(office.post(f"/review/{submission.uid}/take/", taken), 302)
    under_review = Submission.objects.filter(pk=submission.pk).values()[0]

    def send_back() -> None:
        content = {
            "reason_code": ReviewEvent.Reason.values[0],
            "reason": "请补充第三季度的完成数。",
            "lock_version": str(under_review["lock_version"]),
            "submit_token": str(uuid.uuid4()),
        }
        expect(office.post(f"/review/{submission.uid}/return/", content), 302)

    def restore() -> None:
        Submission.objects.filter(pk=submission.pk).update(**under_review)

    return send_back, restore
