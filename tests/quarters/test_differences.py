"""What changed between two versions of a text, in pieces a person can read."""

import pytest

from quarters.differences import differences


def marked(before, after):
    marks = {"same": "{}", "removed": "[-{}]", "added": "[+{}]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in differences(before, after))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("累计19个职业。", "累计20个职业。", "累计[-19][+20]个职业。"),
        ("培训17.75万人次", "培训17.8万人次", "培训[-17.75万][+17.8万]人次"),
        ("缺少统一标准，待定。", "没有统一的标准，待定。", "[-缺少统一][+没有统一的]标准，待定。"),
        ("甲。", "甲。乙。", "甲。[+乙。]"),
        ("", "", ""),
    ],
)
def test_numbers_stay_whole_and_close_changes_are_one(before, after, shown):
    assert marked(before, after) == shown
