"""Shares by level and by year, the page of one batch, and what a unit awarded."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def charts(client, **query):
    context = client.get("/honors/", query).context
    return context["by_level"], context["by_year"]


def read(chart) -> list[tuple]:
    return [(row.label, row.numerator, row.denominator, row.note) for row in chart.rows]


@pytest.fixture
def client(client_for, office_clerk):
    return client_for(office_clerk)


@pytest.fixture
def batches(db):
    city, nation = factories.honor_kind(), factories.honor_kind(level="nation")
    factories.honor_batch(city, total=10, workers=4, year=2020)
    factories.honor_batch(city, total=30, workers=6, year=2022)
    factories.honor_batch(city, workers=27, year=2022)
    factories.honor_batch(nation, total=4, since_year=2018)
    factories.honor_batch(city, nation, total=1000, workers=1000, year=2020)
    factories.honor_batch(factories.honor_kind(recipients="collectives"), total=50, workers=50, year=2020)
    return city


def test_levels_add_up_single_kinds_with_both_numbers(client, batches):
    by_level, _ = charts(client)
    assert read(by_level) == [
        ("国家", None, None, "1批总数或人数未列明"),
        ("市", 10, 40, "另有1批未列明，未计入"),
    ]
    assert by_level.rows[0].share is None


def test_years_stand_in_order_and_the_undated_last(client, batches):
    _, by_year = charts(client)
    assert read(by_year) == [
        ("2020年", 4, 10, ""),
        ("2022年", 6, 30, "另有1批未列明，未计入"),
        ("未注明单一年份", None, None, "1批总数或人数未列明"),
    ]


def test_charts_follow_the_filter(client, batches):
    by_level, by_year = charts(client, year="2020", kind=batches.code)
    assert (read(by_level), read(by_year)) == ([("市", 4, 10, "")], [("2020年", 4, 10, "")])


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"year": "2020"}, 3),
        ({"year": "none"}, 1),
        ({"recipients": "collectives"}, 1),
        ({"year": "２０２０", "recipients": "x"}, 6),
        ({"kind": "nowhere"}, 0),
    ],
)
def test_filters_of_the_register(client, batches, query, count):
    assert len(client.get("/honors/", query).context["rows"]) == count


def test_sort_by_computed_share_unknown_last(client, batches):
    rows = client.get("/honors/", {"sort": "share"}).context["rows"]
    assert [row.computed_text for row in rows] == ["100.00%", "100.00%", "40.00%", "20.00%", "—", "—"]


def test_a_falling_sort_points_down(client, batches):
    heads = client.get("/honors/").context["heads"]
    assert [head.direction for head in heads if head.label == "年份"] == ["descending"]


@pytest.mark.parametrize(
    ("fields", "notes"),
    [
        ({"workers": 3, "share_printed": "75%", "year": 2020}, ["总数未列明，占比无法计算，只保留印刷值。"]),
        (
            {"total": 47, "workers": 2, "share_printed": "4.25%", "since_year": 2018},
            ["印刷值4.25%与计算值4.26%不一致，两者并列保留。"],
        ),
        (
            {"total": 29, "is_total_inferred": True, "year": 2020},
            ["产业工人数未列明，占比无法计算。", "总数由各项相加推算，不是材料原文。"],
        ),
        ({"total": 4, "workers": 1}, ["材料未注明这一批的年份。"]),
    ],
)
def test_a_batch_says_what_must_be_known_of_its_figures(client, fields, notes):
    batch = factories.honor_batch(**fields)
    assert client.get(f"/honors/{batch.code}/").context["shown"].notes == notes


def test_a_batch_over_two_kinds_leads_to_both(client):
    first, second = factories.honor_kind(name="甲"), factories.honor_kind(name="乙")
    batch = factories.honor_batch(first, second, year=2020)
    other = factories.honor_batch(second, year=2018)
    shown = client.get(f"/honors/{batch.code}/").context["shown"]
    assert (shown.row.name, [row.url for row in shown.others]) == ("甲、乙", [f"/honors/{other.code}/"])
    assert shown.notes[-1] == "含两种以上荣誉，不计入单项总数。"


def test_a_batch_names_its_section(client):
    batch = factories.honor_batch(
        section=factories.section(title="三、多措并举（一）突出工作重点", code="S3.1")
    )
    assert "三（一）突出工作重点" in client.get(f"/honors/{batch.code}/").content.decode()
    assert client.get("/honors/nowhere/").status_code == 404


def test_the_page_of_a_batch_costs_the_same_for_one_and_three(client, django_assert_num_queries):
    kind = factories.honor_kind()
    batch = factories.honor_batch(kind)
    for more in (1, 2):
        for _ in range(more):
            factories.honor_batch(kind)
        with django_assert_num_queries(7):
            assert client.get(f"/honors/{batch.code}/").status_code == 200


def test_a_unit_has_the_batches_it_awarded_under_any_of_its_names(client, lead_unit):
    factories.unit_alias(unit=lead_unit, alias="市人力资源和社会保障局")
    factories.unit_name(unit=lead_unit, name="市人事局")
    for authority in ("市人社局", "市人力资源和社会保障局", "市人事局", "市总工会"):
        factories.honor_batch(awarded_by=authority)
    address = "/honors/units/lead-unit/"
    page, fragment = client.get(address), client.get(address, headers={"HX-Request": "true"})
    assert (len(page.context["rows"]), fragment.content.decode().count("<html")) == (3, 0)
    assert "材料没有列出受表彰名单" in fragment.content.decode()
    assert client.get("/honors/units/nowhere/").status_code == 404


def test_a_unit_without_honours_says_so(client, lead_unit):
    assert "没有登记由该单位授予的表彰" in client.get("/honors/units/lead-unit/").content.decode()


@pytest.mark.parametrize(("person", "code"), [("stranger", 200), ("leader", 200), ("auditor", 403)])
def test_who_may_read_a_batch(request, client_for, person, code):
    batch = factories.honor_batch()
    assert client_for(request.getfixturevalue(person)).get(f"/honors/{batch.code}/").status_code == code
