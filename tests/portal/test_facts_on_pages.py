"""The figures of the founding document stand on pages with the section they come from."""

import pytest
from django.core.management import call_command
from django.utils.html import strip_tags

from metrics.models import Indicator
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client_for):
    call_command("load_facts", verbosity=0)
    return client_for(factories.grant("office").user)


def words_of(client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200
    return "".join(strip_tags(page.content.decode()).split())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("技能人才总量", ["33.61万人", "336,100", "三（一）突出工作重点", "2021年10月31日"]),
        ("高技能人才总量", ["10.4万人", "104,000", "三（一）突出工作重点", "2021年10月31日"]),
        ("高技能占比", ["30.9%", "104,000÷336,100", "三（一）突出工作重点"]),
        ("产业工人在省党代会代表中的比例", ["4.25%", "分母未列明", "三（一）突出工作重点"]),
        ("补贴性职业技能培训人次", ["17.75万人次", "177,500", "三（一）突出工作重点"]),
    ],
)
def test_an_indicator_shows_printed_and_computed_values_with_their_section(office, name, words):
    text = words_of(office, Indicator.objects.get(name=name).get_absolute_url())
    assert [word for word in words if word not in text] == []


def test_honours_show_their_share_and_section(office):
    text = words_of(office, "/honors/")
    assert [
        word for word in ("41.71%", "187", "78", "三（一）突出工作重点", "总数未列明") if word not in text
    ] == []


def test_the_group_says_how_many_units_are_not_named(office):
    assert "另有3家未在材料中列名" in words_of(office, "/group/")
