"""What the demonstration adds to the registers: clauses, sections, collective names, earlier names, telephones."""

import re

import pytest

from organization.models import Person, UnitName, UnitSet, User
from portal.demo.content import read
from tasks.models import AreaCrossing, Clause, Task
from tests.people import ClientFor

pytestmark = pytest.mark.usefixtures("demo")

INVENTED = re.compile(r"0550-000 \d{4}")


def test_every_task_rests_on_a_clause_that_says_it_is_invented() -> None:
    tasks = Task.objects.filter(is_demo=True)
    assert tasks.filter(clause=None).count() == 0
    assert {task.clause.document_id == task.document_id for task in tasks.select_related("clause")} == {True}
    note = read("sources")["clause_note"]
    assert Clause.objects.exclude(text__startswith=note).count() == 0
    assert Clause.objects.filter(tasks=None).count() == 0


def test_every_area_answers_to_one_main_section_and_every_section_to_some_area() -> None:
    main = AreaCrossing.objects.filter(is_default=True)
    assert (main.count(), main.values("area").distinct().count()) == (8, 8)
    assert AreaCrossing.objects.values("section").distinct().count() == 9


def test_a_section_of_its_own_is_one_its_area_answers_to() -> None:
    own = Task.objects.filter(is_demo=True, central_section__isnull=False)
    crossed = set(AreaCrossing.objects.values_list("area", "section"))
    assert own.count() == 19
    assert set(own.values_list("area", "central_section")) - crossed == set()


def test_collective_names_stand_for_units() -> None:
    counted = {whole.name: whole.members.count() for whole in UnitSet.objects.filter(is_demo=True)}
    assert counted == {"各县（市、区）人民政府": 8, "各县（市、区）和园区": 10, "各主要责任单位": 8}


def test_two_units_had_another_name_before() -> None:
    before = UnitName.objects.filter(unit__is_demo=True, ended_on__isnull=False)
    assert sorted(before.values_list("name", flat=True)) == ["天长工业园区（演示）", "演示单位乙筹备组"]


def test_everybody_has_a_telephone_that_nobody_answers() -> None:
    phones = [row.phone for model in (User, Person) for row in model.objects.filter(is_demo=True)]
    assert [phone for phone in phones if not INVENTED.fullmatch(phone)] == []
    assert len(set(phones)) == len(phones)


def test_pages_that_show_or_count_what_is_invented_say_so(client_for: ClientFor) -> None:
    client = client_for(User.objects.get(username="demo-office"))
    for url, marks in (("/documents/", 1), ("/documents/03/", 1), ("/units/sets/", 3)):
        assert client.get(url).content.decode().count('tag tag-demo">演示数据') == marks
