"""The list behind a figure: as many rows as the figure says, filtered, sorted and paged in SQL."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dashboards.choice import LIGHTS, REPORTS, SORTS
from dashboards.pages import PAGES
from metrics.models import TaskIndicator
from reporting.models import Submission
from tests.dashboards.shown_page import ShownPage, numbers
from tests.workbooks import rows_of
from tests.world import add_task

pytestmark = pytest.mark.django_db
TASKS = "/dashboard/tasks/?group=341100&round=2026Q3"
FIGURES = ("reached", "behind", "unreported", "waiting", "exempt")


@pytest.fixture
def client(world, client_for):
    return client_for(world.people["leader"])


def listed(client, query=""):
    """Titles of the page, and how many the list says there are."""
    page = ShownPage(client.get(f"{TASKS}{query}").content.decode())
    titles = [
        next(cell.all("a")).text
        for cell in page.root.all("td")
        if cell.attributes.get("class") == "wide task-name"
    ]
    [pager] = [node for node in page.root.all("nav") if node.attributes.get("class") == "pager"]
    return titles, numbers(pager.text)[0]


def test_each_figure_of_the_sentence_leads_to_as_many_tasks(client):
    said = ShownPage(client.get("/dashboard/?round=2026Q3").content.decode()).figures
    found = {figure: listed(client, f"&light={figure}")[1] for figure in FIGURES}
    assert found == {figure: int(said.get(figure, 0)) for figure in FIGURES}


@pytest.mark.parametrize("name", LIGHTS)
def test_every_light_can_be_asked_for(client, name):
    titles, count = listed(client, f"&light={name}")
    assert len(titles) == count


def test_what_was_not_reported_is_found_by_its_report(client):
    assert {name: listed(client, f"&report={name}")[1] for name in REPORTS} == {
        "overdue": 0,
        "waiting": 4,
        "late": 0,
    }


def test_area_and_unit_cut_the_list(client):
    assert [
        listed(client, query)[1] for query in ("&area=skills", "&area=other", "&unit=lead-unit", "&unit=no")
    ] == [7, 0, 7, 0]


@pytest.mark.parametrize("key", SORTS)
def test_every_order_shows_every_task_once(client, key):
    up, down = listed(client, f"&sort={key}")[0], listed(client, f"&sort=-{key}")[0]
    assert sorted(up) == sorted(down) == sorted(set(up))


@pytest.mark.parametrize("query", ["&light=purple", "&report=never"])
def test_a_filter_that_does_not_exist_is_refused(client, query):
    assert client.get(f"{TASKS}{query}").status_code == 400


def test_a_page_costs_the_same_for_one_task_for_three_and_for_two_pages(world, client):
    counts, seen = [], []
    for more in (1, 2, 60):
        for number in range(more):
            add_task(world, f"{more}-{number}", f"另一项{more}-{number}")
        PAGES.clear()
        with CaptureQueriesContext(connection) as spent:
            client.get(f"{TASKS}&sort=code&page={more}")
        counts.append(len(spent))
        seen.append(listed(client)[1])
    assert (counts, seen) == ([11, 11, 11], [8, 10, 70])


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", "报告已审核通过，指标表未报 看填报情况"),
        ("submitted", "报告已审核通过，指标表待办公室审核 看填报情况"),
        ("", "报告已审核通过，完成度尚未核定"),
    ],
)
def test_what_is_unsettled_says_whose_figures_are_awaited(world, client, state, words):
    sheets = Submission.objects.filter(round=world.rounds["open"], kind=Submission.Kind.FIGURES)
    assert sheets.update(state=state or "pending") == 1
    if not state:
        TaskIndicator.objects.all().delete()
    page = ShownPage(client.get(f"{TASKS}&light=unsettled").content.decode())
    assert [row[5] for body in page.root.all("table") for row in body.rows()] == [words]


def test_the_workbook_says_quarter_day_and_whether_it_is_invented(client):
    head, *rows = rows_of(client.get("/dashboard/tasks/export/?group=341100&round=2026Q3"))
    assert head[-3:] == ("季度", "截至", "演示数据")
    assert {tuple(str(cell)[:10] for cell in row[-3:]) for row in rows} == {
        ("2026年三季度", "2026-09-30", "否")
    }


def test_the_workbook_holds_the_rows_of_the_list(client):
    answer = client.get("/dashboard/tasks/export/?group=341100&round=2026Q3&light=waiting&sort=code")
    rows = rows_of(answer)
    assert [row[2] for row in rows[1:]] == listed(client, "&light=waiting&sort=code")[0]
