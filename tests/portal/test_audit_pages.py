"""The audit log for the auditor: filters, pages, details, export, verification."""

import io

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core import append_only, audit
from core.models import AuditEvent
from organization.models import User
from portal.queries.audit import event_page, matching_events

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged(leader, auditor):
    with transaction.atomic():
        for number in range(3):
            audit.record(
                "修改任务",
                by=leader,
                label=f"任务{number}",
                before={"名称": "旧"},
                after={"名称": f"新{number}"},
            )
    audit.record_refusal("越权操作", by=leader, label="/review/", result="您的账号没有这个角色。")
    return auditor


@pytest.mark.parametrize(
    ("asked", "labels"),
    [
        ({"action": "修改"}, ["任务2", "任务1", "任务0"]),
        ({"result": "refused"}, ["/review/"]),
        ({"who": "nobody"}, []),
        ({"action": "修改", "since": "2026-11-23"}, []),
        ({"action": "修改", "since": "2026年11月22日", "until": "2026-11-22"}, ["任务2", "任务1", "任务0"]),
    ],
)
def test_the_log_is_filtered(logged, client_for, asked, labels):
    page = client_for(logged).get("/audit/", asked).context["page"]
    assert [event.object_label for event in page.events] == labels


def test_dates_in_the_wrong_order_are_refused_in_a_sentence(logged, client_for):
    answer = client_for(logged).get("/audit/", {"since": "2026-11-23", "until": "2026-11-22"})
    assert ("起始日期不能晚于截止日期。" in answer.content.decode(), answer.context["page"].events) == (
        True,
        (),
    )


def test_pages_follow_each_other_without_gap_or_overlap(logged):
    events = matching_events({"action": "修改"})
    first = event_page(events, before=None, after=None, per_page=2)
    second = event_page(events, before=first.older, after=None, per_page=2)
    back = event_page(events, before=None, after=second.newer, per_page=2)
    labels = [[event.object_label for event in page.events] for page in (first, second, back)]
    assert labels == [["任务2", "任务1"], ["任务0"], ["任务2", "任务1"]]
    assert (first.newer, second.older, back.newer) == (None, None, None)


def test_the_list_costs_the_same_for_one_and_three_rows(logged, client_for):
    client = client_for(logged)
    client.get("/audit/")
    spent = []
    for asked in ({"result": "refused"}, {"action": "修改"}):
        with CaptureQueriesContext(connection) as captured:
            client.get("/audit/", asked)
        spent.append(len(captured))
    assert spent == [5, 5]


def test_the_log_says_where_invented_people_acted(logged, leader, client_for):
    pages = []
    for is_demo in (False, True):
        User.objects.filter(pk=leader.pk).update(is_demo=is_demo)
        pages.append("演示数据" in client_for(logged).get("/audit/").content.decode())
    assert pages == [False, True]


def test_a_record_shows_both_sides(logged, client_for):
    event = AuditEvent.objects.get(object_label="任务1")
    [row] = client_for(logged).get(f"/audit/{event.uid}/").context["differences"]
    assert (row.name, row.before, row.after, row.is_changed) == ("名称", "旧", "新1", True)


def test_the_export_holds_the_filtered_rows_and_is_audited(logged, client_for):
    import openpyxl  # heavy: reads the export back

    answer = client_for(logged).get("/audit/export/", {"action": "修改"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [row[7].value for row in sheet.iter_rows()] == ["对象", "任务2", "任务1", "任务0"]
    assert AuditEvent.objects.filter(action="导出表格", object_label="审计日志").count() == 1


def test_a_whole_log_is_said_to_be_whole(logged, client_for):
    through = AuditEvent.objects.count()
    page = client_for(logged).post("/audit/verify/", follow=True).content.decode()
    assert f"审计日志完整：截至第{through}条，没有缺失，没有改动。" in page
    assert AuditEvent.objects.filter(action="核验审计日志").count() == 1


def test_a_changed_record_is_named(logged, client_for):
    event = AuditEvent.objects.get(object_label="任务1")
    append_only.lift(connection, AuditEvent._meta.db_table)
    AuditEvent.objects.filter(pk=event.pk).update(object_label="改过")
    append_only.impose(connection, AuditEvent._meta.db_table)
    page = client_for(logged).post("/audit/verify/", follow=True).content.decode()
    assert f"审计记录第{event.position}条（修改任务）内容被改动。" in page


def test_labels_are_escaped(leader, auditor, client_for):
    with transaction.atomic():
        audit.record("修改任务", by=leader, label="<script>alert(1)</script>")
    assert "<script>alert" not in client_for(auditor).get("/audit/").content.decode()


def test_the_list_names_the_unit(auditor, leader, client_for):
    with transaction.atomic():
        audit.record("修改任务", by=leader, label="任务", unit_name="市人社局")
    assert client_for(auditor).get("/audit/").content.decode().count(">市人社局</td>") == 1
