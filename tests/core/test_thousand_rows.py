"""A register of 1,000 rows with ten planted errors: each is named by row, column, value and remedy, nothing is half in."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEvent, Job
from organization.models import Unit, UnitAlias
from tasks.models import Assignment, Milestone, Task
from tests import factories
from tests.core.test_register_import import confirm, faults, outcomes, upload_rows

pytestmark = pytest.mark.django_db
UNITS, TASKS = "organization_unit", "tasks_task"
UNIT_HEADS = (
    "单位代码",
    "单位名称",
    "简称",
    "类别",
    "排序",
    "设立日期",
    "终止日期",
    "承接单位",
    "备注",
    "别名",
)
TASK_HEADS = (
    *("计划", "编号", "任务名称", "改革领域", "类型", "开始日期", "完成时限"),
    *("来源文件", "来源条款", "牵头单位", "协同单位", "节点"),
)
# Row of the file: which cells are broken, and what must be said of them.
UNIT_FAULTS = {
    12: ({"设立日期": "2026-02-30"}, "设立日期", "2026-02-30", "“2026-02-30”这一天不存在，请核对月和日。"),
    101: (
        {"承接单位": "市无名局"},
        *("承接单位", "市无名局", "没有找到这个单位，请核对代码或名称，或先登记这个单位。"),
    ),
    202: ({"单位代码": "u0100"}, "单位代码", "u0100", "与第101行重复，请只保留一行。"),
    303: ({"单位名称": "市人社局"}, "单位名称", "市人社局", "与登记册中已有的记录重复，请核对后改正。"),
    404: (
        {"排序": "约10"},
        "排序",
        "约10",
        "“约10”不是确切数值：此处只填写数字，“约、余、以上”等请写入界限和备注。",
    ),
    505: (
        {"类别": "乡镇"},
        *("类别", "乡镇"),
        "不在可选范围内，请填写“市直部门”“县市区”“园区”“院校”“企业”“群团”之一。",
    ),
    606: ({"备注": "长" * 201}, "备注", "长" * 201, "共201字，最多200字，请缩短。"),
    707: ({"简称": None}, "简称", "", "没有填写，请填写后重新上传。"),
    808: ({"单位名称": "=A1&B1"}, "单位名称", "=A1&B1", "是公式，请复制后选择“粘贴为数值”，再重新上传。"),
    1001: (
        {"设立日期": "2026-05-01", "终止日期": "2026-01-01"},
        *("设立日期、终止日期", "2026-05-01，2026-01-01", "单位的终止日期不能早于设立日期，请改正。"),
    ),
}
TASK_FAULTS = {
    5: (
        {"计划": "2099年工作计划"},
        *("计划", "2099年工作计划", "没有找到这个计划，请核对代码或名称，或先登记这个计划。"),
    ),
    50: ({"编号": "0000000000000000X"}, "编号", "0000000000000000X", "共17字，最多16字，请缩短。"),
    100: (
        {"任务名称": "甲\u202e乙"},
        *("任务名称", "甲\u202e乙", "“任务名称”第2个字符是文字方向控制符（U+202E），请删除后重新提交。"),
    ),
    200: (
        {"牵头单位": "市无名局"},
        *("牵头单位", "市无名局", "“市无名局”：没有找到这个单位，请核对代码或名称，或先登记这个单位。"),
    ),
    300: (
        {"协同单位": "市人社局、市教体局"},
        *("协同单位", "市人社局、市教体局", "市人社局已是牵头单位，请从协同单位中删去。"),
    ),
    400: (
        {"节点": "六月底 出台方案"},
        "节点",
        "六月底 出台方案",
        "“六月底 出台方案”不是节点，请写成“日期 名称”，例如“2026-06-30 出台方案”。",
    ),
    500: (
        {"完成时限": "2025-12-31"},
        "开始日期、完成时限",
        "2026-01-01，2025-12-31",
        "完成时限不能早于开始日期，请改正。",
    ),
    600: (
        {"来源条款": "九（九）"},
        *("来源条款", "九（九）", "来源文件中没有登记这一条款，请核对条款号和来源文件，或先登记条款。"),
    ),
    700: ({"编号": "N0698"}, "计划、编号", "2026年工作计划，N0698", "与第699行重复，请只保留一行。"),
    900: (
        {"编号": "0001"},
        *(
            "整行",
            "2026年工作计划，0001，任务899，素质提升，定性，2026-01-01，2026-12-31，实施意见，三（一）…",
        ),
        "经验材料的任务和已送审的任务不能由文件改动，请删去这一行，在任务页办理。",
    ),
}


@pytest.fixture
def clerk(office_clerk, client_for):
    return client_for(office_clerk)


def unit_row(number: int) -> dict[str, object]:
    name = f"企业{number:04}"
    cells = (
        f"u{number:04}",
        name,
        name,
        "企业",
        number,
        "2020-01-01",
        None,
        None,
        None,
        f"{name}公司、{name}厂",
    )
    return dict(zip(UNIT_HEADS, cells, strict=True))


def task_row(number: int) -> dict[str, object]:
    cells = (
        *("2026年工作计划", f"N{number:04}", f"任务{number}", "素质提升", "定性", "2026-01-01", "2026-12-31"),
        *("实施意见", "三（一）", "市人社局", "市教体局", "2026-06-30 出台方案（40%）；2026-11-30 完成验收"),
    )
    return dict(zip(TASK_HEADS, cells, strict=True))


def sheet(make, heads, planted=()) -> list[tuple[object, ...]]:
    """A thousand rows below the heads, row 2 first, with the planted errors."""
    broken = {row: changes for row, (changes, *_) in dict(planted).items()}
    rows = ({**make(row - 1), **broken.get(row, {})} for row in range(2, 1002))
    return [heads, *(tuple(row[head] for head in heads) for row in rows)]


@pytest.fixture
def ground(city_group):
    """The rows the files name: two units, the plan, the area, a document with a clause, a task under way."""
    factories.unit(name="市人社局", code="rsj")
    factories.unit(name="市教体局", code="jtj")
    document = factories.policy_document(title="实施意见")
    factories.clause(document=document, number="三（一）")
    factories.task(code="0001", state="active", plan=factories.plan(), area=factories.reform_area())


CASES = [(UNITS, unit_row, UNIT_HEADS, UNIT_FAULTS), (TASKS, task_row, TASK_HEADS, TASK_FAULTS)]


@pytest.mark.parametrize(("register", "make", "heads", "planted"), CASES, ids=["units", "tasks"])
def test_ten_planted_errors_are_named_and_nothing_comes_in(clerk, ground, register, make, heads, planted):
    before = (
        Unit.objects.count(),
        UnitAlias.objects.count(),
        Task.objects.count(),
        Assignment.objects.count(),
    )
    with CaptureQueriesContext(connection) as queries:
        answer = upload_rows(clerk, *sheet(make, heads, planted), register=register)
    told = [(row, *what) for row, (_, *what) in planted.items()]
    assert faults(answer) == told
    assert (answer.status_code, Job.objects.count()) == (422, 0)
    assert before == (
        *(Unit.objects.count(), UnitAlias.objects.count()),
        *(Task.objects.count(), Assignment.objects.count()),
    )
    assert len(queries) <= 320


@pytest.mark.parametrize(("register", "make", "heads", "planted"), CASES, ids=["units", "tasks"])
def test_the_mended_file_goes_in_whole_and_again_changes_nothing(
    clerk, ground, register, make, heads, planted
):
    rows = sheet(make, heads)
    with CaptureQueriesContext(connection) as queries:
        assert confirm(clerk, upload_rows(clerk, *rows, register=register)).status_code == 302
    assert AuditEvent.objects.get(action="导入登记册").after["新增"] == 1000
    again = outcomes(clerk, upload_rows(clerk, *rows, register=register))
    assert ({outcome for _, outcome in again}, len(again)) == ({"不变"}, 1000)
    assert len(queries) <= 220


def test_units_bring_their_spellings(clerk, ground):
    confirm(clerk, upload_rows(clerk, *sheet(unit_row, UNIT_HEADS), register=UNITS))
    assert (Unit.objects.filter(kind="enterprise").count(), UnitAlias.objects.count()) == (1000, 2000)


def test_tasks_bring_units_milestones_and_clause(clerk, ground):
    confirm(clerk, upload_rows(clerk, *sheet(task_row, TASK_HEADS), register=TASKS))
    task = Task.objects.get(code="N0007")
    parts = {(part.unit.code, part.role) for part in task.assignments.select_related("unit")}
    steps = list(task.milestones.values_list("title", "target_share"))
    assert (task.state, task.clause.number, parts) == (
        "draft",
        "三（一）",
        {("rsj", "lead"), ("jtj", "assist")},
    )
    assert (steps, Milestone.objects.count()) == ([("出台方案", 40), ("完成验收", None)], 2000)


def test_a_page_of_a_thousand_faults_is_grouped(clerk, ground):
    rows = [(f"u{number}", f"企业{number}", f"企业{number}", "乡镇") for number in range(1000)]
    answer = upload_rows(clerk, UNIT_HEADS[:4], *rows, register=UNITS)
    [group] = answer.context["groups"]
    assert (group.column, group.count, len(group.shown), group.not_shown) == ("类别", 1000, 40, 960)
    assert answer.content.decode().count("有1000处需要改正") == 1
