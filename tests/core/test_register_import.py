"""Tables that come into a register: previewed, then all or nothing, each refusal with its line and remedy."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import AuditEvent
from metrics.models import Target
from tasks.models import PolicyDocument, Task
from tests import factories

pytestmark = pytest.mark.django_db
DOCUMENTS = "admin:tasks_policydocument_import"


def preview(client, text: str, address: str = DOCUMENTS, encoding: str = "utf-8-sig"):
    return client.post(reverse(address), {"table": SimpleUploadedFile("表.csv", text.encode(encoding))})


def confirm(client, answer, address: str = DOCUMENTS):
    return client.post(reverse(address), {"confirmed": answer.context["confirmed"]})


def outcomes(answer) -> list[tuple]:
    return [(row.number, row.word, *row.faults) for row in answer.context["outcome"].rows]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_documents_come_in_after_the_preview(office_clerk, client_for, encoding):
    factories.policy_document(code="old", title="旧题")
    client = client_for(office_clerk)
    answer = preview(
        client, "文件代码,标题,层级,发文日期\nold,新题,市,\nnew,新文件,省,2026年9月30日\n", encoding=encoding
    )
    assert outcomes(answer) == [(2, "修改"), (3, "新增")]
    assert PolicyDocument.objects.get().title == "旧题"
    assert confirm(client, answer).status_code == 302
    assert sorted(PolicyDocument.objects.values_list("title", "level")) == [
        ("新文件", "province"),
        ("新题", "city"),
    ]
    assert AuditEvent.objects.get(action="导入表格").after["行数"] == 2


def test_the_same_table_again_changes_nothing(office_clerk, client_for):
    factories.policy_document(code="old", title="旧题")
    answer = preview(client_for(office_clerk), "文件代码,标题,层级\nold,旧题,市\n")
    assert (outcomes(answer), answer.context["outcome"].changed) == ([(2, "不变")], 0)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("x,题,乡,", "层级：“乡”不在可选范围内（国家、省、市、县）。"),
        ("x,题,市,2026-02-30", "“2026-02-30”这一天不存在，请核对月和日。"),
        ("x,,市,", "标题和文号至少填写一项。"),
        ("x,题\u202e,市,", "“标题”第2个字符是文字方向控制符（U+202E），请删除后重新提交。"),
    ],
)
def test_one_wrong_line_stops_the_table(office_clerk, client_for, line, fault):
    answer = preview(client_for(office_clerk), f"文件代码,标题,层级,发文日期\ngood,好,市,\n{line}\n")
    assert outcomes(answer) == [(2, "新增"), (3, "有误", fault)]
    assert (answer.context["confirmed"], PolicyDocument.objects.count()) == ("", 0)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("标题\n题\n", "缺少列：文件代码。请用导出的表头填写。"),
        ("文件代码,密级\nx,无\n", "不认识的列：密级。"),
    ],
)
def test_wrong_heads_are_named(office_clerk, client_for, text, fault):
    assert preview(client_for(office_clerk), text).context["fault"].startswith(fault)


def test_task_under_way_and_its_state_are_out_of_reach(office_clerk, client_for):
    plan, area = factories.plan(), factories.reform_area()
    factories.task(code="0001", title="推进中的", plan=plan, state="active")
    lines = [f"{plan.name},{code},新的,{area.code},定性,季" for code in ("0001", "0002")]
    table = "\n".join(["计划,编号,任务名称,改革领域,类型,填报频次", *lines])
    answer = preview(client_for(office_clerk), table, "admin:tasks_task_import")
    assert outcomes(answer) == [(2, "有误", "这一行已登记，目前不能修改。"), (3, "新增")]
    answer = preview(
        client_for(office_clerk), f"计划,编号,状态\n{plan.name},0001,推进中\n", "admin:tasks_task_import"
    )
    assert answer.context["fault"].startswith("不认识的列：状态。")


def test_draft_task_moves_its_version_on(office_clerk, client_for):
    task = factories.task(code="0001", state="draft")
    client = client_for(office_clerk)
    answer = preview(client, f"计划,编号,任务名称\n{task.plan.name},0001,改写\n", "admin:tasks_task_import")
    confirm(client, answer, "admin:tasks_task_import")
    assert Task.objects.values_list("title", "lock_version").get() == ("改写", 2)


def test_targets_keep_their_wording_and_ask_for_full_numbers(office_clerk, client_for):
    factories.group()
    factories.indicator(code="zongliang")
    table = "指标,协调小组,年份,目标原文,比较方式,目标值\nzongliang,341100,2026,45万人以上,不低于,{}\n"
    client, address = client_for(office_clerk), "admin:metrics_target_import"
    assert outcomes(preview(client, table.format("45万"), address)) == [
        (2, "有误", "目标值：“45万”请写成完整数字450000。")
    ]
    assert confirm(client, preview(client, table.format("450000"), address), address).status_code == 302
    assert Target.objects.values_list("wording", "value").get() == ("45万人以上", 450000)


def test_what_was_not_previewed_is_refused(office_clerk, client_for):
    answer = client_for(office_clerk).post(reverse(DOCUMENTS), {"confirmed": "文件代码,标题,层级\nx,题,市"})
    assert answer.context["fault"] == "预览已过期或不完整，请重新选择文件。"
    assert PolicyDocument.objects.count() == 0


def test_page_says_which_columns_there_are(office_clerk, client_for):
    page = client_for(office_clerk).get(reverse(DOCUMENTS)).content.decode()
    assert re.findall(r"可用的列：(.+?)、", page) == ["文件代码"]


def test_liaison_may_not_import(lead_liaison, client_for):
    assert client_for(lead_liaison).get(reverse(DOCUMENTS)).status_code in (302, 403)
