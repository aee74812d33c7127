"""Where, when and how the demonstration may be loaded; what the day and the seed change, and what they do not."""

import datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from organization.models import CoordinationGroup, User
from portal.demo import DemoRefused, clear_demo, load_demo
from portal.demo.chance import DEFAULT_SEED, Chance
from portal.demo.loading import City, calendar_of
from portal.demo.performing import perform
from portal.demo.stories import Story
from portal.demo.writing import write_stories
from portal.facts import load_facts
from quarters.queries.findings import findings_of
from reporting.models import ReportingRound, Submission
from tests.demo_city import rows_of
from tests.portal.dumps import dump_all

Rows = dict[str, dict[str, list[str]]]
SAMPLED_DAY = datetime.date(2024, 8, 20)


@pytest.fixture
def facts(db: None) -> str:
    load_facts()
    return dump_all()


def published_until_mid_2026() -> Rows:
    rounds = ReportingRound.objects.published().select_related("group")
    return {f"{r.group.code} {r.period}": rows_of(r) for r in rounds if (r.year, r.quarter) <= (2026, 2)}


def test_another_day_changes_only_what_came_later(facts: str) -> None:
    load_demo(today=datetime.date(2026, 10, 8))
    first = published_until_mid_2026()
    opened = ReportingRound.objects.get(published_at=None, group__code="341100")
    assert (str(opened.period), opened.phase_on(datetime.date(2026, 10, 8)).value) == ("2026Q3", "filling")
    clear_demo()
    load_demo(today=datetime.date(2027, 6, 30))
    later = published_until_mid_2026()
    assert (len(first), first.keys()) == (16, later.keys())
    assert {key: later[key] for key in first} == first
    assert ReportingRound.objects.filter(published_at=None).values_list("year", "quarter")[0] == (2027, 1)
    clear_demo()
    assert dump_all() == facts


def test_it_loads_on_the_first_day_there_is(facts: str) -> None:
    load_demo(today=datetime.date(2024, 4, 1))
    assert str(ReportingRound.objects.get().period) == "2024Q1"


def test_it_is_refused_before_the_first_quarter_has_ended(facts: str) -> None:
    with pytest.raises(DemoRefused) as refused:
        load_demo(today=datetime.date(2024, 3, 31))
    assert refused.value.message == "演示数据从2024年一季度开始，请在2024年4月1日及以后载入。"


def test_another_seed_gives_another_city_of_the_same_shape(facts: str) -> None:
    day = datetime.date(2024, 11, 22)
    shapes, texts = set(), []
    for seed in (DEFAULT_SEED, 1, 2):
        load_demo(seed=seed, today=day)
        rows = Submission.objects.filter(round__published_at__isnull=False)
        shapes.add(
            (
                Submission.objects.count(),
                rows.filter(is_late=True).count(),
                rows.filter(state="pending").count(),
            )
        )
        texts.append(rows_of(ReportingRound.objects.get(year=2024, quarter=1))["ProgressReport"])
        assert [finding for round_ in ReportingRound.objects.all() for finding in findings_of(round_)] == []
        clear_demo()
    assert len(shapes) == 1
    assert texts[0] != texts[1] != texts[2]


def sampled(stories: list[Story]) -> list[Story]:
    """One story of each kind and way, with leave to be late and without, with progress and without."""
    found: dict[tuple[object, ...], Story] = {}
    for story in stories:
        is_nil = any((step.fields or {}).get("is_nil") for step in story.steps)
        way = tuple(step.name for step in story.steps)
        found.setdefault((story.submission.kind, way, is_nil, story.extension is None), story)
    return list(found.values())


def rows_after(play: str) -> dict[str, list[str]]:
    """A quarter of a small sample, written in bulk or played through the real actions; rolled back."""
    with transaction.atomic():
        group = CoordinationGroup.objects.get(code="341100")
        city = City(group, calendar_of(SAMPLED_DAY), Chance())
        scene = city.prepare()[0]
        plan = city.plan(scene, 2024)
        assert plan is not None
        round_ = scene.player.open(city.calendar.published[0])
        stories = scene.player.stories(round_, plan)
        Submission.objects.bulk_update([story.submission for story in stories], ["uid"])
        chosen = sampled(stories)
        if play == "write":
            write_stories(round_, chosen)
        else:
            for story in chosen:
                perform(story)
        found = rows_of(round_)
        transaction.set_rollback(True)
    assert len(chosen) > 10
    return found


def test_what_is_written_in_bulk_equals_what_the_actions_leave(facts: str) -> None:
    written, played = rows_after("write"), rows_after("perform")
    assert {name: len(rows) for name, rows in written.items()} == {
        name: len(rows) for name, rows in played.items()
    }
    for name in written:
        assert [(one, two) for one, two in zip(written[name], played[name], strict=True) if one != two] == []


def test_it_is_refused_outside_demonstrations(facts: str, settings: Any) -> None:
    settings.PORTAL_DEMO = False
    with pytest.raises(DemoRefused):
        load_demo()
    with pytest.raises(CommandError) as refused:
        call_command("load_demo")
    assert str(refused.value) == "演示数据只能在演示环境中载入，当前环境不允许。"
    assert (User.objects.count(), dump_all()) == (0, facts)


def test_it_asks_for_the_facts_first(db: None) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("load_demo")
    assert str(refused.value) == "尚未载入事实，请先执行 load_facts。"
