import json
import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numbers import NumberRefused, parse_number, plain_text

READ = {
    "0": "0",
    "12": "12",
    "１２．５": "12.5",
    "-3": "-3",
    "－３": "-3",
    "-0": "0",
    "007": "7",
    "1,234": "1234",
    "1,234,567.50": "1234567.50",
    "１，２３４": "1234",
    "12.5%": "12.5",
    "１２％": "12",
    " 12 ": "12",
    "999999999999999": "999999999999999",
}
CONFIRMED = {
    "17.75万": "177500",
    "6亿元": "600000000",
    "-3万": "-30000",
    "1,234万元": "12340000",
    "0.5万人": "5000",
    "２万人次": "20000",
    "3万场": "30000",
    "2万个": "20000",
    "0.00001万": "0.1",
}
REFUSED = {
    "": "没有填写数值：请填写数字；没有发生请填0，尚不掌握请写明原因。",
    "  ": "没有填写数值：请填写数字；没有发生请填0，尚不掌握请写明原因。",
    "约500": "“约500”不是确切数值：此处只填写数字，“约、余、以上”等请写入界限和备注。",
    "500余": "“500余”不是确切数值：此处只填写数字，“约、余、以上”等请写入界限和备注。",
    "500+": "“500+”不是确切数值：此处只填写数字，“约、余、以上”等请写入界限和备注。",
    "6万左右": "“6万左右”不是确切数值：此处只填写数字，“约、余、以上”等请写入界限和备注。",
    "1e3": "“1e3”是科学计数法：请写出全部数字，例如“1000”。",
    "1_000": "“1_000”中有下划线：千位分隔请用逗号，例如“1,000”。",
    "②": "“②”中的“②”不是普通数字：请改用0到9。",
    "10²": "“10²”中的“²”不是普通数字：请改用0到9。",
    "٣": "“٣”中的“٣”不是普通数字：请改用0到9。",
    "NaN": "“NaN”不是数值：请填写数字。",
    "-Infinity": "“-Infinity”不是数值：请填写数字。",
    "1 2": "“1 2”中间有空格：请去掉空格后重填。",
    "1.2.3": "“1.2.3”有两个小数点：请只保留一个。",
    "1..2": "“1..2”有两个小数点：请只保留一个。",
    ".5": "“.5”小数点前后都要有数字，例如“0.5”。",
    "5.": "“5.”小数点前后都要有数字，例如“0.5”。",
    "1,00": "“1,00”的千位分隔不正确：应每三位一个逗号，例如“1,234,567”。",
    "1234,567": "“1234,567”的千位分隔不正确：应每三位一个逗号，例如“1,234,567”。",
    "0,123": "“0,123”的千位分隔不正确：应每三位一个逗号，例如“1,234,567”。",
    "12人": "“12人”不是数值：此处只填写数字，单位和说明请写入备注。",
    "万": "“万”不是数值：此处只填写数字，单位和说明请写入备注。",
    "5万%": "“5万%”不是数值：此处只填写数字，单位和说明请写入备注。",
    "--5": "“--5”不是数值：此处只填写数字，单位和说明请写入备注。",
    "五百": "“五百”不是数值：此处只填写数字，单位和说明请写入备注。",
    "1\x002": "“1�2”不是数值：此处只填写数字，单位和说明请写入备注。",
    "9" * 16: f"“{'9' * 16}”位数过多：整数部分最多15位，请核对。",
}


@pytest.mark.parametrize(("text", "value"), READ.items())
def test_number_is_read(text, value):
    parsed = parse_number(text)
    assert (plain_text(parsed.value), parsed.confirm, parsed.raw) == (value, False, text)


@pytest.mark.parametrize(("text", "value"), CONFIRMED.items())
def test_number_asks_when_it_was_multiplied(text, value):
    parsed = parse_number(text)
    assert (plain_text(parsed.value), parsed.confirm, parsed.raw) == (value, True, text)


@pytest.mark.parametrize(("text", "sentence"), REFUSED.items())
def test_number_is_refused_with_value_and_remedy(text, sentence):
    with pytest.raises(NumberRefused) as refused:
        parse_number(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(("text", "precision"), [("1.25", 1), ("0.5", 0), ("1.255%", 2), ("0.00001万", 0)])
def test_number_with_too_many_places_is_refused(text, precision):
    with pytest.raises(NumberRefused, match="小数位数过多"):
        parse_number(text, precision=precision)


def test_precision_counts_after_multiplying():
    assert parse_number("17.75万", precision=0).value == Decimal(177500)


@pytest.mark.hypothesis
@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_written_number_reads_back_with_and_without_commas(number):
    assert parse_number(f"{number:f}").value == number
    assert parse_number(f"{number:,f}").value == number


@pytest.mark.hypothesis
@given(st.text(max_size=50))
def test_any_text_is_read_or_refused_in_a_sentence(text):
    try:
        answer = plain_text(parse_number(text).value)
    except NumberRefused as refused:
        answer = str(refused)
    assert answer.endswith("。") or Decimal(answer).is_finite()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("17.75万", {"value": "177500", "confirm": True}),
        ("1,234.50", {"value": "1234.50", "confirm": False}),
        ("-3", {"value": "-3", "confirm": False}),
        ("1e3", {"error": REFUSED["1e3"]}),
    ],
)
def test_command_line_answers_json_without_django(text, answer):
    command = [sys.executable, "-m", "core.numbers", "--json", "--", text]
    done = subprocess.run(command, capture_output=True, check=True, env={"LC_ALL": "C"})
    assert json.loads(done.stdout) == answer
