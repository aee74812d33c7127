"""Signing in: one answer for unknown, disabled and wrong, a lock-out, and where one lands."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from core import clock
from core.models import AuditEvent
from organization.actions.sign_in import INITIAL_EXPIRED, LOCKED, WRONG
from organization.models import User
from tests import factories

pytestmark = pytest.mark.django_db


def attempt(client: Client, username: str, password: str, **more):
    return client.post(reverse("organization:login"), {"username": username, "password": password, **more})


def sentences(response) -> list[str]:
    return list(response.context["form"].non_field_errors())


def test_right_password_opens_a_session(client, office_clerk):
    response = attempt(client, "office-clerk", factories.PASSWORD)
    assert (response.status_code, response.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(office_clerk.pk)
    assert list(AuditEvent.objects.values_list("action", "actor_username")) == [("登录", "office-clerk")]


def test_administrators_sign_in_as_what_they_are(client, office_clerk, auditor):
    for username in ("auditor", "office-clerk"):
        attempt(client, username, factories.PASSWORD)
        client.post(reverse("organization:logout"))
    acted = AuditEvent.objects.order_by("position").values_list("action", "role")
    assert list(acted) == [("登录", "审计员"), ("退出登录", "审计员"), ("登录", ""), ("退出登录", "")]


@pytest.mark.parametrize("typed", ["ＯＦＦＩＣＥ-clerk", " Office-Clerk "])
def test_login_name_is_folded(client, office_clerk, typed):
    assert attempt(client, typed, factories.PASSWORD).status_code == 302


def test_same_words_for_unknown_disabled_and_wrong(client, office_clerk):
    factories.user(username="gone", is_active=False)
    answers = [
        sentences(attempt(client, "nobody", factories.PASSWORD)),
        sentences(attempt(client, "gone", factories.PASSWORD)),
        sentences(attempt(client, "office-clerk", "wrong")),
    ]
    assert answers == [[WRONG]] * 3
    assert list(AuditEvent.objects.values_list("action", "actor_name")) == [("登录失败", "未登录")] * 3


def test_same_cost_for_unknown_disabled_and_wrong(client, office_clerk, monkeypatch):
    costs = []
    encode = MD5PasswordHasher.encode

    def counted(*given):
        costs.append(1)
        return encode(*given)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    factories.user(username="gone", is_active=False)
    spent = []
    for name in ("nobody", "gone", "office-clerk"):
        costs.clear()
        attempt(client, name, "wrong")
        spent.append(len(costs))
    assert spent == [1, 1, 1]


def test_fifth_failure_locks_account_and_source(client, office_clerk):
    answers = [attempt(client, "office-clerk", "wrong") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    locked = attempt(client, "office-clerk", factories.PASSWORD)
    assert (locked.status_code, sentences(locked)) == (429, [LOCKED])
    assert attempt(Client(REMOTE_ADDR="127.0.0.9"), "office-clerk", factories.PASSWORD).status_code == 302


def test_lock_out_follows_the_folded_name(client, office_clerk):
    for name in ("office-clerk", "OFFICE-CLERK", "ｏffice-clerk", "Office-clerk", "office-Clerk"):
        answer = attempt(client, name, "wrong")
    assert answer.status_code == 429


def test_expired_initial_password_is_refused(client, db):
    late = clock.now() - timedelta(seconds=1)
    factories.user(username="new", must_change_password=True, initial_password_until=late)
    assert sentences(attempt(client, "new", factories.PASSWORD)) == [INITIAL_EXPIRED]
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("asked", "landed"),
    [("/units/?kind=county", "/units/?kind=county"), ("https://evil.example/", "/"), ("//evil.example", "/")],
)
def test_next_only_inside_the_portal(client, office_clerk, asked, landed):
    assert attempt(client, "office-clerk", factories.PASSWORD, next=asked).url == landed


def test_sign_out_clears_what_the_browser_kept(client_for, office_clerk):
    client = client_for(office_clerk)
    response = client.post(reverse("organization:logout"))
    assert (response.url, response.headers["Clear-Site-Data"]) == ("/login/", '"cache"')
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("organization:logout")).status_code == 405


def test_demo_accounts_are_offered_in_demonstrations_only(client, settings, db):
    offered = client.get(reverse("organization:login"))
    assert [name for name, _ in offered.context["demo_accounts"]][:2] == ["demo-office", "demo-office2"]
    settings.PORTAL_DEMO = False
    page = client.get(reverse("organization:login"))
    assert "demo_accounts" not in page.context
    assert "demo-" not in page.content.decode()


def test_control_character_in_the_name_is_answered(client, db):
    page = attempt(client, "a\u202eb", "x")
    assert page.context["form"].errors["username"] == [
        "“用户名”第2个字符是文字方向控制符（U+202E），请删除后重新提交。"
    ]


def test_unusable_account_kind_has_no_rights(sysadmin):
    assert (sysadmin.is_staff, User.objects.visible_to(sysadmin).count()) == (False, 1)
