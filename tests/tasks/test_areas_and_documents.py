"""Areas with their tasks by stage; documents with their relations."""

from __future__ import annotations

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_areas_count_tasks_by_stage(office_clerk, client_for, django_assert_num_queries):
    client = client_for(office_clerk)
    factories.task(state="draft")
    for wanted in ((1, 0, 0, 0, 0), (1, 0, 1, 1, 0)):
        with django_assert_num_queries(6):
            assert client.get("/areas/").context["rows"][0].counts == wanted
        factories.task(state="active")
        factories.task(state="closed")
        factories.task(area=factories.reform_area(code="dui-wu", position=9), state="active")


def test_area_page_lists_its_tasks(office_clerk, client_for):
    factories.task(title="甲", state="draft")
    factories.task(title="乙", state="active")
    stages = client_for(office_clerk).get("/areas/suzhi-tisheng/").context["stages"]
    assert [(stage.label, [row.title for row in stage.rows]) for stage in stages] == [
        ("未交办", ["甲"]),
        ("推进中", ["乙"]),
    ]


def test_empty_area_says_what_to_do(office_clerk, client_for):
    factories.reform_area()
    page = client_for(office_clerk).get("/areas/suzhi-tisheng/").content.decode()
    assert page.count("这个领域还没有任务") == 1


def test_unit_counts_only_its_own_tasks(lead_liaison, lead_unit, client_for):
    factories.task(lead=lead_unit)
    factories.task()
    assert client_for(lead_liaison).get("/areas/").context["rows"][0].total == 1


def test_missing_area_and_document(office_clerk, client_for):
    client = client_for(office_clerk)
    assert client.get("/areas/none/").status_code == 404
    assert client.get("/documents/none/").status_code == 404


@pytest.mark.parametrize("address", ["/areas/", "/documents/", "/areas/suzhi-tisheng/", "/documents/doc/"])
def test_auditor_is_refused(auditor, client_for, address):
    factories.reform_area()
    factories.policy_document(code="doc")
    assert client_for(auditor).get(address).status_code == 403


def test_documents_stand_by_their_place(office_clerk, client_for, django_assert_num_queries):
    client = client_for(office_clerk)
    factories.policy_document(place="1")
    for wanted in ((("1", 1),), (("1", 1), ("N", 1), ("", 1))):
        with django_assert_num_queries(4):
            sets = client.get("/documents/").context["sets"]
        assert tuple((found.place, len(found.rows)) for found in sets) == wanted
        factories.policy_document(place="N", number="滁办〔2018〕1号")
        factories.policy_document(place="")


def test_no_documents_says_what_to_do(office_clerk, client_for):
    assert client_for(office_clerk).get("/documents/").content.decode().count("还没有政策文件") == 1


def test_main_document_names_all_of_the_n(office_clerk, client_for):
    main = factories.policy_document(code="one", place="1")
    first = factories.policy_document(code="n1", place="N")
    second = factories.policy_document(code="n2", place="N", supports=first)
    client = client_for(office_clerk)
    assert client.get("/documents/one/").context["shown"].supporters == (first, second)
    assert client.get("/documents/n1/").context["shown"].supporters == (second,)
    assert client.get("/documents/n2/").context["shown"].main == (main,)


def test_document_names_the_tasks_the_reader_sees(lead_liaison, lead_unit, client_for):
    document = factories.policy_document(code="one")
    mine = factories.task(lead=lead_unit, document=document)
    factories.task(document=document)
    shown = client_for(lead_liaison).get("/documents/one/").context["shown"]
    assert (shown.tasks, shown.task_count) == ((mine,), 1)
