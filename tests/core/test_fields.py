import datetime as dt
from decimal import Decimal

import pytest
from django import forms

from core.fields import DateField, NumberField, TextBlock, TextLine


class FigureForm(forms.Form):
    figure = NumberField(label="数值", precision=2, min_value=0, max_value=1_000_000, required=False)
    name = TextLine(label="名称", max_length=5, required=False)
    text = TextBlock(label="进展情况", required=False)
    on = DateField(label="日期", required=False)


def errors(**typed):
    return FigureForm(typed).errors.get_json_data()


def test_figure_is_read_and_remembers_what_was_typed():
    form = FigureForm({"figure": "１，２３４．５"})
    assert form.is_valid()
    figure = form.cleaned_data["figure"]
    assert (figure, figure.raw) == (Decimal("1234.5"), "１，２３４．５")


def test_multiplied_figure_asks_and_draws_its_checkbox():
    form = FigureForm({"figure": "17.75万"})
    assert form.errors == {"figure": ["“17.75万”是否为177500？请勾选确认后再提交。"]}
    html = str(form["figure"])
    assert html.count('name="figure_confirmed" value="17.75万"') == 1
    assert html.count("是否为177500？") == 1


@pytest.mark.parametrize(("confirmed", "is_valid"), [("17.75万", True), ("17万", False), ("on", False)])
def test_confirmation_counts_for_the_very_text(confirmed, is_valid):
    form = FigureForm({"figure": "17.75万", "figure_confirmed": confirmed})
    assert form.is_valid() is is_valid
    assert form.cleaned_data.get("figure") == (177500 if is_valid else None)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("1e3", "refused_number"), ("1.234", "refused_number"), ("-1", "min_value"), ("1000001", "max_value")],
)
def test_figure_outside_grammar_or_bounds_is_refused(typed, code):
    assert [error["code"] for error in errors(figure=typed)["figure"]] == [code]
    assert f'value="{typed}"' in str(FigureForm({"figure": typed})["figure"])


def test_blank_figure_is_none_and_never_nought():
    form = FigureForm({"figure": "  "})
    assert form.is_valid()
    assert form.cleaned_data["figure"] is None


@pytest.mark.parametrize(
    ("initial", "typed", "changed"),
    [(5, "5.00", []), (5, "6", ["figure"]), (None, "", []), (5, "", ["figure"])],
)
def test_change_is_seen_by_value(initial, typed, changed):
    assert FigureForm({"figure": typed}, initial={"figure": initial}).changed_data == changed


def test_initial_figure_is_drawn_without_an_exponent():
    assert 'value="1000"' in str(FigureForm(initial={"figure": Decimal("1E+3")})["figure"])


def test_text_line_refuses_a_second_line_and_hidden_characters():
    assert errors(name="甲\n乙")["name"][0]["message"] == "“名称”只能填写一行，请去掉换行和制表符。"
    assert errors(text="甲\u202e")["text"][0]["code"] == "refused_character"
    assert errors(name="𠮷" * 5) == {}
    assert errors(name="六个字太长了")["name"][0]["code"] == "max_length"


def test_text_block_keeps_lines_and_rare_characters():
    form = FigureForm({"text": " 一\r\n䶮 "})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "一\n䶮"


def test_date_field_reads_the_one_grammar():
    form = FigureForm({"on": "2026年9月30日"})
    assert form.is_valid()
    assert form.cleaned_data["on"] == dt.date(2026, 9, 30)
    assert errors(on="9/30")["on"][0]["message"] == "“9/30”不是日期，请写成“2026-09-30”或“2026年9月30日”。"
