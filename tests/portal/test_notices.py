"""The inbox."""

import pytest

from core import clock, notices
from core.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(leader):
    for key, url in (("one", "/tasks/"), ("two", "https://elsewhere.example/")):
        notices.send([leader.uid], kind="test", subject=f"事项{key}", url=url, dedupe_key=key, at=clock.now())
    return leader


def test_unread_notices_stand_first(told, client_for):
    Notice.objects.filter(subject="事项two").update(read_at=clock.now())
    page = client_for(told).get("/notices/").context["page"]
    assert [notice.subject for notice in page.object_list] == ["事项one", "事项two"]


def test_opening_a_notice_marks_it_read_and_goes_there(told, client_for):
    notice = Notice.objects.get(subject="事项one")
    answer = client_for(told).post(f"/notices/{notice.uid}/open/")
    notice.refresh_from_db()
    assert (answer.url, notice.read_at is None) == ("/tasks/", False)


def test_a_notice_never_leads_out_of_the_portal(told, client_for):
    notice = Notice.objects.get(subject="事项two")
    assert client_for(told).post(f"/notices/{notice.uid}/open/").url == "/notices/"


def test_somebody_elses_notice_is_not_found(told, office_clerk, client_for):
    notice = Notice.objects.get(subject="事项one")
    answer = client_for(office_clerk).post(f"/notices/{notice.uid}/open/")
    notice.refresh_from_db()
    assert (answer.status_code, notice.read_at) == (404, None)


def test_all_are_marked_read_at_once(told, client_for):
    client = client_for(told)
    page = client.post("/notices/read/", follow=True).content.decode()
    assert ("已将2条消息标为已读。" in page, notices.unread_count(told.uid)) == (True, 0)


def test_an_empty_inbox_says_what_will_be_here(leader, client_for):
    assert "没有消息" in client_for(leader).get("/notices/").content.decode()


@pytest.mark.parametrize("is_demo", [True, False])
def test_what_an_invented_person_reads_is_marked(told, client_for, is_demo):
    type(told).objects.filter(pk=told.pk).update(is_demo=is_demo)
    page = client_for(told).get("/notices/").content.decode()
    assert page.count("演示数据") == is_demo
