"""Bad input is answered in Chinese, names the field and the value, and loses nothing."""

import pytest
from django.test import Client

from core.errors import RuleViolation
from metrics.models import FigureEntry
from quarters.actions import handing_in
from tasks.models import ProgressReport
from tests.people import post
from tests.quarters.conftest import PEOPLE
from tests.world import World, build, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(request, city_group, lead_unit) -> World:
    return build({name: request.getfixturevalue(name) for name in PEOPLE}, city_group, lead_unit)


@pytest.fixture
def liaison(world, client_for) -> Client:
    return client_for(world.people["lead_liaison"])


def address(submission) -> str:
    return f"/my/{submission.uid}/"


def test_a_wrong_password_is_answered_in_the_same_words_as_an_unknown_name(world):
    answers = [
        Client().post("/login/", {"username": name, "password": "wrong"}).content.decode()
        for name in ("lead-liaison", "nobody-at-all")
    ]
    assert ["用户名或口令错误" in answer for answer in answers] == [True, True]


def test_a_stale_form_gets_both_texts_and_changes_nothing(world, liaison):
    draft = world.fresh("draft")
    typed = {"progress": "第一个人写的。", "declared_status": "orderly", "lock_version": draft.lock_version}
    assert post(liaison, address(draft), typed).status_code == 302
    page = post(liaison, address(draft), {**typed, "progress": "第二个人写的。"})
    text = page.content.decode()
    assert (page.status_code, "第一个人写的。" in text, "第二个人写的。" in text) == (409, True, True)
    assert ProgressReport.objects.get(submission=draft).progress == "第一个人写的。"


def test_a_strangers_id_is_the_same_page_as_a_missing_one(world, client_for):
    stranger = client_for(world.people["stranger"])
    seen = [
        stranger.get(f"/my/{uid}/")
        for uid in (world.fresh("draft").uid, "00000000-0000-0000-0000-000000000007")
    ]
    assert [page.status_code for page in seen] == [404, 404]
    assert "不在您的查看范围内" in seen[0].content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1e3", "“1e3”"),
        ("约500", "“约500”"),
        ("17.75万", "是否为177500？"),
        ("１２②", "“１２②”"),
        ("1,00", "“1,00”"),
    ],
)
def test_a_figure_that_is_no_plain_number_is_named_and_kept(world, liaison, typed, sentence):
    sheet = world.fresh("sheet")
    field = f"figure-{world.indicator.code}"
    page = post(liaison, address(sheet), {field: typed, "lock_version": sheet.lock_version}, follow=True)
    text = page.content.decode()
    assert (page.status_code, sentence in text, f'value="{typed}"' in text) == (200, True, True)
    assert FigureEntry.objects.get(sheet__submission=sheet).value is None


def test_missing_compulsory_text_is_listed_with_a_link_to_the_field(world, liaison):
    draft = world.fresh("draft")
    typed = {"progress": "", "declared_status": "slow", "lock_version": draft.lock_version}
    post(liaison, address(draft), typed)
    text = liaison.get(f"{address(draft)}submit/").content.decode()
    wanted = ["请填写进展情况", "请填写存在问题", "请填写下一步打算", "#id_progress"]
    assert [words for words in wanted if words not in text] == []


def test_an_incomplete_report_cannot_be_handed_in_by_a_bare_request(world, liaison):
    pending = world.fresh("pending")
    post(liaison, f"{address(pending)}submit/", {"lock_version": pending.lock_version})
    assert world.fresh("pending").state == "pending"


@pytest.mark.parametrize(
    "url", ["/tasks/?q=%00", "/metrics/?q=a%00b", "/units/?page=%00", "/dashboard/?round=%00"]
)
def test_nul_in_a_query_is_refused_in_a_sentence(world, client_for, url):
    page = client_for(world.people["office_clerk"]).get(url)
    assert (page.status_code, "请求无法识别" in page.content.decode()) == (400, True)


@pytest.mark.parametrize("text", ["报\u202e送", "报\u0007送"])
def test_control_characters_are_refused_with_their_place(world, liaison, text):
    draft = world.fresh("draft")
    page = post(liaison, address(draft), {"progress": text, "lock_version": draft.lock_version})
    assert (page.status_code, "第2个字符" in page.content.decode()) == (200, True)


def test_rare_characters_come_back_as_they_were_typed(world, liaison):
    draft = world.fresh("draft")
    post(
        liaison,
        address(draft),
        {"progress": "𠮷、䶮两字", "declared_status": "orderly", "lock_version": draft.lock_version},
    )
    assert ProgressReport.objects.get(submission=draft).progress == "𠮷、䶮两字"


def test_a_form_without_its_token_saves_nothing(world, liaison):
    signing = world.fresh("signing")
    page = liaison.post(f"{address(signing)}take-back/", {"lock_version": signing.lock_version})
    assert (page.status_code, world.fresh("signing").state) == (400, "signing")


def test_the_same_token_twice_moves_once_and_says_so(world, liaison):
    signing = world.fresh("signing")
    form = {"lock_version": signing.lock_version, "submit_token": "6f0f5d0e-0000-4000-8000-000000000001"}
    first = liaison.post(f"{address(signing)}take-back/", form)
    again = liaison.post(f"{address(signing)}take-back/", form, follow=True)
    assert (first.status_code, "该操作已提交过" in again.content.decode()) == (302, True)
    assert world.fresh("signing").events.filter(move="withdraw").count() == 1


def test_a_wrong_move_says_where_it_stands_and_who_holds_it(world):
    accepted = world.fresh("accepted")
    with pytest.raises(RuleViolation) as refused:
        handing_in.submit(
            accepted, by=world.people["lead_liaison"], at=moment(20), lock_version=accepted.lock_version
        )
    assert refused.value.message == "这份材料目前是“审核通过”，已经办结，不能提交。请刷新页面查看最新状态。"
