"""Areas with their tasks by stage; documents with their relations."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.models import AuditEvent
from tasks.models import AreaCrossing
from tests import factories
from tests.people import post
from tests.workbooks import rows_of

pytestmark = pytest.mark.django_db


AREA_LIST_QUERIES = 7  # user, grants, notices, choices, counts, areas, crossings
AREA_QUERIES = 9  # user, grants, notices, the area, choices, count, rows, what stands beside, crossings
DOCUMENT_LIST_QUERIES = 5  # user, grants, notices, counts, documents


def test_areas_count_tasks_by_stage(office_clerk, client_for, django_assert_num_queries):
    client = client_for(office_clerk)
    factories.task(state="draft")
    for wanted in ((1, 0, 0, 0, 0), (1, 0, 1, 1, 0)):
        with django_assert_num_queries(AREA_LIST_QUERIES):
            assert client.get("/areas/").context["shown"].areas[0].counts == wanted
        factories.task(state="active")
        factories.task(state="closed")
        factories.task(area=factories.reform_area(code="dui-wu", position=9), state="active")


def test_matrix_sorts_tasks_by_their_own_section_else_by_their_area(office_clerk, client_for):
    skills, careers = factories.central_section(), factories.central_section(code="zhongyang-5", position=5)
    factories.area_crossing(section=skills, is_default=True)
    factories.area_crossing(section=careers)
    factories.task()
    factories.task(central_section=careers)
    factories.task(area=factories.reform_area(code="dui-wu", position=9))
    shown = client_for(office_clerk).get("/areas/").context["shown"]
    cells = [[(cell.mark, cell.count) for cell in row.cells] for row in shown.matrix]
    assert cells == [[("●", 1), ("○", 1)], [("", 0), ("", 0)]]
    assert ([row.total for row in shown.sections], shown.unsorted) == ([1, 1], 1)


def test_list_is_filtered_by_either_taxonomy(office_clerk, client_for):
    factories.area_crossing(is_default=True)
    factories.task(title="按对照")
    own = factories.central_section(code="zhongyang-5", position=5)
    factories.task(title="自有章节", central_section=own)
    client = client_for(office_clerk)
    found = {
        section: [row.title for row in client.get("/tasks/", {"section": section}).context["rows"]]
        for section in ("zhongyang-4", "zhongyang-5")
    }
    assert found == {"zhongyang-4": ["按对照"], "zhongyang-5": ["自有章节"]}


def test_area_page_lists_its_tasks_and_who_leads(
    office_clerk, lead_unit, client_for, django_assert_num_queries
):
    client = client_for(office_clerk)
    for more, leading in ((["甲"], [("市人社局", 1)]), (["乙", "丙"], [("市人社局", 3)])):
        for title in more:
            factories.task(title=title, lead=lead_unit)
        with django_assert_num_queries(AREA_QUERIES):
            context = client.get("/areas/suzhi-tisheng/?sort=code").context
        assert [row.title for row in context["rows"]][-len(more) :] == more
        assert [(unit.name, unit.count) for unit in context["shown"].leading] == leading


def test_area_page_is_filtered(office_clerk, client_for):
    factories.task(title="甲", state="draft")
    factories.task(title="乙", state="active")
    context = client_for(office_clerk).get("/areas/suzhi-tisheng/?state=draft").context
    assert [row.title for row in context["rows"]] == ["甲"]
    assert context["shown"].counts == (("未交办", 1),)


def test_section_page_lists_its_tasks(office_clerk, client_for):
    factories.area_crossing(is_default=True)
    factories.task(title="甲")
    context = client_for(office_clerk).get("/areas/zhongyang-4/").context
    assert [row.title for row in context["rows"]] == ["甲"]
    assert [(area.name, is_main) for area, is_main in context["shown"].crossings] == [("素质提升", True)]


def test_empty_area_says_what_to_do(office_clerk, client_for):
    factories.reform_area()
    page = client_for(office_clerk).get("/areas/suzhi-tisheng/").content.decode()
    assert page.count("这个领域还没有任务") == 1


def test_unit_counts_only_its_own_tasks(lead_liaison, lead_unit, client_for):
    factories.task(lead=lead_unit)
    factories.task()
    assert client_for(lead_liaison).get("/areas/").context["shown"].areas[0].total == 1


def crosswalk(client, **typed):
    return post(
        client, "/areas/crosswalk/", {name.replace("__", "-"): value for name, value in typed.items()}
    )


@pytest.fixture
def both(db):
    area = factories.reform_area(code="skills")
    return area, factories.central_section(code="first"), factories.central_section(code="second")


def test_office_enters_the_crosswalk(office_clerk, both, client_for):
    client = client_for(office_clerk)
    crosswalk(client, sections__skills=["first", "second"], main__skills="second")
    assert set(AreaCrossing.objects.values_list("section__code", "is_default")) == {
        ("first", False),
        ("second", True),
    }
    assert AuditEvent.objects.get(action="登记领域对照").before == {"章节": []}
    crosswalk(client, sections__skills=["first"], main__skills="")
    assert list(AreaCrossing.objects.values_list("section__code", "is_default")) == [("first", False)]


def test_crosswalk_that_stays_is_not_written(office_clerk, both, client_for):
    client = client_for(office_clerk)
    for _ in range(2):
        crosswalk(client, sections__skills=["first"], main__skills="first")
    assert AuditEvent.objects.filter(action="登记领域对照").count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"sections__skills": ["first"], "main__skills": "second"}, "的主要对应“"),
        ({"sections__skills": ["third"]}, "所选章节已不在列表中"),
    ],
)
def test_crosswalk_is_refused_in_words(office_clerk, both, client_for, typed, sentence):
    form = crosswalk(client_for(office_clerk), **typed).context["form"]
    assert [text.count(sentence) for texts in form.errors.values() for text in texts] == [1]
    assert not AreaCrossing.objects.exists()


def test_database_keeps_one_main_section_per_area(both):
    area, first, second = both
    factories.area_crossing(area=area, section=first, is_default=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.area_crossing(area=area, section=second, is_default=True)


def test_office_sorts_a_task_into_a_section_in_any_state(office_clerk, client_for):
    factories.central_section()
    task = factories.task(state="active")
    client = client_for(office_clerk)
    for code, wanted in (("zhongyang-4", "技能形成体系"), ("suzhi-tisheng", "技能形成体系"), ("", None)):
        post(client, f"/tasks/{task.uid}/section/", {"section": code})
        task.refresh_from_db()
        assert (task.central_section.name if task.central_section else None) == wanted
    assert AuditEvent.objects.filter(action="登记任务章节").count() == 2


def test_missing_area_and_document(office_clerk, client_for):
    client = client_for(office_clerk)
    assert client.get("/areas/none/").status_code == 404
    assert client.get("/documents/none/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/areas/", "/documents/", "/areas/suzhi-tisheng/", "/documents/doc/", "/documents/export/"]
)
def test_auditor_is_refused(auditor, client_for, address):
    factories.reform_area()
    factories.policy_document(code="doc")
    assert client_for(auditor).get(address).status_code == 403


def test_documents_stand_by_their_place(office_clerk, client_for, django_assert_num_queries):
    client = client_for(office_clerk)
    factories.policy_document(place="1")
    for wanted in ((("1", 1),), (("1", 1), ("N", 1), ("", 1))):
        with django_assert_num_queries(DOCUMENT_LIST_QUERIES):
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
    assert shown.counts == (("推进中", 1),)


def test_picture_hangs_documents_below_one_another(office_clerk, client_for):
    factories.policy_document(code="above", title="意见", level="province", place="")
    factories.policy_document(code="one", title="主体", place="1")
    first = factories.policy_document(code="n1", title="配套甲", place="N")
    second = factories.policy_document(code="n2", title="配套乙", place="N", supports=first)
    factories.policy_document(code="n3", title="配套丙", place="N", supports=second)
    system = client_for(office_clerk).get("/documents/").context["system"]
    assert [row.code for row in (*system.above, *system.main)] == ["above", "one"]
    assert [(branch.row.code, [row.code for row in branch.supporters]) for branch in system.branches] == [
        ("n1", ["n2", "n3"])
    ]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"level": "province"}, ["b"]),
        ({"issuer": "市委"}, ["a"]),
        ({"year": "2018"}, ["a"]),
        ({"q": "劳动"}, ["b"]),
        ({"q": "没有"}, []),
        ({"level": "x", "year": "二〇"}, ["a", "b"]),
    ],
)
def test_documents_are_filtered_on_the_page_and_in_the_workbook(office_clerk, client_for, query, wanted):
    factories.policy_document(code="a", title="实施意见", issuer="市委", issued_year=2018)
    factories.policy_document(code="b", title="劳动监督条例", level="province", issuer="安徽省")
    client = client_for(office_clerk)
    sets = client.get("/documents/", query).context["sets"]
    assert [row.code for found in sets for row in found.rows] == wanted
    assert len(rows_of(client.get("/documents/export/", query))) == 1 + len(wanted)


def test_document_lists_its_clauses_with_their_tasks(office_clerk, client_for):
    document = factories.policy_document(code="one")
    clause = factories.clause(document=document, number="三（一）")
    factories.clause(document=document, number="三（二）")
    factories.task(document=document, clause=clause)
    shown = client_for(office_clerk).get("/documents/one/").context["shown"]
    assert [(row.number, row.task_count) for row in shown.clauses] == [("三（一）", 1), ("三（二）", 0)]


def test_clause_belongs_to_the_source_document(db):
    task = factories.task(document=factories.policy_document())
    task.clause = factories.clause()
    with pytest.raises(ValidationError, match="来源条款不属于所选的来源文件"):
        task.full_clean()


def test_area_names_the_indicators_of_its_tasks(office_clerk, client_for):
    factories.area_crossing(is_default=True)
    measured = factories.task_indicator(task=factories.task()).indicator
    factories.task_indicator(task=factories.task(area=factories.reform_area(code="dui-wu", position=9)))
    client = client_for(office_clerk)
    for code in ("suzhi-tisheng", "zhongyang-4"):
        rows = client.get(f"/areas/{code}/figures/").context["rows"]
        assert [row.name for row in rows] == [measured.name]
