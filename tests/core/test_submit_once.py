import uuid

import pytest
from django.contrib.messages import get_messages
from django.template import Context, Template
from django.test import Client, RequestFactory

from core.models import SourceSection, SubmitToken
from tests.core.threads import in_threads

pytestmark = pytest.mark.django_db


def sections():
    return list(SourceSection.objects.values_list("code", flat=True))


def test_form_handed_in_twice_gives_one_row_and_the_same_location(site):
    form = {"submit_token": str(uuid.uuid4()), "code": "S"}
    first, second = site.post("/t/add/", form), site.post("/t/add/", form)
    assert (first.status_code, first.url) == (302, "/t/section/S0/")
    assert (second.status_code, second.url, sections()) == (302, "/t/section/S0/", ["S0"])
    assert [str(line) for line in get_messages(second.wsgi_request)] == [
        "该操作已提交过，以下是首次提交的结果。"
    ]


def test_refused_form_may_use_its_token_again(site):
    token = str(uuid.uuid4())
    refused = site.post("/t/add/", {"submit_token": token, "code": ""})
    assert (refused.status_code, SubmitToken.objects.count()) == (200, 0)
    assert site.post("/t/add/", {"submit_token": token, "code": "S"}).url == "/t/section/S0/"


@pytest.mark.parametrize("form", [{}, {"submit_token": ""}, {"submit_token": "abc"}])
def test_form_without_a_token_is_refused_in_a_sentence(site, form):
    response = site.post("/t/add/", {"code": "S", **form})
    assert (response.status_code, response.context["message"]) == (
        400,
        "表单缺少有效的提交编号，没有保存任何内容。",
    )
    assert sections() == []


def test_token_of_another_form_is_refused(site):
    token = uuid.uuid4()
    site.post("/t/add/", {"submit_token": token, "code": "S"})
    SubmitToken.objects.update(path="/elsewhere/")
    response = site.post("/t/add/", {"submit_token": token, "code": "S"})
    assert (response.status_code, sections()) == (400, ["S0"])


def test_reading_needs_no_token(site):
    assert site.get("/t/add/").content.decode() == "请填写章节代码。"


def test_tag_prints_a_fresh_token_and_keeps_the_one_of_a_corrected_form():
    from_tag = RequestFactory().get("/"), RequestFactory().post("/", {"submit_token": str(uuid.UUID(int=5))})
    fresh, kept = (render_token(request) for request in from_tag)
    assert (len(uuid.UUID(fresh).bytes), kept) == (16, str(uuid.UUID(int=5)))
    assert [request.has_form for request in from_tag] == [True, True]


def render_token(request):
    html = Template("{% load portal_tags %}{% submit_token %}").render(Context({"request": request}))
    return html.removeprefix('<input type="hidden" name="submit_token" value="').removesuffix('">')


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_once_give_one_row_and_one_location(site):
    form, locations = {"submit_token": str(uuid.uuid4()), "code": "S"}, []
    assert in_threads(lambda _: locations.append(Client().post("/t/add/", form).url), 8) == []
    assert (sections(), locations) == (["S0"], ["/t/section/S0/"] * 8)
