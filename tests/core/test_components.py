"""The template components: what they draw, and that text stays text."""

import hashlib
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

VENDORED = Path(settings.BASE_DIR) / "static" / "vendor"


def drawn(name: str, **context: object) -> str:
    """The component without its white space between elements."""
    return re.sub(r"\s*\n\s*", "", render_to_string(f"components/{name}.html", context))


def words(html: str) -> list[str]:
    return [text.strip() for text in re.findall(r">([^<>]+)<", html) if text.strip()]


class UnitForm(forms.Form):
    name = forms.CharField(label="单位名称", help_text="与公章一致")
    kind = forms.ChoiceField(label="类别", widget=forms.RadioSelect, choices=[("a", "市直部门")])


def test_unknown_figure_is_a_dash_without_its_unit():
    html = drawn("figure", label="入会人数", value=None, unit="人", as_of="2026年9月30日")
    assert words(html) == ["—", "入会人数", "截至 2026年9月30日"]


def test_zero_is_shown_as_zero():
    assert words(drawn("figure", label="逾期未报", value=0, unit="项")) == ["0", "项", "逾期未报"]


def test_figure_leads_one_step_down():
    assert re.findall(r'<a href="([^"]*)">', drawn("figure", label="应报", value="126", url="/review/")) == [
        "/review/"
    ]


def test_unknown_meter_has_no_bar():
    assert (
        drawn("meter", value=None, label="完成比例")
        == '<span class="muted" aria-label="完成比例：未知">—</span>'
    )


def test_meter_writes_plain_numbers():
    html = drawn("meter", value=Decimal("1234.5"), total=2000, label="完成")
    assert re.findall(r'(max|value)="([^"]*)"', html) == [("max", "2000"), ("value", "1234.5")]


def test_light_says_its_word_and_its_rule():
    html = drawn("light", tone="red", word="红", reason="超过完成时限20天")
    assert words(html) == ["红", "超过完成时限20天"]


@pytest.mark.parametrize("name", ["badge", "light", "figure", "empty_state"])
def test_hostile_text_is_only_text(name):
    hostile = "<script>alert(1)</script>"
    html = drawn(name, **dict.fromkeys(("word", "reason", "label", "value", "title", "text"), hostile))
    assert html.count("<script") == 0
    assert html.count("&lt;script&gt;") > 0


def test_field_ties_hint_and_refusal_to_the_control():
    form = UnitForm({"name": "", "kind": "a"})
    html = drawn("field", field=form["name"])
    assert re.findall(r'aria-describedby="([^"]*)"', html) == ["id_name_helptext id_name_error"]
    assert re.findall(r'id="(id_name_\w+)"', html) == ["id_name_helptext", "id_name_error"]
    assert words(html) == ["单位名称", "*", "与公章一致", "这个字段是必填项。"]


def test_radio_field_is_a_group_with_its_label():
    html = drawn("field", field=UnitForm()["kind"])
    assert re.findall(r"<legend[^>]*>([^<]*)", html) == ["类别"]
    assert re.findall(r'<input type="(\w+)"', html) == ["radio"]


def test_pager_keeps_the_other_parameters():
    request = RequestFactory().get("/tasks/?light=red&page=2")
    page = Paginator(range(120), 50).page(2)
    html = render_to_string("components/pager.html", {"page": page, "noun": "项任务"}, request)
    assert re.findall(r'href="([^"]*)"', html) == ["?light=red&amp;page=1", "?light=red&amp;page=3"]
    assert words(html)[0] == "共 120 项任务，本页第 51 至 100 项任务"


def test_confirm_posts_with_tokens_and_a_reason():
    html = drawn(
        "confirm",
        label="退回",
        question="退回后由单位修改。",
        action="/x/",
        reason="退回原因",
        csrf_token="t",
    )
    assert re.findall(r'name="(\w+)"', html) == ["csrfmiddlewaretoken", "submit_token", "reason"]


def test_sorted_column_head_says_its_direction():
    columns = [
        {"label": "任务", "sort_url": "?sort=-name", "direction": "ascending"},
        {"label": "完成", "unit": "%"},
    ]
    html = drawn("table_head", columns=columns)
    assert re.findall(r'aria-sort="(\w+)"', html) == ["ascending"]
    assert words(html) == ["任务", "↑", "完成", "（%）"]


def test_empty_timeline_says_so():
    assert words(drawn("timeline", entries=[])) == ["还没有记录。"]


@pytest.mark.parametrize("status", [500, 503])
def test_bare_error_page_needs_no_request(status, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        html = render_to_string(
            f"errors/{status}.html", {"title": "系统暂时繁忙", "message": "请重试。", "remedy": "稍候。"}
        )
    assert [text for text in words(html) if text == "请重试。"] == ["请重试。"]


def test_vendored_files_are_the_listed_ones():
    listed = dict(reversed(line.split("  ")) for line in (VENDORED / "SHA256SUMS").read_text().splitlines())
    present = {
        path.relative_to(VENDORED).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDORED.glob("*/*")
    }
    assert present == listed
