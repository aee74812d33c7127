"""/rounds/<year>/<quarter>/reports/<uid>/: the signed report, for whoever may read it."""

from decimal import Decimal

import pytest
from django.utils.html import strip_tags

from tasks.actions.reports import record_measure
from tasks.models import TaskMeasure
from tests import factories
from tests.quarters.pages import MISSING, send
from tests.quarters.pages import address as page_address
from tests.world import moment

pytestmark = pytest.mark.django_db


def address(row):
    return f"/rounds/{row.round.year}/{row.round.quarter}/reports/{row.uid}/"


@pytest.mark.parametrize(
    ("person", "code"),
    [("office_clerk", 200), ("leader", 200), ("lead_liaison", 200), ("signer", 200), ("stranger", 404)],
)
def test_who_reads_it(world, client_for, person, code):
    answer = client_for(world.people[person]).get(address(world.submissions["published"]))
    assert answer.status_code == code


def test_it_names_who_stands_behind_it(world, client_for):
    answer = client_for(world.people["leader"]).get(address(world.submissions["published"]))
    page = answer.context["page"]
    row = page.submission
    assert [person.username for person in (row.submitted_by, row.signed_by, row.accepted_by)] == [
        *("lead-liaison", "signer", "office-clerk"),
    ]
    assert (page.content.texts[0].text, page.measure.share) == ("已印发实施方案。", 80)


def test_cooperating_unit_reads_what_the_lead_handed_in(world, client_for):
    factories.assignment(
        task=world.tasks["accepted"],
        unit=factories.RoleGrant.objects.get(user=world.people["stranger"]).unit,
        role="assist",
    )
    answer = client_for(world.people["stranger"]).get(address(world.submissions["published"]))
    assert answer.status_code == 200


def test_draft_is_never_shown(world, client_for):
    page = client_for(world.people["leader"]).get(address(world.submissions["draft"]))
    assert (page.context["page"].content, page.content.decode().count("已印发实施方案")) == (None, 0)


def test_every_version_stays_readable(world, client_for):
    liaison = client_for(world.people["lead_liaison"])
    send(liaison, "my-take-back", world.fresh("signing"))
    send(liaison, "my-item", world.fresh("signing"), progress="改过。", declared_status="orderly")
    send(liaison, "my-submit", world.fresh("signing"))
    texts = {
        number: liaison.get(f"{address(world.submissions['signing'])}?version={number}")
        .context["page"]
        .content
        for number in ("1", "2", "99", "x")
    }
    found = {number: content.texts[0].text for number, content in texts.items()}
    assert found == {"1": "已印发实施方案。", "2": "改过。", "99": "改过。", "x": "改过。"}


def test_wrong_quarter_and_missing_are_not_found(world, client_for):
    office = client_for(world.people["office_clerk"])
    row = world.submissions["published"]
    addresses = [
        f"/rounds/2026/3/reports/{row.uid}/",
        f"/rounds/2026/2/reports/{MISSING}/",
        "/rounds/2026/7/reports/x/",
    ]
    assert [office.get(found).status_code for found in addresses] == [404, 404, 404]


def test_office_is_led_to_the_review(world, client_for):
    row = world.submissions["submitted"]
    page = client_for(world.people["office_clerk"]).get(address(row)).content.decode()
    assert page.count(page_address("review-item", row)) == 1


@pytest.mark.parametrize(("comparator", "aim"), [(">=", "本期目标"), ("", "年度目标")])
def test_share_of_the_target_stands_beside_the_units_own_percent(world, client_for, comparator, aim):
    row = world.submissions["published"]
    record_measure(
        row.progress_report.task,
        row.round,
        share=Decimal("91.11"),
        source=TaskMeasure.Source.FIGURES,
        by=None,
        at=moment(22, 7),
        actual="8,200",
        target="9000人",
        comparator=comparator,
    )
    words = strip_tags(client_for(world.people["leader"]).get(address(row)).content.decode())
    said = f"完成{aim}的 91.11%（目标9000人，实际 8,200）单位自报全年任务累计完成 80%"
    assert words.count(said) == 1
