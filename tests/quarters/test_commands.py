"""The two commands of the quarter say in Chinese what they did or why not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reporting.models import ReportingRound, Submission

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().strip()


def test_a_quarter_is_opened_and_published_from_the_command_line(world):
    assert said("open_round", "2026Q4", "--opens-on", "2026-11-22").endswith("2026年四季度填报：应报8件。")
    assert said("publish_round", "2026Q4", "--reason", "试运行").startswith("已发布2026年四季度第1版，摘要 ")
    assert ReportingRound.objects.published().count() == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("open_round", "2026Q5"), "“2026Q5”不是有效的季度，请写成“2026Q3”的形式。"),
        (("open_round", "2026Q3"), "2026年三季度的填报已经开启，不能重复开启。"),
        (
            ("open_round", "2026Q4", "--opens-on", "十一月"),
            "“十一月”不是日期，请写成“2026-09-30”或“2026年9月30日”。",
        ),
        (
            ("open_round", "2026Q4", "--group", "999999"),
            "没有代码为“999999”的协调小组，请用 --group 给出已有的代码。",
        ),
        (("publish_round", "2026Q4"), "341100没有2026Q4的填报周期，请先开启。"),
        (("publish_round", "2026Q2"), "2026年二季度已经发布，不能重复发布。"),
    ],
)
def test_a_refused_command_says_why_and_changes_nothing(world, arguments, sentence):
    before = Submission.objects.count()
    with pytest.raises(CommandError) as refused:
        call_command(*arguments)
    assert (str(refused.value), Submission.objects.count()) == (sentence, before)
