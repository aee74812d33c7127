"""Sections of the founding document are named as it numbers them, not by our codes."""

import pytest

from core.models.sections import section_label


@pytest.mark.parametrize(
    ("code", "title", "label"),
    [
        ("S3.1", "多措并举，扎实推进，努力推动改革方案落实落细 （一）突出工作重点", "三（一）突出工作重点"),
        ("S4.5", "（五）积极营造良好氛围", "四（五）积极营造良好氛围"),
        ("S2(二)", "结合滁州产业特点，突出加快工会组建", "二（二）结合滁州产业特点"),
        ("S2", "结合实际，彰显特色（五结合五突出）", "二、结合实际"),
        ("S0", "导语", "导语"),
        ("P7", "图片说明（第7幅）", "图片说明（第7幅）"),
    ],
)
def test_a_section_is_named_as_the_document_numbers_it(code, title, label):
    assert section_label(code, title) == label
