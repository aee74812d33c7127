"""Check and submit, sign, send back, take back: each with its sentence and its receipt."""

import uuid

import pytest

from core.canonical import digest_of
from core.models import Notice
from metrics.models import Observation
from tests.people import post
from tests.quarters.pages import address, send, sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def liaison(world, client_for):
    return client_for(world.people["lead_liaison"])


@pytest.fixture
def signer_client(world, client_for):
    return client_for(world.people["signer"])


def test_check_page_shows_what_will_be_handed_in(world, liaison):
    page = liaison.get(address("my-submit", world.fresh("draft"))).context["page"]
    assert [(part.label, part.text) for part in page.content.filled_texts] == [
        ("进展情况", "已印发实施方案。")
    ]
    assert (page.gaps, page.late, page.goes_to_signer) == ([], "", True)


def test_gaps_lead_to_their_fields(world, liaison):
    send(liaison, "my-item", world.fresh("draft"), progress="", declared_status="slow")
    page = liaison.get(address("my-submit", world.fresh("draft")))
    anchors = [gap.anchor for gap in page.context["page"].gaps]
    assert anchors == ["id_progress", "id_problems", "id_next_steps"]
    assert [page.content.decode().count(f"#{anchor}") for anchor in anchors] == [1, 1, 1]


def test_incomplete_report_is_refused_in_a_sentence(world, liaison):
    send(liaison, "my-item", world.fresh("draft"), progress="", declared_status="orderly")
    answer = send(liaison, "my-submit", world.fresh("draft"))
    assert answer.status_code == 409
    assert world.fresh("draft").state == "draft"


def test_submitting_leads_to_the_receipt(world, liaison):
    answer = send(liaison, "my-submit", world.fresh("draft"))
    assert sentences(answer) == ["“第3项任务”已提交，等待本单位审签人审签。"]
    page = liaison.get(answer.headers["Location"]).context["page"]
    version = world.fresh("draft").progress_report.versions.get()
    assert (page.receipt.version_no, page.receipt.sha256) == (1, version.sha256)
    assert page.receipt.recorded_by == "联络员"


@pytest.mark.parametrize(("state", "title"), [("signing", "提交记录"), ("submitted", "报送回执")])
def test_nothing_is_called_a_receipt_before_it_is_signed(world, liaison, state, title):
    body = liaison.get(address("my-item", world.fresh(state))).content.decode()
    assert [body.count(f"<h2>{words}</h2>") for words in ("提交记录", "报送回执")] == [
        *(int(words == title) for words in ("提交记录", "报送回执")),
    ]


def test_double_submission_gives_one_version(world, liaison):
    draft = world.fresh("draft")
    form = {"lock_version": draft.lock_version, "submit_token": str(uuid.uuid4())}
    answers = [post(liaison, address("my-submit", draft), form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert world.fresh("draft").progress_report.versions.count() == 1


def test_signer_is_told_and_signs(world, liaison, signer_client):
    send(liaison, "my-submit", world.fresh("draft"))
    notice = Notice.objects.get(recipient_uid=world.people["signer"].uid, subject="待审签：第3项任务")
    assert notice.url == address("my-item", world.fresh("draft"))
    answer = send(signer_client, "my-sign", world.fresh("draft"))
    assert sentences(answer)[-1] == "已审签“第3项任务”，已报送协调小组办公室。"
    assert world.fresh("draft").signed_by == world.people["signer"]


def test_signer_reads_what_goes_back_while_writing_why(world, signer_client):
    page = signer_client.get(f"/my/{world.fresh('signing').uid}/").content.decode()
    head, body = page.split('class="cols', 1)
    assert (head.count("退回联络员"), body.count("退回联络员</summary>")) == (0, 1)


@pytest.mark.parametrize(("name", "more"), [("my-sign", {}), ("my-send-back", {"reason": "数据有误。"})])
def test_signing_leads_back_to_the_list_where_a_second_click_signs_nothing(
    world, liaison, signer_client, name, more
):
    send(liaison, "my-submit", world.fresh("draft"))
    answer = send(signer_client, name, world.fresh("signing"), **more)
    assert answer.headers["Location"] == "/my/"
    assert world.fresh("draft").state == "signing"


def test_signer_sends_back_with_a_reason(world, signer_client):
    send(signer_client, "my-send-back", world.fresh("signing"), reason="人数与人社年报不一致。")
    assert world.fresh("signing").state == "returned"
    notice = Notice.objects.get(subject="审签退回：第4项任务")
    assert (notice.recipient_uid, notice.body) == (
        world.people["lead_liaison"].uid,
        "人数与人社年报不一致。",
    )


def test_sending_back_without_a_reason_is_refused(world, signer_client):
    answer = send(signer_client, "my-send-back", world.fresh("signing"), reason=" ")
    assert (answer.status_code, world.fresh("signing").state) == (409, "signing")


def test_signing_another_version_than_the_one_read_is_refused_with_both_sides(world, liaison, signer_client):
    read = world.fresh("signing")
    send(liaison, "my-take-back", read)
    send(liaison, "my-item", read, progress="改过的内容。", declared_status="orderly")
    send(liaison, "my-submit", read)
    answer = post(signer_client, address("my-sign", read), {"lock_version": 1})
    assert (answer.status_code, answer.context["mine"], answer.context["theirs"]) == (
        409,
        {"您要办理的": "审签"},
        {"目前状态": "待审签", "目前版本": "第2次报送"},
    )


@pytest.mark.parametrize(("state", "before"), [("signing", "withdraw"), ("submitted", "recall")])
def test_liaison_takes_it_back(world, liaison, state, before):
    send(liaison, "my-take-back", world.fresh(state))
    row = world.fresh(state)
    assert (row.state, row.events.last().move) == ("draft", before)


def test_under_review_nothing_is_taken_back(world, liaison):
    answer = send(liaison, "my-take-back", world.fresh("reviewing"))
    assert (answer.status_code, world.fresh("reviewing").state) == (409, "reviewing")


def test_second_version_is_marked_against_the_first(world, liaison):
    send(liaison, "my-take-back", world.fresh("signing"))
    send(liaison, "my-item", world.fresh("signing"), progress="已印发实施细则。", declared_status="orderly")
    send(liaison, "my-submit", world.fresh("signing"))
    content = liaison.get(address("my-item", world.fresh("signing"))).context["page"].content
    assert [(piece.kind, piece.text) for piece in content.texts[0].pieces] == [
        ("same", "已印发实施"),
        ("removed", "方案"),
        ("added", "细则"),
        ("same", "。"),
    ]


def test_figures_are_handed_in_with_a_digest_of_their_own(world, liaison):
    send(liaison, "my-submit", world.fresh("sheet"))
    page = liaison.get(address("my-item", world.fresh("sheet"))).context["page"]
    figures = {"skilled-total": [page.content.figures[0].value, "112000", ""]}
    facts = {"unit": "lead-unit", "round": "2026Q3", "figures": figures}
    assert (Observation.objects.get().value, page.receipt.sha256) == (112000, digest_of(facts))


def test_draft_page_of_something_handed_in_leads_back(world, liaison):
    answer = liaison.get(address("my-submit", world.fresh("signing")))
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        address("my-item", world.fresh("signing")),
    )
