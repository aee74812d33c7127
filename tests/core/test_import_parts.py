"""What comes in beside the columns of a register: seats, kinds, aliases; historical figures; the template."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook  # noqa: TID253 (only tests read workbooks)

from honors.models import HonorBatch
from metrics.models import FigureTally, Observation
from organization.models import Person, Tenure, UnitAlias
from tests import factories
from tests.core.test_register_import import confirm, faults, outcomes, upload, upload_rows, workbook
from tests.workbooks import rows_of

pytestmark = pytest.mark.django_db
PERSONS, BATCHES, FIGURES = "organization_person", "honors_honorbatch", "metrics_observation"
PERSON_HEADS = ("姓名", "职务（原文）", "小组席位", "任职日期", "离任日期")
FIGURE_HEADS = ("指标", "协调小组", "年份", "季度", "数值", "印刷值", "截至日期", "来源", "更正原因")


@pytest.fixture
def clerk(office_clerk, client_for):
    return client_for(office_clerk)


def test_people_come_with_their_seat_and_tenure(clerk, city_group):
    factories.seat(group=city_group, position_title="市总工会主席")
    rows = (PERSON_HEADS, ("王芳", "主席", "市总工会主席", "2026-01-15", None))
    confirm(clerk, upload_rows(clerk, *rows, register=PERSONS))
    held = Tenure.objects.get()
    assert (held.person.name, held.seat.position_title, held.started_on, held.ended_on) == (
        "王芳", "市总工会主席", dt.date(2026, 1, 15), None,
    )  # fmt: skip
    assert outcomes(clerk, upload_rows(clerk, *rows, register=PERSONS)) == [(2, "不变")]


def test_a_successor_waits_for_the_end_of_the_tenure_before(clerk, city_group):
    seat = factories.seat(group=city_group, position_title="市总工会主席")
    factories.tenure(seat=seat, person=factories.person(name="李明", post_as_printed="原主席"))
    new = ("王芳", "主席", "市总工会主席", "2026-06-01", None)
    [(row, column, _, remedy)] = faults(upload_rows(clerk, PERSON_HEADS, new, register=PERSONS))
    assert (row, column, remedy) == (2, "小组席位", "该席位在这段时间内已有人任职，请先填写前任的离任日期。")
    old = ("李明", "原主席", "市总工会主席", "2026-01-01", "2026-05-31")
    confirm(clerk, upload_rows(clerk, PERSON_HEADS, old, new, register=PERSONS))
    assert (Person.objects.count(), Tenure.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    ("cells", "column", "remedy"),
    [
        (
            ("无此席位", "2026-01-15", None),
            "小组席位",
            "没有找到这个席位，请核对担任者职务，或先在“席位”中登记。",
        ),
        (("主席", None, None), "任职日期", "填写了席位，没有填写任职日期，请补上。"),
        (("主席", "2026-05-01", "2026-01-01"), "离任日期", "离任日期不能早于任职日期，请改正。"),
    ],
)
def test_faults_of_a_tenure(clerk, city_group, cells, column, remedy):
    factories.seat(group=city_group, position_title="主席")
    [found] = faults(upload_rows(clerk, PERSON_HEADS, ("王芳", "职务", *cells), register=PERSONS))
    assert (found[1], found[3]) == (column, remedy)


def test_batches_come_with_several_kinds(clerk):
    for place in (1, 2):
        factories.honor_kind(code=f"k{place}", name=f"荣誉{place}", position=place)
    heads = ("批次代码", "年份", "总数", "荣誉种类")
    rows = (heads, ("b1", 2026, 100, "荣誉1、k2"))
    confirm(clerk, upload_rows(clerk, *rows, register=BATCHES))
    assert list(HonorBatch.objects.get().kinds.values_list("code", flat=True)) == ["k1", "k2"]
    assert outcomes(clerk, upload_rows(clerk, *rows, register=BATCHES)) == [(2, "不变")]
    confirm(clerk, upload_rows(clerk, heads, ("b1", 2026, 100, "荣誉2"), register=BATCHES))
    assert [kind.code for kind in HonorBatch.objects.get().kinds.all()] == ["k2"]


def test_an_alias_of_another_unit_is_refused(clerk):
    factories.unit_alias(unit=factories.unit(short_name="市人社局"), alias="人社局")
    heads = ("单位代码", "单位名称", "简称", "类别", "别名")
    rows = (
        ("u1", "甲", "甲", "企业", "人社局"),
        ("u2", "乙", "乙", "企业", "丙厂"),
        ("u3", "丁", "丁", "企业", "丙厂"),
    )
    found = faults(upload_rows(clerk, heads, *rows, register="organization_unit"))
    assert [(row, remedy) for row, _, _, remedy in found] == [
        (2, "“人社局”已是市人社局的别名，请换一个写法，或先从那里删去。"),
        (4, "“丙厂”已是第3行的单位的别名，请换一个写法，或先从那里删去。"),
    ]
    assert UnitAlias.objects.count() == 1


def test_exports_carry_the_parts_and_come_in_again(clerk):
    factories.unit_alias(unit=factories.unit(code="rsj"), alias="人社局")
    sheet = rows_of(clerk.get(reverse("admin:organization_unit_export"), {"q": "rsj"}))
    assert (sheet[0][-1], sheet[1][-1]) == ("别名", "人社局")
    assert outcomes(clerk, upload_rows(clerk, *sheet, register="organization_unit")) == [(2, "不变")]


def figure(value="17.75万", reason=None, **changes):
    cells = dict(zip(FIGURE_HEADS, ("peixun", "341100", 2019, None, value, "17.75万人次"), strict=False))
    cells |= {"截至日期": "2019-12-31", "来源": "2019年统计公报", "更正原因": reason, **changes}
    return tuple(cells.get(head) for head in FIGURE_HEADS)


@pytest.fixture
def training(city_group):
    return factories.indicator(code="peixun", name="培训人次")


def agree(client, answer, **fields):
    page = client.get(answer.url)
    form = {"submit_token": str(uuid.uuid4()), "seen": page.context["found"].digest, **fields}
    return client.post(answer.url, form)


def test_ten_thousands_are_read_and_agreed_to(clerk, training, office_clerk):
    answer = upload_rows(clerk, FIGURE_HEADS, figure(), register=FIGURES)
    [reading] = clerk.get(answer.url).context["found"].readings
    assert (reading.row, reading.column, reading.typed, reading.meant) == (2, "数值", "17.75万", "177500")
    assert (agree(clerk, answer).status_code, Observation.objects.count()) == (422, 0)
    assert agree(clerk, answer, agreed="1").status_code == 302
    row = Observation.objects.get()
    assert (row.value, row.printed, row.recorded_by, row.sheet) == (
        Decimal(177500),
        "17.75万人次",
        office_clerk,
        None,
    )
    assert FigureTally.objects.get().observation == row


def test_a_corrected_figure_supersedes_and_says_why(clerk, training):
    confirm(clerk, upload_rows(clerk, FIGURE_HEADS, figure("177500"), register=FIGURES))
    assert outcomes(clerk, upload_rows(clerk, FIGURE_HEADS, figure("177500"), register=FIGURES)) == [
        (2, "不变")
    ]
    [found] = faults(upload_rows(clerk, FIGURE_HEADS, figure("177600"), register=FIGURES))
    assert (found[1], found[3][:23]) == ("更正原因", "与已登记的数据不同，请在“更正原因”中写明原因")
    mended = (FIGURE_HEADS, figure("177600", "公报更正"))
    confirm(clerk, upload_rows(clerk, *mended, register=FIGURES))
    new = Observation.objects.current().get()
    assert (new.value, new.supersedes.value, Observation.objects.count()) == (177600, 177500, 2)
    assert FigureTally.objects.get().observation == new
    assert outcomes(clerk, upload_rows(clerk, *mended, register=FIGURES)) == [(2, "不变")]


@pytest.mark.parametrize("state", ["draft", "accepted"])
def test_figures_of_the_workflow_are_never_touched(clerk, training, lead_unit, state):
    sheet = factories.figure_sheet(unit=lead_unit, state=state)
    factories.observation(indicator=training, sheet=sheet, year=2019, quarter=1)
    answer = upload_rows(clerk, FIGURE_HEADS, figure("1", 季度=1), register=FIGURES)
    [(_, column, _, remedy)] = faults(answer)
    assert (column, remedy[:13]) == ("指标", "这一期的数据由单位报送，按")


def test_a_figure_needs_source_and_its_indicators_places(clerk, training):
    answer = upload_rows(clerk, FIGURE_HEADS, figure("1.5", 来源=None), register=FIGURES)
    assert [(column, remedy) for _, column, _, remedy in faults(answer)] == [
        ("来源", "请在“来源”中写明出自哪份文件。"),
        ("数值", "“1.5”小数位数过多：这个指标只能填写整数，请核对。"),
    ]


def test_nobody_types_a_figure(clerk, training):
    row = factories.observation(indicator=training)
    assert clerk.get(reverse("admin:metrics_observation_add")).status_code == 403
    answer = clerk.post(reverse("admin:metrics_observation_change", args=[row.pk]), {"value": "9"})
    assert answer.status_code == 403
    assert clerk.get(reverse("admin:metrics_observation_changelist")).content.decode().count("导入表格") == 1


def test_template_explains_offers_lists_and_comes_in(clerk, city_group):
    factories.plan(), factories.reform_area(), factories.unit(short_name="市人社局")
    answer = clerk.get(reverse("admin:tasks_task_import_template"))
    book = load_workbook(io.BytesIO(answer.content))
    data, explained, lists = book.worksheets
    assert [sheet.title for sheet in book.worksheets] == ["任务", "填写说明", "可选值"]
    assert (data.max_row, data["A1"].value, "必填" in data["A1"].comment.text) == (1, "计划", True)
    assert [row[0].value for row in explained.iter_rows(min_row=8)][:2] == ["计划", "编号"]
    assert {rule.formula1 for rule in data.data_validations.dataValidation} >= {"可选值!$A$2:$A$2"}
    assert lists["A2"].value == "2026年工作计划"
    for place, value in enumerate(("2026年工作计划", "T1", "新任务", None, "素质提升"), start=1):
        data.cell(2, place, value)
    file = io.BytesIO()
    book.save(file)
    answer = upload(clerk, file.getvalue(), register="tasks_task")
    page = clerk.get(answer.url)
    assert ([row.outcome for row in page.context["found"].rows], page.context["job"].payload["notes"]) == (
        ["新增"],
        [],
    )


def test_the_file_comes_back_with_its_faults_marked(clerk):
    rows = (("文件代码", "标题", "层级"), ("a b", "题", "市"), ("x2", "题", "乡"))
    content = SimpleUploadedFile("表.xlsx", workbook(*rows))
    answer = clerk.post(reverse("admin:tasks_policydocument_import"), {"file": content, "marked": "1"})
    book = load_workbook(io.BytesIO(answer.content))
    data, listed = book["数据"], book["问题清单"]
    assert (data["A2"].value, data["A2"].comment.text) == (
        "a b",
        "代码只能由字母、数字、下划线和短横线组成，请改正。",
    )
    assert [cell.value for cell in listed[3]][:3] == [3, "层级", "乡"]
