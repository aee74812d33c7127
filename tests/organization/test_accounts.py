"""Accounts and grants: 三员分立, initial passwords shown once, sentences for every refusal."""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from core import clock
from core.errors import NotAllowed, RuleViolation
from core.models import AuditEvent
from organization import actions
from organization.models import RoleGrant, User
from tests import factories
from tests.people import post

pytestmark = pytest.mark.django_db
NEW = {"username": "zhang.san", "display_name": "张三", "account_kind": "business", "phone": ""}


def test_new_account_gets_a_password_shown_once(client_for, sysadmin):
    client = client_for(sysadmin)
    shown = client.get(post(client, reverse("organization:account-create"), NEW).url)
    user = User.objects.get(username="zhang.san")
    assert user.check_password(shown.context["password"])
    assert (user.must_change_password, user.initial_password_until > clock.now()) == (True, True)
    assert client.get(shown.request["PATH_INFO"]).context["password"] is None
    assert shown.headers["Cache-Control"] == "private, no-store"


def test_initial_password_opens_only_the_password_page(sysadmin):
    account = actions.create_account(**NEW, by=sysadmin, at=clock.now())
    client = Client()
    typed = {"username": "zhang.san", "password": account.initial_password}
    assert client.post("/login/", typed).status_code == 302
    assert client.get("/units/").url == "/password/"


def test_initial_password_lives_72_hours(sysadmin):
    account = actions.create_account(**NEW, by=sysadmin, at=clock.now() - timedelta(hours=73))
    answer = Client().post("/login/", {"username": "zhang.san", "password": account.initial_password})
    assert answer.context["form"].non_field_errors() == ["初始口令已超过72小时，请联系系统管理员重置。"]


def test_a_double_click_makes_one_account(client_for, sysadmin):
    client, token = client_for(sysadmin), str(uuid.uuid4())
    urls = {
        post(client, reverse("organization:account-create"), {**NEW, "submit_token": token}).url
        for _ in range(2)
    }
    assert (len(urls), User.objects.filter(username="zhang.san").count()) == (1, 1)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("ＳＹＳＡＤＭＩＮ", "登录名“sysadmin”已被使用，请换一个。"),
        ("a b", "登录名“a b”应为3至64个字母、汉字、数字或 . _ - @，请修改。"),
    ],
)
def test_bad_login_name_is_refused_and_nothing_is_lost(client_for, sysadmin, typed, sentence):
    answer = post(client_for(sysadmin), reverse("organization:account-create"), {**NEW, "username": typed})
    assert answer.context["form"].errors == {"username": [sentence]}
    assert 'value="张三"' in answer.content.decode()


def test_reset_ends_sessions_and_lock_out(client_for, sysadmin, office_clerk):
    client = client_for(office_clerk)
    for _ in range(5):
        locked = Client().post("/login/", {"username": "office-clerk", "password": "wrong"})
    answer = post(client_for(sysadmin), reverse("organization:password-reset", args=[office_clerk.uid]))
    assert (locked.status_code, answer.status_code) == (429, 302)
    assert client.get("/units/").url == "/login/?next=/units/"
    assert Client().post("/login/", {"username": "office-clerk", "password": "wrong"}).status_code == 200


def test_disable_and_enable_say_what_happened(client_for, sysadmin, office_clerk):
    client = client_for(sysadmin)
    words = []
    for step in ("disable", "enable"):
        url = reverse(f"organization:account-{step}", args=[office_clerk.uid])
        page = client.get(post(client, url).url)
        words += [str(message) for message in page.context["messages"]]
    assert words == [
        "账号“office-clerk”已停用，正在使用的登录已退出。",
        "账号“office-clerk”已启用，原有未收回的角色继续有效。",
    ]
    assert list(AuditEvent.objects.order_by("position").values_list("action", flat=True)) == [
        "停用账号",
        "启用账号",
    ]


@pytest.mark.parametrize("step", ["account-disable", "account-enable", "password-reset"])
def test_nobody_touches_their_own_account(client_for, sysadmin, step):
    answer = post(client_for(sysadmin), reverse(f"organization:{step}", args=[sysadmin.uid]))
    assert answer.status_code == 403
    assert AuditEvent.objects.get().action == "越权操作"


@pytest.mark.parametrize("person", ["office_head", "secadmin", "auditor"])
def test_only_the_system_administrator_makes_accounts(request, client_for, person):
    by = request.getfixturevalue(person)
    with pytest.raises(NotAllowed, match=r"^只有系统管理员可以"):
        actions.create_account(**NEW, by=by, at=clock.now())
    answer = client_for(by).get(reverse("organization:account-list"))
    assert answer.status_code == 403
    assert "这项内容供系统管理员账号使用" in answer.content.decode()
    is_office = person == "office_head"
    assert answer.context["remedy"].startswith(
        "如工作需要" if is_office else "系统管理员、安全管理员和审计员不办理业务"
    )


@pytest.mark.parametrize("person", ["office_head", "sysadmin", "auditor"])
def test_only_the_security_administrator_grants(request, client_for, city_group, person):
    by, holder = request.getfixturevalue(person), factories.user()
    with pytest.raises(NotAllowed, match=r"^只有安全管理员可以"):
        actions.grant_role(user=holder, role="office", group=city_group, by=by, at=clock.now())
    assert client_for(by).get(reverse("organization:grant-list")).status_code == 403


def test_granting_a_role_by_the_page(client_for, secadmin, lead_unit):
    holder = factories.user(display_name="李四")
    client = client_for(secadmin)
    typed = {"user": holder.uid, "role": "liaison", "unit": lead_unit.code, "group": ""}
    page = client.get(post(client, reverse("organization:grant-create"), typed).url)
    grant = holder.grants.get()
    assert [str(message) for message in page.context["messages"]] == [
        "已授予：李四：联络员（市人社局）。下一次访问即生效。"
    ]
    assert (grant.unit, grant.granted_by, list(page.context["page"])) == (lead_unit, secadmin, [grant])


def test_accounts_are_offered_in_the_order_of_names_and_found_by_words(client_for, secadmin):
    for name in ("严一", "陈二", "马三"):
        factories.user(display_name=name)
    client, url = client_for(secadmin), reverse("organization:grant-create")
    offered = [
        [
            str(label).partition("（")[0]
            for _, label in client.get(url, {"q": text}).context["form"].fields["user"].choices
        ]
        for text in ("", "马", "没有")
    ]
    assert offered == [["请选择账号", "陈二", "马三", "严一"], ["请选择账号", "马三"], ["请选择账号"]]
    assert client.get(url, {"q": "没有"}).content.decode().count("没有姓名或登录名含“没有”") == 1


def test_taking_back_leads_to_the_list_as_it_was_filtered(client_for, secadmin, signer):
    client, filtered = client_for(secadmin), "/grants/?role=signer&q=%E5%AE%A1"
    for referer, wanted in ((f"http://testserver{filtered}", filtered), ("http://elsewhere.cn/", "/grants/")):
        grant = factories.grant("signer", user=signer, unit=factories.unit())
        end = reverse("organization:grant-end", args=[grant.uid])
        assert post(client, end, headers={"Referer": referer}).headers["Location"] == wanted


@pytest.mark.parametrize(
    ("role", "scope", "sentence"),
    [
        ("liaison", "group", "联络员授予一个单位，请选择单位，协调小组留空。"),
        ("leader", "unit", "领导授予一个协调小组，请选择协调小组，单位留空。"),
    ],
)
def test_scope_must_fit_the_role(client_for, secadmin, lead_unit, city_group, role, scope, sentence):
    code = {"unit": lead_unit.code, "group": city_group.code}[scope]
    typed = {"user": factories.user().uid, "role": role, scope: code}
    answer = post(client_for(secadmin), reverse("organization:grant-create"), typed)
    assert answer.context["form"].non_field_errors() == [sentence]


def test_same_grant_twice_is_refused(secadmin, lead_liaison, lead_unit):
    with pytest.raises(RuleViolation, match=r"^联络员已有这个角色，不需要重复授予。$"):
        actions.grant_role(user=lead_liaison, role="liaison", unit=lead_unit, by=secadmin, at=clock.now())


@pytest.mark.parametrize("kind", ["system", "security", "audit"])
def test_only_business_accounts_hold_roles(secadmin, city_group, kind):
    holder = factories.user(account_kind=kind)
    with pytest.raises(RuleViolation, match=r"^角色只授予业务账号"):
        actions.grant_role(user=holder, role="office", group=city_group, by=secadmin, at=clock.now())


def test_grant_ends_and_can_be_given_again(client_for, secadmin, signer, lead_unit):
    client, grant = client_for(secadmin), signer.grants.get()
    page = client.get(post(client, reverse("organization:grant-end", args=[grant.uid])).url)
    grant.refresh_from_db()
    assert (grant.ended_by, list(page.context["page"])) == (secadmin, [])
    actions.grant_role(user=signer, role="signer", unit=lead_unit, by=secadmin, at=clock.now())
    assert RoleGrant.objects.active().filter(user=signer).count() == 1
    with pytest.raises(RuleViolation, match=r"^这项授权已经收回。$"):
        actions.end_grant(grant=grant, by=secadmin, at=clock.now())


@pytest.mark.parametrize("name", ["account-list", "grant-list"])
def test_lists_cost_the_same_for_one_and_three_rows(
    client_for, sysadmin, secadmin, django_assert_num_queries, name
):
    client = client_for(sysadmin if name == "account-list" else secadmin)
    factories.grant()
    with django_assert_num_queries(4):
        client.get(reverse(f"organization:{name}"))
    factories.grant(), factories.grant("office")
    with django_assert_num_queries(4):
        page = client.get(reverse(f"organization:{name}"))
    assert page.context["page"].paginator.count == (5 if name == "account-list" else 3)


@pytest.mark.parametrize("name", ["account-list", "grant-list"])
def test_lists_say_what_to_do_when_empty(client_for, sysadmin, secadmin, name):
    client = client_for(sysadmin if name == "account-list" else secadmin)
    page = client.get(reverse(f"organization:{name}"), {"q": "没有此人"})
    assert "请放宽筛选条件" in page.content.decode()


def test_first_administrator_is_made_by_a_command_once(db):
    printed = StringIO()
    call_command("create_first_administrator", "root.wang", "王强", stdout=printed)
    user = User.objects.get()
    password = printed.getvalue().splitlines()[0].rpartition("：")[2]
    assert (user.account_kind, user.check_password(password)) == ("system", True)
    with pytest.raises(CommandError, match=r"^已有启用的系统管理员"):
        call_command("create_first_administrator", "second", "李强")


def test_both_pages_say_that_the_initial_password_works_once(client_for, sysadmin):
    answer = post(client_for(sysadmin), reverse("organization:account-create"), NEW, follow=True)
    assert answer.content.decode().count("只能登录一次") == 1
    account = actions.create_account(**{**NEW, "username": "li.si"}, by=sysadmin, at=clock.now())
    person = Client()
    typed = {"username": "li.si", "password": account.initial_password}
    page = person.post("/login/", typed, follow=True).content.decode()
    assert page.count("初始口令只能登录一次") == 1
