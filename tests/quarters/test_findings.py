"""Doubts about the figures of a round, on its board: what the pages of the sheets say, read together."""

from decimal import Decimal

import pytest

from metrics.actions import previous_figures
from metrics.models import FigureSheet
from metrics.queries.doubts import comparisons_of
from metrics.queries.round_doubts import remarks_of_round
from quarters.views import rounds
from reporting.models import ReportingRound
from tests import factories
from tests.quarters.pages import count_queries
from tests.world import moment

pytestmark = pytest.mark.django_db
BOARD = "/rounds/2026/3/"
SAID = "本期112,000是上季30,000的3.7倍"


def doubtful_sheet(round_: ReportingRound, explanation: str = "", *, state: str = "submitted") -> FigureSheet:
    """A sheet whose only figure is far above that of the quarter before."""
    sheet = factories.figure_sheet(
        submission=factories.submission(round=round_, kind="figures", state=state, unit=factories.unit())
    )
    indicator = factories.indicator(kind="stock", measure_unit="人")
    value = {"value": Decimal(112000), "raw": "112000", "explanation": explanation}
    factories.figure_entry(sheet=sheet, indicator=indicator, **value)
    earlier = factories.reporting_round(group=round_.group, year=2026, quarter=2, published_at=moment(1, 7))
    before = factories.figure_sheet(
        submission=factories.submission(round=earlier, kind="figures", state="accepted", unit=sheet.unit)
    )
    factories.observation(
        indicator=indicator, group=round_.group, sheet=before, year=2026, quarter=2, value=Decimal(30000)
    )
    return sheet


@pytest.fixture
def round_(city_group) -> ReportingRound:
    return factories.reporting_round(group=city_group)


def test_the_office_sees_each_doubt_with_its_unit_words_and_way(round_, office_clerk, client_for):
    sheet = doubtful_sheet(round_, "口径调整。")
    answer = client_for(office_clerk).get(BOARD)
    [found] = answer.context["findings"]
    assert (found.unit, found.sentence, found.explanation) == (sheet.unit.name, SAID, "口径调整。")
    assert found.url == f"{BOARD}reports/{sheet.submission.uid}/"
    page = answer.content.decode()
    assert (page.count("数据疑点 1 处"), page.count(SAID), page.count("单位说明：口径调整。")) == (1, 1, 1)


def test_a_doubt_without_an_explanation_says_so(round_, office_clerk, client_for):
    doubtful_sheet(round_)
    assert client_for(office_clerk).get(BOARD).content.decode().count("单位没有说明。") == 1


def test_the_way_leads_to_the_same_words(round_, office_clerk, client_for):
    sheet = doubtful_sheet(round_)
    factories.review_event(submission=sheet.submission)
    client = client_for(office_clerk)
    [found] = client.get(BOARD).context["findings"]
    assert client.get(found.url).status_code == 200


@pytest.mark.parametrize("state", ["draft", "signing", "returned"])
def test_what_lies_with_the_unit_is_not_judged(round_, office_clerk, client_for, state):
    doubtful_sheet(round_, state=state)
    page = client_for(office_clerk).get(BOARD).content.decode()
    assert page.count("数据疑点") == 0


def test_the_leader_sees_the_board_without_the_list(round_, leader, client_for):
    doubtful_sheet(round_)
    answer = client_for(leader).get(BOARD)
    assert (answer.status_code, answer.content.decode().count("数据疑点")) == (200, 0)


@pytest.mark.parametrize("sheets", [1, 3])
def test_queries_do_not_grow_with_the_sheets(round_, office_clerk, client_for, sheets):
    for _ in range(sheets):
        doubtful_sheet(round_)
    assert count_queries(client_for(office_clerk), BOARD) == 10


def test_read_together_they_are_what_each_sheet_says(world):
    round_ = world.rounds["open"]
    sheets = [*FigureSheet.objects.filter(round=round_), doubtful_sheet(round_), doubtful_sheet(round_)]
    FigureSheet.objects.get(pk=sheets[0].pk).entries.update(value=Decimal(-3), raw="-3")
    type(sheets[0].submission).objects.filter(figure_sheet__round=round_).update(state="submitted")
    together = {row.pk: found for row, found in remarks_of_round(round_)}
    singly = {}
    for sheet in FigureSheet.objects.filter(round=round_).select_related("unit", "round"):
        rows = list(sheet.entries.select_related("indicator"))
        compared = comparisons_of(sheet, previous=previous_figures(sheet), subject_id=sheet.subject_unit_id)
        said = compared.remarks((row.indicator, row.value, row.raw) for row in rows)
        singly |= {row.pk: said[row.indicator_id] for row in rows if said.get(row.indicator_id)}
    assert together == singly
    assert len(together) == 3


def test_a_board_of_many_units_compares_on_request(round_, office_clerk, client_for, monkeypatch):
    monkeypatch.setattr(rounds, "COMPARED_AT_ONCE", 0)
    doubtful_sheet(round_)
    client = client_for(office_clerk)
    first = client.get(BOARD)
    assert (first.context["findings"], first.content.decode().count("核对本期数据疑点")) == ([], 1)
    assert len(client.get(f"{BOARD}?findings=1").context["findings"]) == 1
