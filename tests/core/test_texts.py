import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from core.texts import clean_text

REFUSED = {
    "甲\x00乙": "“进展情况”第2个字符是不可见的控制字符（U+0000），请删除后重新提交。",
    "\x1b[31m": "“进展情况”第1个字符是不可见的控制字符（U+001B），请删除后重新提交。",
    "甲乙\x85": "“进展情况”第3个字符是不可见的控制字符（U+0085），请删除后重新提交。",
    "\ud800": "“进展情况”第1个字符是残缺字符（U+D800），请删除后重新提交。",
    "甲\u202e乙": "“进展情况”第2个字符是文字方向控制符（U+202E），请删除后重新提交。",
    "\u2066": "“进展情况”第1个字符是文字方向控制符（U+2066），请删除后重新提交。",
}


@pytest.mark.parametrize(("text", "sentence"), REFUSED.items())
def test_text_with_a_hidden_character_is_refused_with_its_place(text, sentence):
    with pytest.raises(ValidationError) as refused:
        clean_text(text, field_label="进展情况")
    assert refused.value.messages == [sentence]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("𠮷野䶮", "𠮷野䶮"),
        ("一\r\n二\r三\t四", "一\n二\n三\t四"),
        ("自Word\x0b粘贴\x0c的\u2028文字\u2029", "自Word\n粘贴\n的\n文字\n"),
        ("e\u0301", "é"),
        ("１２％，", "１２％，"),
        ("", ""),
    ],
)
def test_text_is_kept_in_one_form(text, kept):
    assert clean_text(text, field_label="名称") == kept


@pytest.mark.hypothesis
@given(st.text())
def test_cleaned_text_is_stable(text):
    try:
        once = clean_text(text, field_label="名称")
    except ValidationError:
        return
    assert clean_text(once, field_label="名称") == once
    assert unicodedata.is_normalized("NFC", once)
