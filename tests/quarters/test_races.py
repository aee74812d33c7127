"""Two people at once: one wins, the other is told in a sentence; a double click gives one row."""

import threading
import uuid

import pytest
from django.test import Client

from core.errors import RuleViolation
from core.models import SubmitToken
from organization.models import User
from quarters.actions import handing_in, reviewing
from quarters.actions.publishing import publish_round
from reporting.models import ReportingRound, Submission
from tasks.actions.reports import save_text
from tasks.models import ReportVersion
from tests import factories
from tests.core.threads import in_threads
from tests.quarters.pages import address
from tests.world import moment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def compete(*moves):
    """Runs the moves together; returns how many succeeded and what the others were told."""
    told, lock = [], threading.Lock()

    def run(number):
        try:
            moves[number]()
        except RuleViolation as refused:
            with lock:
                told.append(refused.message)

    assert in_threads(run, len(moves)) == []
    return len(moves) - len(told), sorted(told)


def acting(action, row, user, **more):
    """A move by somebody whose page was drawn just now."""
    person, version = User.objects.get(pk=user.pk), row.lock_version

    def move():
        submission = Submission.objects.get(pk=row.pk)
        action(submission, by=person, at=moment(20), lock_version=version, **more)

    return move


def test_two_signers(world):
    second = factories.grant("signer", unit=world.lead_unit).user
    row = world.fresh("signing")
    won, told = compete(*(acting(handing_in.sign, row, user) for user in (world.people["signer"], second)))
    assert (won, told) == (
        1,
        ["这份材料目前是“已报送”，由协调小组办公室办理，不能审签。请刷新页面查看最新状态。"],
    )
    assert world.fresh("signing").events.filter(move="sign").count() == 1


def test_signing_against_taking_back(world):
    row = world.fresh("signing")
    won, told = compete(
        acting(handing_in.sign, row, world.people["signer"]),
        acting(handing_in.take_back, row, world.people["lead_liaison"]),
    )
    after = world.fresh("signing")
    assert (won, len(told)) == (1, 1)
    assert (after.state, bool(after.signed_by)) in {("submitted", True), ("draft", False)}


def test_signing_against_an_edit_of_the_liaison(world):
    """Taken back, edited and handed in again while the signer still reads the old version."""
    row, liaison = world.fresh("signing"), world.people["lead_liaison"]

    def rewrite():
        taken = handing_in.take_back(
            Submission.objects.get(pk=row.pk), by=liaison, at=moment(20), lock_version=row.lock_version
        )
        fields = {"progress": "改过的内容。", "declared_status": "orderly"}
        version = save_text(
            taken.progress_report, fields=fields, lock_version=taken.lock_version, by=liaison, at=moment(20)
        )
        taken.refresh_from_db()
        handing_in.submit(taken, by=liaison, at=moment(20), lock_version=version)

    won, told = compete(acting(handing_in.sign, row, world.people["signer"]), rewrite)
    signed = world.fresh("signing").signed_by is not None
    newest = ReportVersion.objects.filter(report__submission=row).latest("version_no").progress
    assert (won, len(told)) == (1, 1)
    assert newest == ("已印发实施方案。" if signed else "改过的内容。")


def test_two_reviewers_take_it_over(world):
    row = world.fresh("submitted")
    clerks = [world.people["office_clerk"], world.people["office_clerk2"]]
    won, told = compete(*(acting(reviewing.take, row, user) for user in clerks))
    taker = world.fresh("submitted").taken_by
    assert (won, told) == (1, [f"{taker}已于11月20日09:00接手，正在审核。"])


def test_recall_against_taking_over(world):
    row = world.fresh("submitted")
    won, told = compete(
        acting(reviewing.take, row, world.people["office_clerk"]),
        acting(handing_in.take_back, row, world.people["lead_liaison"]),
    )
    assert (won, len(told), world.fresh("submitted").state in {"reviewing", "draft"}) == (1, 1, True)


def test_two_tabs_save_one_draft(world):
    row, by = world.fresh("draft"), world.people["lead_liaison"]

    def saving(text):
        def save():
            report = Submission.objects.get(pk=row.pk).progress_report
            save_text(report, fields={"progress": text}, lock_version=row.lock_version, by=by, at=moment(20))

        return save

    won, told = compete(*(saving(f"第{number}个窗口") for number in range(6)))
    assert (won, set(told)) == (1, {"您在另一窗口保存过这份材料，本窗口填写的内容没有保存。"})
    assert world.fresh("draft").lock_version == row.lock_version + 1


def test_double_submission_without_a_token_gives_one_version(world):
    row = world.fresh("draft")
    won, told = compete(*(acting(handing_in.submit, row, world.people["lead_liaison"]) for _ in range(2)))
    assert (won, told) == (
        1,
        ["这份材料目前是“待审签”，由单位审签人办理，不能提交。请刷新页面查看最新状态。"],
    )


def test_double_click_gives_one_row(world, client_for):
    row = world.fresh("draft")
    cookies = client_for(world.people["lead_liaison"]).cookies
    form = {"lock_version": row.lock_version, "submit_token": str(uuid.uuid4())}
    answers = []

    def click(_number):
        client = Client()
        client.cookies = cookies
        answers.append(client.post(address("my-submit", row), form))

    assert in_threads(click, 2) == []
    found = {(answer.status_code, answer.headers["Location"]) for answer in answers}
    assert found == {(302, address("my-item", row))}
    assert (SubmitToken.objects.count(), ReportVersion.objects.filter(report__submission=row).count()) == (
        1,
        1,
    )


def test_signing_against_publishing(world):
    """Nothing slips into a round while it is published."""
    Submission.objects.filter(state__in=["submitted", "reviewing"]).update(state="returned")
    row, round_ = world.fresh("signing"), world.rounds["open"]

    def publish():
        fresh = ReportingRound.objects.get(pk=round_.pk)
        publish_round(fresh, by=world.people["office_head"], at=moment(20), reason="提前发布")

    won, told = compete(acting(handing_in.sign, row, world.people["signer"]), publish)
    is_published = ReportingRound.objects.get(pk=round_.pk).is_published
    assert (won, len(told)) == (1, 1)
    assert world.fresh("signing").state == ("signing" if is_published else "submitted")
