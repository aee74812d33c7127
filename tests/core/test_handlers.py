import pytest
from django.contrib.messages import get_messages
from django.db import DatabaseError, OperationalError, connection

from core import handlers
from core.models import AuditEvent

pytestmark = pytest.mark.django_db
TYPED = {"progress": "本季度开展技能竞赛三场", "lock_version": "3"}


def words(response):
    return response.context["title"], response.context["message"], response.context["remedy"]


def test_stale_object_shows_both_texts(site):
    response = site.post("/t/fail/stale/", TYPED, headers={"Referer": "http://testserver/t/echo/"})
    assert (response.status_code, response.context["title"]) == (409, "内容已有更新")
    assert (response.context["mine"], response.context["theirs"]) == (
        {"进展情况": "甲文"},
        {"进展情况": "乙文"},
    )
    assert [text in response.content.decode() for text in ("甲文", "乙文", "/t/echo/")] == [True] * 3


def test_rule_violation_of_a_button_returns_with_its_sentence(site):
    response = site.post(
        "/t/fail/rule/", {"action": "sign"}, headers={"Referer": "http://testserver/t/echo/"}
    )
    assert (response.status_code, response.url) == (302, "http://testserver/t/echo/")
    assert [str(line) for line in get_messages(response.wsgi_request)] == ["本季度已经截止。"]


def test_rule_violation_of_typed_text_keeps_the_text(site):
    response = site.post("/t/fail/rule/", TYPED, headers={"Referer": "http://testserver/t/echo/"})
    assert (response.status_code, response.context["message"]) == (409, "本季度已经截止。")
    assert response.context["typed"] == ["本季度开展技能竞赛三场"]
    assert "本季度开展技能竞赛三场" in response.content.decode()


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/"])
def test_rule_violation_never_leads_to_a_foreign_page(site, referer):
    response = site.post("/t/fail/rule/", {"action": "sign"}, headers={"Referer": referer})
    assert (response.status_code, response.context["back_url"]) == (409, "")


def test_rule_violation_under_htmx_leads_back_by_header(site):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/t/echo/"}
    response = site.post("/t/fail/rule/", {}, headers=headers)
    assert (response.status_code, response.headers["HX-Redirect"]) == (200, "http://testserver/t/echo/")


def test_missing_right_is_403_and_audited(site):
    response = site.post("/t/fail/forbidden/")
    assert (response.status_code, response.context["message"]) == (403, "只有审签人可以审签。")
    event = AuditEvent.objects.get()
    assert (event.action, event.object_label, event.result) == (
        "越权操作",
        "/t/fail/forbidden/",
        "只有审签人可以审签。",
    )


@pytest.mark.parametrize("kind", ["away", "closed"])
def test_database_away_is_503_without_a_query(site, kind, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = site.get(f"/t/fail/{kind}/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert response.context["message"] == "保存未成功，数据未改变，请重试。"


def test_fault_is_500_without_a_query(site, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = site.get("/t/fail/fault/")
    assert (response.status_code, response.context["title"]) == (500, "系统出现故障")


def test_bad_input_shows_our_sentence(site):
    response = site.get("/t/fail/bad/")
    assert (response.status_code, words(response)[1]) == (400, "季度写法不对。")


def test_missing_page_is_404_in_chinese(site):
    response = site.get("/t/nowhere/")
    assert (response.status_code, words(response)[0]) == (404, "没有找到")


def test_csrf_failure_is_403_in_chinese(rf):
    response = handlers.csrf_failure(rf.post("/"), reason="CSRF token missing.")
    assert (response.status_code, "页面已过期" in response.content.decode()) == (403, True)


def test_csrf_failure_leads_back_to_the_page_of_the_form(rf):
    request = rf.post("/my/", headers={"Referer": "http://testserver/my/?round=2026Q3"})
    body = handlers.csrf_failure(request).content.decode()
    assert body.count('href="/my/?round=2026Q3">回到原来的页面') == 1


def test_programming_fault_is_not_taken_for_a_busy_database():
    with pytest.raises(DatabaseError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT missing_column FROM missing_table")
    assert handlers.is_database_away(caught.value) is False
    assert handlers.is_database_away(OperationalError("database is locked")) is True
