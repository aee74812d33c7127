"""What ends a session, what counts as activity, and what a person without a password in force may open."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse

from core import clock
from core.models import AuditEvent
from organization import actions, session_times
from organization.access import background
from organization.middleware import SENT_TOO_LATE
from organization.models import User
from organization.views.units import unit_list
from tests import factories
from tests.people import post

pytestmark = pytest.mark.django_db
UNITS = "/units/"


def backdate(client, key: str, by: timedelta) -> None:
    session = client.session
    session[key] -= by.total_seconds()
    session.save()


def test_nobody_gets_past_the_sign_in(client):
    answer = client.get("/units/?kind=county")
    assert (answer.status_code, answer.url) == (302, "/login/?next=/units/%3Fkind%3Dcounty")


def test_a_form_after_the_end_of_the_session_says_so_and_leads_back_to_its_page(client):
    answer = client.post("/rounds/open/", headers={"Referer": "http://testserver/rounds/open/?group=341100"})
    assert answer.url == "/login/?next=/rounds/open/%3Fgroup%3D341100"
    page = client.get(answer.url)
    assert [str(message) for message in page.context["messages"]] == [SENT_TOO_LATE]


def test_a_fragment_moves_the_whole_page_to_the_sign_in(client):
    answer = client.get(UNITS, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["HX-Redirect"] == "/login/?next=/"


@pytest.mark.parametrize(
    ("key", "by", "sentence"),
    [
        (session_times.ACTIVE_AT, timedelta(minutes=31), "您已超过30分钟没有操作"),
        (session_times.BEGAN_AT, timedelta(hours=12, minutes=1), "本次登录已满12小时"),
    ],
)
def test_idle_and_absolute_time_end_the_session(client_for, office_clerk, key, by, sentence):
    client = client_for(office_clerk)
    backdate(client, key, by)
    page = client.get(UNITS, follow=True)
    assert page.redirect_chain == [("/login/?next=/units/", 302)]
    assert [str(message) for message in page.context["messages"]] == [
        f"{sentence}，请重新登录。已保存的草稿不受影响。"
    ]
    assert list(AuditEvent.objects.values_list("action", "result")) == [("会话到期", sentence)]


def test_last_seen_moves_at_most_once_a_minute(client_for, office_clerk, city_group):
    client = client_for(office_clerk)
    client.get(UNITS)
    assert User.objects.get(pk=office_clerk.pk).last_seen_at is None
    backdate(client, session_times.ACTIVE_AT, timedelta(seconds=61))
    client.get(UNITS)
    assert User.objects.get(pk=office_clerk.pk).last_seen_at is not None


def test_polling_is_no_activity(client_for, office_clerk, city_group, monkeypatch):
    monkeypatch.setattr(unit_list, "is_background", True, raising=False)
    client = client_for(office_clerk)
    backdate(client, session_times.ACTIVE_AT, timedelta(minutes=20))
    before = client.session[session_times.ACTIVE_AT]
    assert client.get(UNITS).status_code == 200
    assert client.session[session_times.ACTIVE_AT] == before
    assert background(lambda request: HttpResponse()).is_background is True


def test_disabled_account_is_signed_out_at_once(client_for, office_clerk, sysadmin):
    client = client_for(office_clerk)
    assert client.get(UNITS).status_code == 200
    actions.disable_account(user=office_clerk, by=sysadmin, at=clock.now())
    assert client.get(UNITS).url == "/login/?next=/units/"


def test_ended_grant_works_at_the_next_request(client_for, office_clerk, secadmin):
    client = client_for(office_clerk)
    assert client.get("/admin/organization/unit/").status_code == 200
    actions.end_grant(grant=office_clerk.grants.get(), by=secadmin, at=clock.now())
    assert client.get("/admin/organization/unit/").status_code == 403


def test_initial_password_must_be_changed_first(client_for, db):
    client = client_for(factories.user(must_change_password=True))
    assert client.get(UNITS).url == reverse("organization:password-change")
    assert client.get(reverse("organization:password-change")).context["must_change"] is True


def test_expired_password_must_be_changed_first(client_for, office_clerk, settings):
    settings.PORTAL_PASSWORD_EXPIRY_DAYS = 90
    User.objects.update(password_changed_at=clock.now() - timedelta(days=91))
    assert client_for(office_clerk).get(UNITS).url == reverse("organization:password-change")


def test_view_without_a_rule_is_closed(client_for, office_clerk, monkeypatch):
    monkeypatch.delattr(unit_list, "access_rule")
    answer = client_for(office_clerk).get(UNITS)
    assert answer.status_code == 403
    assert "这个页面还没有规定谁可以使用，暂不开放。" in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "target"), [("login", "/"), ("logout", "/"), ("password_change", "/password/")]
)
def test_admin_account_pages_lead_to_the_portal(client_for, office_clerk, page, target):
    assert client_for(office_clerk).get(reverse(f"admin:{page}")).url == target


@pytest.mark.parametrize("person", ["leader", "lead_liaison", "sysadmin", "secadmin", "auditor"])
def test_admin_is_closed_to_everybody_but_the_office(client_for, request, person):
    user = request.getfixturevalue(person)
    answer = client_for(user).get("/admin/")
    assert answer.status_code == 403
    assert AuditEvent.objects.get().actor_username == user.username


def test_own_password_needs_the_old_one(client_for, office_clerk):
    answer = change(client_for(office_clerk), old_password="wrong")
    assert answer.context["form"].errors == {"old_password": ["当前口令不正确，请重新输入。"]}
    assert AuditEvent.objects.get().action == "修改口令失败"


def test_new_password_ends_the_other_sessions(client_for, office_clerk):
    here, elsewhere = client_for(office_clerk), client_for(office_clerk)
    assert change(here).url == "/"
    assert here.get(UNITS).status_code == 200
    assert elsewhere.get(UNITS).url == "/login/?next=/units/"
    assert User.objects.get(pk=office_clerk.pk).check_password(NEW)


NEW = "Left-Donkey-88"


def change(client, **fields):
    typed = {"old_password": factories.PASSWORD, "new_password": NEW, "repeated_password": NEW, **fields}
    return post(client, reverse("organization:password-change"), typed)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Short-7", "口令至少10个字符，请加长。"),
        ("Gonghui-2026-x", "口令中不能含有单位用语“gonghui”，请换一个。"),
        ("leftdonkey88", "口令须含大写字母、小写字母、数字、符号中的三种，请补充。"),
        ("Office-Clerk-1", "口令与登录名、姓名或电话太相似，请换一个。"),
    ],
)
def test_weak_password_is_refused_with_the_remedy(client_for, office_clerk, settings, typed, sentence):
    settings.PORTAL_PASSWORD_PROFILE = True
    answer = change(client_for(office_clerk), new_password=typed, repeated_password=typed)
    assert answer.context["form"].errors["new_password"] == [sentence]


def test_last_five_passwords_are_refused(client_for, office_clerk, settings):
    settings.PORTAL_PASSWORD_PROFILE = True
    client, old = client_for(office_clerk), factories.PASSWORD
    passwords = [f"Left-Donkey-{number}-x" for number in range(6)]
    for new in passwords:
        assert change(client, old_password=old, new_password=new, repeated_password=new).status_code == 302
        old = new
    refused = change(client, old_password=old, new_password=passwords[0], repeated_password=passwords[0])
    assert refused.context["form"].errors["new_password"] == ["口令与最近5次用过的相同，请换一个。"]
    again = change(
        client, old_password=old, new_password=factories.PASSWORD, repeated_password=factories.PASSWORD
    )
    assert again.status_code == 302
