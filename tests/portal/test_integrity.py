"""check_integrity names what is wrong; rebuild_tallies mends what may be mended."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from metrics.models import FigureTally
from quarters.models import RoundTally
from reporting.models import RoundSnapshot, Submission, SubmissionTally
from tasks.models import ProgressReport, ReportVersion, TaskStanding, TaskTally
from tests import factories

pytestmark = pytest.mark.django_db


def check(**options):
    """What the command prints, and the sentence it ends with."""
    out = StringIO()
    try:
        call_command("check_integrity", stdout=out, **options)
    except CommandError as error:
        return out.getvalue().splitlines(), str(error)
    return out.getvalue().splitlines(), ""


def test_a_whole_city_is_whole(world):
    assert check() == (["检查完成，没有发现问题。"], "")


@pytest.mark.parametrize(
    ("spoil", "sentences"),
    [
        (
            lambda w: TaskStanding.objects.filter(task=w.tasks["draft"]).update(state="signing"),
            ["汇总数据（341100）：2026年三季度任务“第3项任务”的状况与依据不一致：报送状态。"],
        ),
        (
            lambda w: TaskStanding.objects.filter(round=w.rounds["published"]).update(title="旧名"),
            ["汇总数据（341100）：2026年二季度任务“推进技工教育综合改革”的状况与依据不一致：任务名称。"],
        ),
        (
            lambda w: RoundTally.objects.update(near_days=3),
            ["汇总数据（341100）：2026年二季度的概要与快照不一致。"],
        ),
        (
            lambda w: RoundSnapshot.objects.update(sha256="0" * 64),
            ["快照（341100）：2026年二季度第1版的内容与摘要不符。"],
        ),
        (
            lambda w: ReportVersion.objects.filter(report__task=w.tasks["returned"]).update(progress="改过"),
            ["报告版本（341100）：2026年三季度：第7项任务第1版的内容与摘要不符。"],
        ),
        (
            lambda w: factories.observation(indicator=w.indicator, group=w.group, year=2025, quarter=3),
            ["现行数据（341100）：“高技能人才总量”2025年第3季度的现行数据与审核通过的数据不一致。"],
        ),
    ],
)
def test_a_fault_is_named(world, spoil, sentences):
    spoil(world)
    lines, end = check()
    assert lines == sentences
    assert end == "共发现1处问题。汇总数据可用 rebuild_tallies 重建；其余须查明原因。"


def test_every_wrong_cell_is_named(world):
    TaskTally.objects.filter(round=world.rounds["open"], state="draft").update(tasks=5)
    SubmissionTally.objects.filter(round=world.rounds["open"], state="signing").delete()
    lines, _ = check(group="341100")
    assert [line.split("（", 2)[1].split("：")[1][:10] for line in lines] == [
        "2026年三季度任务",
        "2026年三季度报送",
    ]
    assert [line.split("）")[-1] for line in lines] == ["记有5，应为1。", "记有0，应为1。"]


def test_an_envelope_without_content_is_an_orphan(world):
    report = ProgressReport.objects.get(submission=world.fresh("pending"))
    report.delete()
    lines, _ = check()
    assert lines[0] == "报送件（341100）：2026年三季度市人社局任务进展只有报送件，没有内容。"


def test_only_the_first_faults_are_listed(world):
    TaskStanding.objects.filter(round=world.rounds["open"]).update(title="旧名")
    for number in range(20):
        factories.submission(round=world.rounds["open"], unit=factories.unit(name=f"单位{number}"))
    lines, end = check()
    assert [line for line in lines if "另有" in line] == ["汇总数据（341100）：另有7处未列出。"]
    assert end.startswith("共发现47处问题。")


def test_rebuilding_mends_the_tallies(world):
    TaskTally.objects.all().delete()
    FigureTally.objects.all().delete()
    out = StringIO()
    call_command("rebuild_tallies", group="341100", stdout=out)
    assert out.getvalue().splitlines() == [f"{world.group.name}：已重建2个填报周期的汇总数据。"]
    assert check() == (["检查完成，没有发现问题。"], "")


def test_an_unknown_group_is_refused(world):
    with pytest.raises(CommandError, match="没有代码为“999999”的协调小组。"):
        call_command("rebuild_tallies", group="999999")


def test_an_envelope_of_another_group_is_named(world):
    Submission.objects.filter(pk=world.fresh("pending").pk).update(group=factories.group(code="341103"))
    lines, _ = check()
    assert lines[0] == "报送件（341100）：2026年三季度市人社局任务进展与其内容不属于同一填报周期或单位。"
