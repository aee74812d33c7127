"""The register of honours: printed and computed shares, unknown totals, batches over two kinds."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from core.constraints import sentence_for
from tests import factories
from tests.workbooks import rows_of

pytestmark = pytest.mark.django_db


def rows(client, **query):
    return client.get("/honors/", query).context["rows"]


def test_list_asks_the_same_queries_for_1_and_3_rows(office_clerk, client_for, django_assert_num_queries):
    client = client_for(office_clerk)
    for wanted, more in ((1, 1), (3, 2)):
        for _ in range(more):
            factories.honor_batch(factories.honor_kind(section=factories.section()), total=4, workers=1)
        with django_assert_num_queries(12):
            assert len(rows(client)) == wanted


def test_list_without_honours_says_what_to_do(office_clerk, client_for):
    client = client_for(office_clerk)
    assert client.get("/honors/").content.decode().count("还没有表彰记录") == 1
    assert client.get("/honors/?level=city").content.decode().count("没有符合条件的表彰") == 1


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"total": 187, "workers": 78, "share_printed": "41.71%"}, ("41.71%", "41.71%", "")),
        ({"total": 29, "workers": 12, "share_printed": "41.4%"}, ("41.4%", "41.38%", "")),
        (
            {"total": 47, "workers": 2, "share_printed": "4.25%"},
            ("4.25%", "4.26%", "印刷值4.25%与计算值4.26%不一致"),
        ),
        ({"workers": 3, "share_printed": "75%"}, ("75%", "—", "总数未列明")),
        ({"total": 25}, ("", "—", "产业工人数未列明")),
    ],
)
def test_printed_and_computed_share(office_clerk, client_for, fields, wanted):
    factories.honor_batch(**fields)
    [row] = rows(client_for(office_clerk))
    assert (row.printed, row.computed_text, row.note) == wanted


def test_batch_over_two_kinds_says_so(office_clerk, client_for):
    factories.honor_batch(factories.honor_kind(name="甲"), factories.honor_kind(name="乙", level="nation"))
    [row] = rows(client_for(office_clerk))
    assert (row.name, row.levels, row.spans_kinds) == ("甲、乙", "市、国家", True)


def test_filters_and_bad_input(office_clerk, client_for):
    factories.honor_batch(factories.honor_kind(name="全国劳动模范", level="nation"))
    factories.honor_batch(factories.honor_kind(name="市工人先锋号"))
    client = client_for(office_clerk)
    assert [row.name for row in rows(client, level="nation")] == ["全国劳动模范"]
    assert [row.name for row in rows(client, q="先锋")] == ["市工人先锋号"]
    assert len(rows(client, level="x", sort="password", page="x")) == 2


def test_sorts_with_unknown_numbers_last(office_clerk, client_for):
    for name, total in (("甲", 4), ("乙", None), ("丙", 25)):
        factories.honor_batch(factories.honor_kind(name=name), total=total)
    client = client_for(office_clerk)
    assert [row.name for row in rows(client, sort="total")] == ["丙", "甲", "乙"]
    assert [row.name for row in rows(client, sort="-total")] == ["甲", "丙", "乙"]


def test_chart_draws_only_known_workers(office_clerk, client_for):
    factories.honor_batch(factories.honor_kind(name="甲"), total=4, workers=1, year=2020)
    factories.honor_batch(total=25)
    chart = client_for(office_clerk).get("/honors/").context["chart"]
    assert [(row.label, row.share) for row in chart.rows] == [("甲（2020年）", pytest.approx(0.25))]


def test_export_equals_the_list(office_clerk, client_for):
    factories.honor_batch(factories.honor_kind(name="甲"), year=2020, workers=3, share_printed="75%")
    factories.honor_batch(factories.honor_kind(name="乙"), year=2018, total=4)
    client = client_for(office_clerk)
    sheet = rows_of(client.get("/honors/export/"))
    assert [row[0] for row in sheet[1:]] == [row.name for row in rows(client)]
    assert [(row[4], row[6], row[9]) for row in sheet[1:]] == [
        ("—", 3, "总数未列明"),
        (4, "—", "产业工人数未列明"),
    ]


@pytest.mark.parametrize("address", ["/honors/", "/honors/export/"])
@pytest.mark.parametrize(
    ("person", "code"), [("stranger", 200), ("leader", 200), ("auditor", 403), ("sysadmin", 403)]
)
def test_who_may_read(request, client_for, address, person, code):
    assert client_for(request.getfixturevalue(person)).get(address).status_code == code


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"total": 3, "workers": 4}, "产业工人数不能多于总数。"),
        ({"year": 2020, "since_year": 2018}, "年份与起始年份只填一项。"),
        (
            {"is_total_inferred": True},
            "没有总数，就没有推算的总数；请填写总数，或取消“总数为推算”。",
        ),
    ],
)
def test_the_database_refuses(fields, sentence):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        factories.honor_batch(**fields)
    assert sentence_for(refused.value) == sentence


def test_only_the_office_is_led_to_data_entry(office_clerk, leader, client_for):
    batch = factories.honor_batch()
    for person, wanted in ((office_clerk, True), (leader, False)):
        client = client_for(person)
        pages = (client.get("/honors/"), client.get(f"/honors/{batch.code}/"))
        found = [page.context.get("add_url") or page.context.get("edit_url") for page in pages]
        assert [bool(url) for url in found] == [wanted, wanted]
