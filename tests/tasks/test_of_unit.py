"""The tasks of one unit as page and fragment, and what stands against the end of a unit."""

import datetime as dt

import pytest

from organization.models import Unit
from organization.open_work import open_work
from tests import factories
from tests.people import post
from tests.workbooks import rows_of

pytestmark = pytest.mark.django_db
URL, END = "/tasks/units/lead-unit/", "/units/lead-unit/end/"


def titles(page) -> list[str]:
    return [row.title for row in page.context["rows"]]


def test_a_unit_leads_and_assists(client_for, leader, lead_unit):
    factories.task(title="甲", lead=lead_unit)
    factories.task(title="乙", assisting=(lead_unit,))
    factories.task(title="别家", lead=factories.unit())
    page = client_for(leader).get(URL)
    counts = page.context["counts"]
    assert (titles(page), counts.lead, counts.assist, counts.open) == (["甲", "乙"], 1, 1, 2)


def test_readers_see_only_their_own_tasks(client_for, stranger, other_unit, lead_unit):
    factories.task(title="共办", lead=lead_unit, assisting=(other_unit,))
    factories.task(title="别人的", lead=lead_unit)
    assert titles(client_for(stranger).get(URL)) == ["共办"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"role": "assist"}, ["乙"]),
        ({"standing": "finished"}, ["丙"]),
        ({"standing": "open"}, ["甲", "乙"]),
        ({"role": "x", "standing": "y", "sort": "z", "page": "-1"}, ["甲", "丙", "乙"]),
    ],
)
def test_tasks_are_narrowed(client_for, leader, lead_unit, query, found):
    factories.task(title="甲", lead=lead_unit)
    factories.task(title="乙", assisting=(lead_unit,))
    factories.task(title="丙", lead=lead_unit, state="closed")
    assert titles(client_for(leader).get(URL, query)) == found


def test_page_and_fragment(client_for, leader, lead_unit):
    client = client_for(leader)
    assert "没有可以查看的任务" in client.get(URL).content.decode()
    factories.task(title="甲", lead=lead_unit)
    factories.task(title="乙", lead=lead_unit, state="closed")
    fragment = client.get(URL, headers={"HX-Request": "true"})
    text = fragment.content.decode()
    assert (text.count("<html"), ">甲<" in text, ">乙<" in text) == (0, True, False)
    assert client.get("/tasks/units/nowhere/").status_code == 404


def test_the_page_costs_the_same_for_one_and_three(client_for, leader, lead_unit, django_assert_num_queries):
    client = client_for(leader)
    for wanted, more in ((1, 1), (3, 2)):
        for _ in range(more):
            factories.task(lead=lead_unit)
        with django_assert_num_queries(7):
            assert len(titles(client.get(URL))) == wanted


def test_a_unit_with_open_work_does_not_end(client_for, office_clerk, lead_unit):
    client = client_for(office_clerk)
    task = factories.task(title="未完的任务", lead=lead_unit)
    factories.task(title="办完的任务", lead=lead_unit, state="closed")
    [work] = client.get(END).context["work"]
    assert (work.kind, work.title, work.state, work.url) == (
        "牵头任务",
        "未完的任务",
        "推进中",
        task.get_absolute_url(),
    )
    page = post(client, END, {"on": "2026-06-30", "confirmed": "on", "lock_version": 1})
    assert page.context["form"].non_field_errors() == [
        "市人社局还有未办结的工作：未完的任务（推进中）。请办结后再终止，尚未签收的任务可退改后改选单位。"
    ]
    assert Unit.objects.get(pk=lead_unit.pk).valid_to is None


def test_a_unit_ends_once_its_work_is_done(client_for, office_clerk, lead_unit):
    factories.task(lead=lead_unit, state="archived")
    factories.task(lead=lead_unit, plan=factories.plan(year=2017, is_founding=True), state="draft")
    typed = {"on": "2026-06-30", "confirmed": "on", "lock_version": 1}
    assert post(client_for(office_clerk), END, typed).status_code == 302
    assert Unit.objects.get(pk=lead_unit.pk).valid_to == dt.date(2026, 6, 30)


def test_data_entry_does_not_end_it_either(client_for, office_clerk, lead_unit):
    factories.task(title="未完的任务", lead=lead_unit)
    url = f"/admin/organization/unit/{lead_unit.pk}/change/"
    page = client_for(office_clerk).get(url)
    form = page.context["adminform"].form
    typed = {name: form[name].value() or "" for name in form.fields} | {"valid_to": "2026-06-30"}
    sets = {
        f"{formset.formset.prefix}-{name}": "0"
        for formset in page.context["inline_admin_formsets"]
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    answer = client_for(office_clerk).post(url, typed | sets)
    assert answer.context["adminform"].form.errors["valid_to"] == [
        "市人社局还有未办结的工作：未完的任务（推进中）。请办结后再终止，尚未签收的任务可退改后改选单位。"
    ]


def test_work_of_another_group_is_named_by_its_group_alone(office_clerk, lead_unit, city_group):
    county = factories.group(code="341126")
    plan = factories.plan(group=county)
    factories.task(title="外组的任务", lead=lead_unit, plan=plan)
    [seen] = open_work(lead_unit, office_clerk)
    [known] = open_work(lead_unit, None)
    assert (seen.title, seen.url, known.title) == ("341126协调小组的任务", "", "外组的任务")


def test_reports_of_an_open_round_are_open_work(lead_unit):
    submission = factories.submission(unit=lead_unit)
    [work] = open_work(lead_unit, None)
    group = submission.round.group.name
    assert (work.kind, work.title, work.state) == (
        "季度填报",
        f"{group}{submission.round.period.label}填报 1 件",
        "待填报",
    )


def test_task_of_the_long_term_has_no_deadline_anywhere(office_clerk, lead_unit, client_for):
    task = factories.task(lead=lead_unit, frequency="long_term", due_on=dt.date(2026, 12, 31))
    client = client_for(office_clerk)
    pages = [client.get(address) for address in ("/tasks/", URL)]
    assert [page.content.decode().count("2026年12月31日") for page in pages] == [0, 0]
    assert [row.due for row in client.get(URL).context["rows"]] == ["长期"]
    assert [row[10] for row in rows_of(client.get("/tasks/export/"))[1:]] == ["长期"]
    assert "长期（本计划至2026年12月31日）" in client.get(f"/tasks/{task.uid}/").content.decode()
