"""Workbooks that come into a register: previewed, then all or nothing, each refusal with row, column, value, remedy."""

from __future__ import annotations

import datetime as dt
import io
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook  # noqa: TID253 (only tests write workbooks with it)

from core import clock
from core.models import AuditEvent, Job
from metrics.models import Indicator, Target
from organization.models import Person, Unit
from tasks.models import PolicyDocument, Task
from tests import factories
from tests.workbooks import rows_of

pytestmark = pytest.mark.django_db
DOCUMENTS = "tasks_policydocument"
HEADS = ("文件代码", "标题", "层级", "发文日期", "发文年份")


@pytest.fixture
def clerk(office_clerk, client_for):
    return client_for(office_clerk)


def workbook(*rows) -> bytes:
    file, book = io.BytesIO(), Workbook()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def upload(client, content: bytes | str, name: str = "表.xlsx", register: str = DOCUMENTS):
    body = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, body)
    return client.post(reverse(f"admin:{register}_import"), {"file": file})


def upload_rows(client, *rows, register: str = DOCUMENTS):
    return upload(client, workbook(*rows), register=register)


def confirm(client, answer):
    page = client.get(answer.url)
    form = {"submit_token": str(uuid.uuid4()), "seen": page.context["found"].digest}
    return client.post(answer.url, form)


def faults(answer) -> list[tuple]:
    return [(one.row, one.column, one.value, one.remedy) for one in answer.context["found"].faults]


def refusal(answer) -> str:
    [sentence] = answer.context["form"].errors["file"]
    return sentence


def outcomes(client, answer) -> list[tuple]:
    return [(row.number, row.outcome) for row in client.get(answer.url).context["found"].rows]


def test_documents_come_in_after_the_preview(clerk):
    factories.policy_document(code="old", title="旧题")
    answer = upload_rows(
        clerk, HEADS, ("old", "新题", "市", None, None), ("new", "新文件", "省", dt.date(2026, 9, 30), 2026)
    )
    assert outcomes(clerk, answer) == [(2, "修改"), (3, "新增")]
    assert (PolicyDocument.objects.get().title, AuditEvent.objects.filter(action="导入登记册").count()) == (
        "旧题",
        0,
    )
    assert confirm(clerk, answer).status_code == 302
    new = PolicyDocument.objects.get(code="new")
    assert (new.title, new.level, new.issued_on, new.issued_year) == (
        "新文件",
        "province",
        dt.date(2026, 9, 30),
        2026,
    )
    assert PolicyDocument.objects.get(code="old").title == "新题"


def test_one_import_is_one_audit_event_and_keeps_nothing(clerk):
    confirm(clerk, upload_rows(clerk, HEADS[:3], ("a", "甲", "市"), ("b", "乙", "省")))
    event = AuditEvent.objects.get(action="导入登记册")
    counts = {name: event.after[name] for name in ("新增", "修改", "不变", "行数")}
    assert counts == {"新增": 2, "修改": 0, "不变": 0, "行数": 2}
    assert (len(event.after["摘要"]), len(event.after["文件摘要"]), Job.objects.count()) == (64, 64, 0)


def test_changed_cells_are_marked_with_what_stood_there(clerk):
    factories.policy_document(code="old", title="旧题")
    page = clerk.get(upload_rows(clerk, HEADS[:3], ("old", "新题", "市")).url)
    [row] = page.context["found"].rows
    assert [(cell.text, cell.before, cell.is_changed) for cell in row.cells] == [
        ("old", "", False), ("新题", "旧题", True), ("市", "", False),
    ]  # fmt: skip


def test_five_faults_are_named_and_nothing_comes_in(clerk):
    answer = upload_rows(
        clerk,
        HEADS,
        ("good", "好", "市", None, None),
        ("a b", "题", "市", None, None),
        ("x2", "题", "乡", None, None),
        ("x3", "题", "市", "2026-02-30", None),
        ("x4", "题", "市", None, "二〇二六"),
        ("x5", "题\u202e", None, None, None),
    )
    assert faults(answer) == [
        (3, "文件代码", "a b", "代码只能由字母、数字、下划线和短横线组成，请改正。"),
        (4, "层级", "乡", "不在可选范围内，请填写“国家”“省”“市”“县”之一。"),
        (5, "发文日期", "2026-02-30", "“2026-02-30”这一天不存在，请核对月和日。"),
        (6, "发文年份", "二〇二六", "“二〇二六”中的“〇”不是普通数字：请改用0到9。"),
        (7, "标题", "题\u202e", "“标题”第2个字符是文字方向控制符（U+202E），请删除后重新提交。"),
        (7, "层级", "", "没有填写，请填写后重新上传。"),
    ]
    assert (answer.status_code, PolicyDocument.objects.count(), Job.objects.count()) == (422, 0, 0)


def test_what_the_database_refuses_is_named_too(clerk):
    factories.unit(name="市人社局", code="rsj")
    answer = upload_rows(
        clerk,
        ("单位代码", "单位名称", "简称", "类别"),
        ("new", "市人社局", "人社", "市直部门"),
        register="organization_unit",
    )
    assert faults(answer) == [(2, "单位名称", "市人社局", "与登记册中已有的记录重复，请核对后改正。")]
    answer = upload_rows(clerk, HEADS[:3], ("x", None, "市"))
    assert faults(answer) == [(2, "标题", "", "标题和文号至少填写一项，请改正。")]


def test_a_row_told_twice(clerk):
    answer = upload_rows(clerk, HEADS[:3], ("x", "甲", "市"), ("x", "乙", "市"))
    assert faults(answer) == [(3, "文件代码", "x", "与第2行重复，请只保留一行。")]


def test_columns_may_stand_in_any_order(clerk):
    factories.policy_document(code="old", title="旧题")
    confirm(clerk, upload_rows(clerk, ("层级", "标题", "文件代码"), ("省", "新题", "old")))
    assert PolicyDocument.objects.values_list("code", "title", "level").get() == ("old", "新题", "province")


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        (("文件代码", "密级"), "第2列“密级”不是这个登记册的列名，请按模板改名，或删除这一列。"),
        (("文件代码", "标题", "标题"), "第3列“标题”与前面的列重名，请只保留一列。"),
        (("标题",), "缺少列“文件代码”，请从模板补上后再导入。"),
        (("文件代码", None), "第2行的“题”上面没有列名，请补上列名，或删除这一格。"),
    ],
)
def test_wrong_heads_are_named(clerk, head, sentence):
    assert refusal(upload_rows(clerk, head, ("x", "题", "市")[: max(2, len(head))])) == sentence


def test_formulas_are_refused_with_their_place(clerk):
    sentence = "是公式，请复制后选择“粘贴为数值”，再重新上传。"
    answer = upload_rows(clerk, HEADS[:3], ("x", "=A1&A2", "市"), ("a b", "题", "市"))
    assert faults(answer)[0] == (2, "标题", "=A1&A2", sentence)
    assert [row for row, *_ in faults(answer)] == [2, 3]
    answer = upload(clerk, "文件代码,标题,层级\nx,=A1,市\n", "表.csv")
    assert faults(answer) == [(2, "标题", "=A1", sentence)]
    assert refusal(upload_rows(clerk, ("=A1", "标题"), ("x", "题"))) == f"第1行第1列{sentence}"


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name in ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
            package.writestr(name, b"0" * 2_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("表.xls", b"\xd0\xcf\x11\xe0", "只能导入“.xlsx”或“.csv”文件，请在表格软件中另存为其中一种。"),
        ("表.xlsx", b"a,b\n", "文件内容不是电子表格，请在表格软件中另存为“.xlsx”后再导入。"),
        (
            "表.csv",
            workbook(("a",)),
            "文件内容不是逗号分隔的文本，请在表格软件中另存为“.csv”或“.xlsx”后再导入。",
        ),
        ("表.xlsx", bomb(), "文件解压后过大，请把数据复制到新的模板中再导入。"),
        ("表.csv", "文件代码\n", "文件中只有列名，没有数据，请从第2行起填写。"),
    ],
)
def test_wrong_files_are_refused(clerk, name, content, sentence):
    assert refusal(upload(clerk, content, name)) == sentence


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The package with one part replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, part if entry == name else old.read(entry))
    return file.getvalue()


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (b"<worksheet><sheetData><row>", "文件已损坏或不是电子表格，请在表格软件中重新保存后再导入。"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "文件含有不允许的声明，请在表格软件中重新保存后再导入。"),
    ],
)
def test_broken_and_hostile_parts_are_refused(clerk, part, sentence):
    content = with_part(workbook(HEADS, ("x",)), "xl/worksheets/sheet1.xml", part)
    assert refusal(upload(clerk, content)) == sentence


def test_too_many_rows_are_refused_with_the_row(clerk):
    lines = "\n".join(f"x{number},题,市" for number in range(5001))
    answer = upload(clerk, f"文件代码,标题,层级\n{lines}\n", "表.csv")
    assert refusal(answer) == "一次最多导入5000行，第5002行起请另存为一个文件再导入。"


def test_hidden_rows_and_other_sheets_are_said(clerk):
    book, file = Workbook(), io.BytesIO()
    for row in (HEADS[:3], ("x", "题", "市")):
        book.active.append(row)
    book.active.row_dimensions[2].hidden = True
    book.create_sheet("说明")
    book.save(file)
    clerk.get(upload(clerk, file.getvalue()).url)
    assert Job.objects.get().payload["notes"] == [
        "文件中有隐藏的行，隐藏的行也会导入。",
        "只导入工作表“Sheet”，其余工作表不导入。",
    ]


def test_merged_cells_are_refused(clerk):
    file, book = io.BytesIO(), Workbook()
    book.active.append(HEADS)
    book.active.append(("x", "题", "市"))
    book.active.merge_cells("B2:B3")
    book.save(file)
    assert refusal(upload(clerk, file.getvalue())) == "单元格B2:B3是合并单元格，请取消合并并逐格填写。"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_csv_as_excel_saves_it(clerk, encoding):
    content = "文件代码,标题,层级,发文日期\nx,“一”到𠮷,市,2026年9月30日\n".encode(encoding)
    confirm(clerk, upload(clerk, content, "表.csv"))
    assert PolicyDocument.objects.values_list("title", "issued_on").get() == (
        "“一”到𠮷",
        dt.date(2026, 9, 30),
    )


def test_stale_preview_writes_nothing_and_shows_the_new_one(clerk):
    document = factories.policy_document(code="old", title="旧题")
    answer = upload_rows(clerk, HEADS[:3], ("old", "新题", "市"))
    seen = clerk.get(answer.url).context["found"].digest
    PolicyDocument.objects.update(title="他人改过")
    late = clerk.post(answer.url, {"submit_token": str(uuid.uuid4()), "seen": seen})
    document.refresh_from_db()
    assert (late.status_code, document.title, AuditEvent.objects.filter(action="导入登记册").count()) == (
        409,
        "他人改过",
        0,
    )
    assert late.context["found"].rows[0].cells[1].before == "他人改过"
    assert confirm(clerk, answer).status_code == 302


def test_the_same_file_again_changes_nothing(clerk):
    rows = (HEADS[:3], ("x", "题", "市"))
    confirm(clerk, upload_rows(clerk, *rows))
    assert outcomes(clerk, upload_rows(clerk, *rows)) == [(2, "不变")]


def test_an_export_can_be_handed_in_again(clerk):
    factories.indicator(owner_unit=factories.unit(), section=factories.section())
    sheet = rows_of(clerk.get(reverse("admin:metrics_indicator_export")))
    assert outcomes(clerk, upload_rows(clerk, *sheet, register="metrics_indicator")) == [(2, "不变")]


def test_waiting_upload_is_its_persons_and_for_a_day(clerk, office_clerk2, client_for):
    answer = upload_rows(clerk, HEADS[:3], ("x", "题", "市"))
    assert client_for(office_clerk2).get(answer.url).status_code == 404
    Job.objects.update(requested_at=clock.now() - dt.timedelta(hours=25))
    assert clerk.get(answer.url).status_code == 404
    upload_rows(clerk, HEADS[:3], ("y", "题", "市"))
    assert Job.objects.count() == 1


@pytest.mark.parametrize("person", ["lead_liaison", "leader", "auditor", "sysadmin"])
@pytest.mark.parametrize("page", ["import", "import_template"])
def test_only_who_keeps_the_register_may_import(request, client_for, person, page):
    client = client_for(request.getfixturevalue(person))
    address = reverse(f"admin:{DOCUMENTS}_{page}")
    assert client.get(address).status_code in (302, 403)
    assert client.post(address, {"file": SimpleUploadedFile("表.csv", b"a")}).status_code in (302, 403)


def test_template_has_the_heads(clerk):
    [heads] = rows_of(clerk.get(reverse("admin:honors_honorkind_import_template")))
    assert heads == ("荣誉代码", "荣誉名称", "级别", "对象", "材料章节")


def test_units_are_named_by_alias_too(clerk):
    unit = factories.unit(name="滁州市人力资源和社会保障局", short_name="市人社局", code="rsj")
    factories.unit_alias(unit=unit, alias="人社局")
    heads = ("指标代码", "指标名称", "计量单位", "责任单位")
    rows = [
        (f"i{place}", f"指标{place}", "人", name)
        for place, name in enumerate(("rsj", unit.name, "市人社局", "人社局"))
    ]
    confirm(clerk, upload_rows(clerk, heads, *rows, register="metrics_indicator"))
    assert set(Indicator.objects.values_list("owner_unit__code", flat=True)) == {"rsj"}
    answer = upload_rows(clerk, heads, ("i9", "指标9", "人", "无此局"), register="metrics_indicator")
    assert faults(answer) == [
        (2, "责任单位", "无此局", "没有找到这个单位，请核对代码或名称，或先登记这个单位。")
    ]


def test_targets_ask_for_full_numbers_and_may_leave_unit_and_quarter_out(clerk):
    factories.group()
    factories.indicator(code="zongliang")
    heads = ("指标", "协调小组", "年份", "目标原文", "比较方式", "目标值")
    line = ("zongliang", "341100", 2026, "45万人以上", "不低于")
    answer = upload_rows(clerk, heads, (*line, "45万"), register="metrics_target")
    assert faults(answer) == [(2, "目标值", "45万", "是带单位的写法，请写出全部数字“450000”。")]
    confirm(clerk, upload_rows(clerk, heads, (*line, 450000), register="metrics_target"))
    assert Target.objects.values_list("wording", "value", "unit", "quarter").get() == (
        "45万人以上",
        450000,
        None,
        None,
    )


def test_only_drafts_of_plans_come_in(clerk):
    plan, area = factories.plan(), factories.reform_area()
    factories.task(code="0001", plan=plan, area=area, state="active")
    heads = ("计划", "编号", "任务名称", "改革领域")
    answer = upload_rows(clerk, heads, (plan.name, "0001", "新名", area.code), register="tasks_task")
    [(row, column, _, remedy)] = faults(answer)
    assert (row, column, remedy[:21]) == (2, "整行", "经验材料的任务和已送审的任务不能由文件改动")
    answer = upload_rows(
        clerk, (*heads, "状态"), (plan.name, "0001", "新名", area.code, "推进中"), register="tasks_task"
    )
    assert refusal(answer).startswith("第5列“状态”不是这个登记册的列名")


def test_draft_task_moves_its_version_on(clerk):
    task = factories.task(code="0001", state="draft")
    confirm(
        clerk,
        upload_rows(
            clerk, ("计划", "编号", "任务名称"), (task.plan.name, "0001", "改写"), register="tasks_task"
        ),
    )
    assert Task.objects.values_list("title", "lock_version").get() == ("改写", 2)


def test_new_row_needs_the_columns_a_row_cannot_be_without(clerk):
    answer = upload_rows(clerk, ("计划", "编号"), (factories.plan().name, "0009"), register="tasks_task")
    assert [fault[3] for fault in faults(answer)] == [
        "登记册中没有这一行；新增须有列“任务名称”“改革领域”，请补上。"
    ]


def test_percent_cells_read_as_they_look(clerk):
    book, file = Workbook(), io.BytesIO()
    for row in (("批次代码", "占比（印刷值）"), ("b1", 0.0425)):
        book.active.append(row)
    book.active["B2"].number_format = "0.00%"
    book.save(file)
    page = clerk.get(upload(clerk, file.getvalue(), register="honors_honorbatch").url)
    assert [cell.text for cell in page.context["found"].rows[0].cells] == ["b1", "4.25%"]


@pytest.mark.parametrize("count", [100, 1000])
def test_a_thousand_rows_ask_a_bounded_number_of_queries(clerk, count):
    rows = [(f"u{n}", f"企业{n}", f"企业{n}", "企业", n) for n in range(count)]
    heads = ("单位代码", "单位名称", "简称", "类别", "排序")
    with CaptureQueriesContext(connection) as queries:
        confirm(clerk, upload_rows(clerk, heads, *rows, register="organization_unit"))
    written = Unit.objects.filter(kind="enterprise").count()
    assert (written, len(queries) <= 120) == (count, True)


def test_people_are_known_by_name_and_post(clerk):
    Person.objects.create(name="王芳", post_as_printed="主席", phone="1")
    heads = ("姓名", "职务（原文）", "电话")
    confirm(
        clerk,
        upload_rows(
            clerk, heads, ("王芳", "主席", "0550-1"), ("王芳", "书记", None), register="organization_person"
        ),
    )
    assert list(Person.objects.order_by("pk").values_list("name", "post_as_printed", "phone")) == [
        ("王芳", "主席", "0550-1"),
        ("王芳", "书记", ""),
    ]


def test_lists_lead_to_the_import_and_speak_chinese(clerk):
    factories.unit(section=factories.section(code="S3.1"))
    page = clerk.get(reverse("admin:organization_unit_changelist")).content.decode()
    assert page.count(f'href="{reverse("admin:organization_unit_import")}"') == 1
    assert (page.count("Section code"), page.count(">三（一）高度重视<")) == (0, 1)
