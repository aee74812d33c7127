"""Loads the demonstration once, in one transaction, in the order in which it would have happened."""

import datetime
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from core import audit, clock, notices
from core.errors import RuleViolation
from organization.models import CoordinationGroup, User
from portal.demo.accounts import make_people
from portal.demo.calendar import OPEN_INDEX, DemoCalendar
from portal.demo.figures import make_figures
from portal.demo.plan import close_tasks, make_plan, start_tasks
from portal.demo.rounds import play_round
from quarters.actions.tallies import rebuild_group

DEMO_PATH = Path(settings.BASE_DIR) / "fixtures" / "demo.yaml"


class DemoRefused(RuleViolation):
    """The demonstration cannot be loaded here; the message says why and what to do."""


def load_demo() -> bool:
    """True when it was loaded, False when it stood already. DemoRefused outside demonstration settings."""
    if not settings.PORTAL_DEMO:
        raise DemoRefused("演示数据只能在演示环境中载入，当前环境不允许。")
    group = CoordinationGroup.objects.filter(code=settings.PORTAL_DEFAULT_GROUP).first()
    if group is None:
        raise DemoRefused("尚未载入事实，请先执行 load_facts。")
    if User.objects.filter(is_demo=True).exists():
        return False
    with transaction.atomic():
        _load(group, DemoCalendar(today=clock.today(), now=clock.now()))
    return True


def _load(group: CoordinationGroup, calendar: DemoCalendar) -> None:
    content: dict[str, Any] = yaml.safe_load(DEMO_PATH.read_text(encoding="utf-8"))
    people = make_people(group, calendar)
    make_figures(content, group, calendar)
    tasks = make_plan(content, group, calendar)
    start_tasks(content, tasks, people, calendar)
    for index in range(OPEN_INDEX + 1):
        if index == OPEN_INDEX:
            _read_old_notices(at=calendar.moment(calendar.dates(index)["opens_on"], 8))
        play_round(content, group, people, calendar, index)
        close_tasks(content, tasks, people, calendar, after=index)
    rebuild_group(group)
    audit.record("载入演示数据", by=None, label=DEMO_PATH.name, group_code=group.code)


def _read_old_notices(*, at: datetime.datetime) -> None:
    """Messages of the published quarters have been read; only the open one's are new."""
    for uid in User.objects.filter(is_demo=True).values_list("uid", flat=True):
        notices.mark_read(uid, at=at)
