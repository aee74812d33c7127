"""/my/<uid>/: typing a progress report; nothing typed is ever lost."""

import uuid

import pytest

from metrics.models import FigureEntry, Target
from quarters.queries.content import target_text
from quarters.queries.fill_page import fill_page
from tests.people import post
from tests.quarters.pages import MISSING, address, count_queries, send, sentences
from tests.quarters.test_desk import TODAY, owing

pytestmark = pytest.mark.django_db
TYPED = {
    "progress": "新增招生860人。",
    "declared_status": "behind",
    "percent": "72.5",
    "problems": "用地手续未办结。",
    "next_steps": "年底前办结。",
    "coordination": "请市财政局落实经费。",
}


@pytest.fixture
def liaison(world, client_for):
    return client_for(world.people["lead_liaison"])


def test_saving_keeps_every_field(world, liaison):
    draft = world.fresh("draft")
    answer = send(liaison, "my-item", draft, **TYPED)
    report = world.fresh("draft").progress_report
    assert (answer.status_code, answer.headers["Location"]) == (302, address("my-item", draft))
    assert report.as_words() == {
        "进展情况": "新增招生860人。",
        "存在问题": "用地手续未办结。",
        "下一步打算": "年底前办结。",
        "需协调事项": "请市财政局落实经费。",
        "进展评价": "未达序时进度",
        "累计完成比例（%）": "72.5",
        "本季无进展": "否",
    }


def test_pending_becomes_a_draft_once(world, liaison):
    send(liaison, "my-item", world.fresh("pending"), progress="甲")
    send(liaison, "my-item", world.fresh("pending"), progress="乙")
    row = world.fresh("pending")
    assert (row.state, row.lock_version, row.events.count()) == ("draft", 3, 1)


@pytest.mark.parametrize(
    ("percent", "sentence"),
    [
        ("1e3", "“1e3”是科学计数法：请写出全部数字，例如“1000”。"),
        ("101", "“101”过大：不应大于100。"),
        ("17.75万", "“17.75万”是否为177500？请勾选确认后再提交。"),
    ],
)
def test_refused_percent_comes_back_with_everything_typed(world, liaison, percent, sentence):
    answer = send(liaison, "my-item", world.fresh("draft"), **{**TYPED, "percent": percent})
    form = answer.context["form"]
    assert (answer.status_code, form.errors["percent"]) == (200, [sentence])
    assert (form["progress"].value(), form["percent"].value()[0]) == (TYPED["progress"], percent)
    assert world.fresh("draft").progress_report.progress == "已印发实施方案。"


def test_control_character_is_named_with_its_position(world, liaison):
    answer = send(liaison, "my-item", world.fresh("draft"), progress="一\u202e二")
    assert answer.context["form"].errors["progress"] == [
        "“进展情况”第2个字符是文字方向控制符（U+202E），请删除后重新提交。"
    ]


def test_stale_form_shows_both_texts(world, liaison):
    draft = world.fresh("draft")
    old = {"lock_version": draft.lock_version, **TYPED}
    send(liaison, "my-item", draft, progress="同事先保存的内容")
    answer = post(liaison, address("my-item", draft), old)
    assert answer.status_code == 409
    assert answer.context["mine"]["进展情况"] == "新增招生860人。"
    assert answer.context["theirs"]["进展情况"] == "同事先保存的内容"
    assert world.fresh("draft").progress_report.progress == "同事先保存的内容"


def test_stale_form_goes_on_with_what_was_typed(world, liaison):
    draft = world.fresh("draft")
    old = {"lock_version": draft.lock_version, **TYPED}
    send(liaison, "my-item", draft, progress="另一窗口保存的内容")
    refused = post(liaison, address("my-item", draft), old)
    assert refused.context["message"] == "您在另一窗口保存过这份材料，本窗口填写的内容没有保存。"
    assert dict(refused.context["resumed"]) == TYPED
    page = post(liaison, address("my-item", draft), {**dict(refused.context["resumed"]), "resume": "on"})
    form = page.context["form"]
    assert {name: form[name].value() for name in TYPED if name != "percent"} == {
        name: text for name, text in TYPED.items() if name != "percent"
    }
    shown = page.context["page"].submission
    assert (page.status_code, shown.lock_version) == (200, draft.lock_version + 1)
    assert world.fresh("draft").progress_report.progress == "另一窗口保存的内容"


def test_what_left_the_liaison_is_not_resumed(world, liaison):
    page = post(liaison, address("my-item", world.fresh("submitted")), {**TYPED, "resume": "on"})
    assert page.templates[0].name == "quarters/item_read.html"


def test_double_click_gives_one_result(world, liaison):
    draft = world.fresh("draft")
    form = {"lock_version": draft.lock_version, "submit_token": str(uuid.uuid4()), **TYPED}
    answers = [post(liaison, address("my-item", draft), form) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [address("my-item", draft)] * 2
    assert world.fresh("draft").lock_version == draft.lock_version + 1


@pytest.mark.parametrize("version", ["", "abc", "1e3", "９"])
def test_form_without_version_is_refused(world, liaison, version):
    answer = post(liaison, address("my-item", world.fresh("draft")), {"lock_version": version, **TYPED})
    assert answer.status_code == 400


def test_nil_report_in_one_click(world, liaison):
    send(liaison, "my-item", world.fresh("pending"), is_nil="on")
    assert world.fresh("pending").progress_report.is_nil is True
    page = liaison.get(address("my-submit", world.fresh("pending")))
    assert [gap.anchor for gap in page.context["page"].gaps] == [
        *("div_id_declared_status", "id_problems", "id_next_steps"),
    ]


@pytest.fixture
def carried(world):
    """The pending and the draft task continue the one that was accepted last quarter."""
    for key in ("pending", "draft"):
        world.tasks[key].carried_from = world.tasks["accepted"]
        world.tasks[key].save(update_fields=["carried_from"])


def test_carrying_over_fills_the_empty_form_and_saves_nothing(world, liaison, carried):
    pending = world.fresh("pending")
    page = liaison.get(address("my-item", pending), {"carry": "1"})
    form = page.context["form"]
    assert [form[name].value() for name in ("progress", "declared_status", "percent")] == [
        *("已印发实施方案。", "", None),
    ]
    assert (page.context["carrying"], world.fresh("pending").lock_version) == ("all", pending.lock_version)


@pytest.mark.parametrize(
    ("wanted", "carrying", "progress"),
    [
        ("1", "asks", "本季新写的。"),
        ("empty", "empty", "本季新写的。"),
        ("all", "all", "已印发实施方案。"),
    ],
)
def test_carrying_over_asks_where_something_is_typed(world, liaison, carried, wanted, carrying, progress):
    send(liaison, "my-item", world.fresh("draft"), **{**TYPED, "progress": "本季新写的。"})
    page = liaison.get(address("my-item", world.fresh("draft")), {"carry": wanted})
    form = page.context["form"]
    assert (page.context["carrying"], form["progress"].value()) == (carrying, progress)
    assert (form["declared_status"].value(), form["percent"].value()) == ("behind", "72.5")


def test_buttons_lead_to_the_neighbours(world, liaison):
    draft = world.fresh("draft")
    page = fill_page(draft, world.people["lead_liaison"], TODAY)
    answers = {
        name: send(liaison, "my-item", draft, then=name, **TYPED).headers["Location"]
        for name in ("previous", "next", "check", "stay")
    }
    assert answers == {
        "previous": page.previous_url,
        "next": page.next_url,
        "check": address("my-submit", draft),
        "stay": address("my-item", draft),
    }


def test_return_reason_stands_above_the_form(world, liaison):
    page = liaison.get(address("my-item", world.fresh("returned")))
    assert page.context["page"].returned == "办公室11月10日退回（事实不清）：请写明新增招生人数。"


@pytest.mark.parametrize("state", ["signing", "submitted", "reviewing", "accepted"])
def test_what_left_the_liaison_is_only_read(world, liaison, state):
    page = liaison.get(address("my-item", world.fresh(state)))
    assert page.templates[0].name == "quarters/item_read.html"
    assert page.context["page"].content.texts[0].text == "已印发实施方案。"


def test_a_missing_and_a_strangers_item_look_the_same(world, liaison, client_for):
    stranger = client_for(world.people["stranger"])
    theirs = stranger.get(address("my-item", world.fresh("draft")))
    missing = stranger.get(f"/my/{MISSING}/")
    assert (theirs.status_code, missing.status_code) == (404, 404)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(lead_liaison, lead_unit, client_for, rows):
    owing(lead_unit, rows)
    row = lead_unit.submissions.first()
    assert count_queries(client_for(lead_liaison), address("my-item", row)) == 9


def test_autosave_answers_with_the_new_version(world, liaison):
    draft = world.fresh("draft")
    answer = liaison.post(address("my-autosave", draft), {"lock_version": draft.lock_version, **TYPED})
    body = answer.json()
    assert (answer.status_code, body["ok"], body["lock_version"]) == (200, True, draft.lock_version + 1)
    assert world.fresh("draft").progress_report.progress == "新增招生860人。"


def test_autosave_of_a_stale_draft_is_refused(world, liaison):
    draft = world.fresh("draft")
    answer = liaison.post(address("my-autosave", draft), {"lock_version": 1, **TYPED})
    assert (answer.status_code, answer.json()) == (
        409,
        {"ok": False, "error": "您在另一窗口保存过这份材料，本窗口填写的内容没有保存。"},
    )


def test_autosave_of_what_was_handed_in_says_who_holds_it(world, liaison):
    row = world.fresh("submitted")
    answer = liaison.post(address("my-autosave", row), {"lock_version": row.lock_version, **TYPED})
    assert answer.json()["error"] == (
        "这份材料目前是“已报送”，由协调小组办公室办理，不能填写。请刷新页面查看最新状态。"
    )


def test_autosave_with_a_refused_number_says_so(world, liaison):
    draft = world.fresh("draft")
    typed = {"lock_version": draft.lock_version, **TYPED, "percent": "1e3"}
    assert liaison.post(address("my-autosave", draft), typed).json() == {
        "ok": False,
        "error": "尚未保存：“1e3”是科学计数法：请写出全部数字，例如“1000”。",
    }


# --- figures -------------------------------------------------------------------------------------

FIGURE = "figure-skilled-total"


def entry():
    return FigureEntry.objects.get()


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("1e3", "“1e3”是科学计数法：请写出全部数字，例如“1000”。"),
        ("17.75万", "“17.75万”是否为177500？请勾选确认。"),
        ("约500", "“约500”不是确切数值：此处只填写数字，“约、余、以上”等请写入界限和备注。"),
        ("12.5", "“12.5”小数位数过多：此处只能填写整数，请核对。"),
    ],
)
def test_refused_figure_stays_in_the_draft_as_typed(world, liaison, raw, sentence):
    answer = send(liaison, "my-item", world.fresh("sheet"), **{FIGURE: raw})
    assert sentences(answer) == [f"草稿已保存；有1处数值请核对：{sentence}"]
    assert (entry().raw, entry().value) == (raw, None)
    page = liaison.get(address("my-item", world.fresh("sheet")))
    assert [(row.number.value()[0], row.problem) for row in page.context["rows"]] == [(raw, sentence)]


def test_confirmed_multiple_is_understood(world, liaison):
    send(liaison, "my-item", world.fresh("sheet"), **{FIGURE: "17.75万", f"{FIGURE}_confirmed": "17.75万"})
    assert (entry().raw, entry().value) == ("17.75万", 177500)


def test_confirmation_holds_for_its_own_text_only(world, liaison):
    send(liaison, "my-item", world.fresh("sheet"), **{FIGURE: "18万", f"{FIGURE}_confirmed": "17.75万"})
    assert (entry().raw, entry().value) == ("18万", None)


def test_empty_figure_needs_an_explanation(world, liaison):
    send(liaison, "my-item", world.fresh("sheet"), **{FIGURE: ""})
    page = liaison.get(address("my-submit", world.fresh("sheet")))
    assert [(gap.anchor, gap.sentence) for gap in page.context["page"].gaps] == [
        ("id_figure-skilled-total", "“高技能人才总量”没有数值，请填写数值；尚不掌握的请写明说明。"),
    ]


def test_too_long_an_explanation_loses_nothing(world, liaison):
    typed = {FIGURE: "113000", "explanation-skilled-total": "长" * 201}
    answer = send(liaison, "my-item", world.fresh("sheet"), **typed)
    [row] = answer.context["rows"]
    assert (answer.status_code, row.number.value()[0], row.explanation.value()) == (200, "113000", "长" * 201)


@pytest.mark.parametrize(
    ("wording", "shown"),
    [
        ("三季度末45000人次", "三季度末45,000人次"),
        ("2026年达到22个", "2026年达到22个"),
        ("6.5以上", "6.5以上"),
        ("1.2345万", "1.2345万"),
    ],
)
def test_targets_show_thousands(wording, shown):
    assert target_text(Target(wording=wording, quarter=3)) == shown


def test_each_figure_says_which_number_is_asked_for(world, liaison):
    page = liaison.get(address("my-item", world.fresh("sheet")))
    assert [row.kind_words for row in page.context["rows"]] == ["存量：填写本季末的数"]
    assert page.content.decode().count('href="/metrics/skilled-total/"') == 1
