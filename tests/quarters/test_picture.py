"""The picture of a round: live from rows, frozen by publishing, revived without a loss."""

import datetime as dt
import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.errors import NotAllowed, RuleViolation
from core.periods import Quarter
from quarters.actions import handing_in, reviewing
from quarters.actions.opening import open_round
from quarters.actions.publishing import publish_round
from quarters.picture import from_canonical, to_canonical
from quarters.queries.picture import live_picture, picture_of, published_picture
from reporting.models import ReportingRound
from tests.world import OPEN_DATES, add_task, moment

TODAY = dt.date(2026, 11, 22)
pytestmark = pytest.mark.django_db


def test_live_picture_says_of_each_task_where_it_stands(world):
    picture = live_picture(world.rounds["open"], judged_on=TODAY)
    assert [(line.code, line.colour, line.state) for line in picture.tasks] == [
        ("01", "unreported", "accepted"),
        ("02", "unreported", "pending"),
        ("03", "unreported", "draft"),
        ("04", "unreported", "signing"),
        ("05", "unreported", "submitted"),
        ("06", "unreported", "reviewing"),
        ("07", "unreported", "returned"),
    ]


def test_missing_figures_stay_unknown(world):
    [figure] = live_picture(world.rounds["open"], judged_on=TODAY).figures
    assert (figure.value, figure.target_value, figure.last_year_value) == (None, 110000, None)


def test_live_picture_costs_the_same_queries_for_one_and_for_many_tasks(world):
    with CaptureQueriesContext(connection) as few:
        live_picture(world.rounds["published"], judged_on=TODAY)
    for number in range(30, 40):
        add_task(world, str(number), f"另一项{number}")
    with CaptureQueriesContext(connection) as many:
        live_picture(world.rounds["open"], judged_on=TODAY)
    assert (len(few), len(many)) == (8, 8)


def test_canonical_form_revives_to_the_same_picture(world):
    picture = live_picture(world.rounds["open"], judged_on=TODAY)
    assert from_canonical(to_canonical(picture)) == picture


def test_published_picture_is_the_snapshot_with_its_digest(world):
    round_ = world.rounds["published"]
    snapshot = round_.snapshots.get()
    assert snapshot.sha256 == hashlib.sha256(snapshot.content.encode()).hexdigest()
    assert to_canonical(published_picture(round_)) == snapshot.content


def test_a_published_round_never_changes_with_its_rows(world):
    before = picture_of(world.rounds["published"])
    world.tasks["accepted"].title = "改了名的任务"
    world.tasks["accepted"].save()
    assert picture_of(world.rounds["published"]) == before


def test_nothing_is_published_while_something_waits_for_the_office(world):
    with pytest.raises(RuleViolation) as refused:
        publish_round(world.rounds["open"], by=world.people["office_head"], at=moment(22))
    assert refused.value.message == "还有2件材料已报送或在审核中，请先审核通过或退回，再发布2026年三季度。"


def test_only_the_office_head_publishes(world):
    with pytest.raises(NotAllowed):
        publish_round(world.rounds["open"], by=world.people["office_clerk"], at=moment(22))


def test_a_round_is_published_once(world):
    with pytest.raises(RuleViolation) as refused:
        publish_round(world.rounds["published"], by=world.people["office_head"], at=moment(22))
    assert refused.value.message == "2026年二季度已经发布，不能重复发布。"


def test_a_quarter_is_opened_once(world):
    with pytest.raises(RuleViolation) as refused:
        open_round(
            world.group, Quarter(2026, 3), by=world.people["office_clerk"], at=moment(22), dates=OPEN_DATES
        )
    assert refused.value.message == "2026年三季度的填报已经开启，不能重复开启。"


def test_a_quarter_with_dates_out_of_order_is_refused_and_leaves_nothing(world):
    dates = {**OPEN_DATES, "assist_due_on": dt.date(2026, 12, 30)}
    with pytest.raises(RuleViolation) as refused:
        open_round(world.group, Quarter(2026, 4), by=world.people["office_clerk"], at=moment(22), dates=dates)
    assert refused.value.message == "日期须依次为：开始填报、协同单位截止、牵头单位截止、办公室审核截止。"
    assert ReportingRound.objects.count() == 2


def test_accepted_figures_become_the_share_of_the_task(world):
    people = world.people
    for action, person in (
        (handing_in.submit, "lead_liaison"),
        (handing_in.sign, "signer"),
        (reviewing.take, "office_clerk"),
        (reviewing.accept, "office_clerk"),
    ):
        sheet = world.fresh("sheet")
        action(sheet, by=people[person], at=moment(20), lock_version=sheet.lock_version)
    [first, *_] = live_picture(world.rounds["open"], judged_on=TODAY).tasks
    assert (first.colour, first.rule, str(first.share)) == (
        "green",
        "完成本期目标的102%，达到序时进度",
        "101.82",
    )
