"""Where and when the demonstration may be loaded."""

import datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from core import clock
from core.periods import Quarter
from organization.models import User
from portal.demo import DemoRefused, clear_demo, load_demo
from portal.facts import load_facts
from reporting.models import ReportingRound
from tests.portal.dumps import dump_all


@pytest.fixture
def facts(db: None) -> str:
    load_facts()
    return dump_all()


@pytest.mark.parametrize("today", ["2027-01-01", "2026-04-01", "2026-08-15", "2028-02-29"])
def test_it_loads_on_any_day(facts: str, settings: Any, today: str) -> None:
    settings.PORTAL_TODAY = today
    load_demo()
    opened = ReportingRound.objects.get(published_at=None)
    assert opened.period == Quarter.of(datetime.date.fromisoformat(today)).previous()
    assert opened.phase_on(clock.today()).value == "filling"
    clear_demo()
    assert dump_all() == facts


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
