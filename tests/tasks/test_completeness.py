"""What a report lacks before it may be submitted."""

import pytest

from tasks.completeness import report_gaps

FULL = {
    "progress": "完成方案。",
    "problems": "",
    "next_steps": "",
    "declared_status": "orderly",
    "is_nil": False,
}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"progress": " \n"}, ["progress"]),
        ({"declared_status": ""}, ["declared_status"]),
        ({"declared_status": "behind"}, ["problems", "next_steps"]),
        ({"declared_status": "slow", "problems": "用地未批。"}, ["next_steps"]),
        ({"declared_status": "not_started", "problems": "甲", "next_steps": "乙"}, []),
        ({"progress": "", "is_nil": True}, ["problems", "next_steps"]),
        ({"progress": "", "is_nil": True, "problems": "甲", "next_steps": "乙"}, []),
        (
            {
                "progress": "",
                "is_nil": True,
                "declared_status": "on_pace",
                "problems": "甲",
                "next_steps": "乙",
            },
            ["progress"],
        ),
        ({"is_nil": True, "declared_status": "done", "problems": "甲", "next_steps": "乙"}, []),
    ],
)
def test_gaps_name_the_missing_fields(changes, fields):
    assert [gap.field for gap in report_gaps(**{**FULL, **changes})] == fields
