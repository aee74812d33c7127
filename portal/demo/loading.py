"""Loads the demonstration once, in one transaction, in the order in which it would have happened."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from core import audit, clock, notices
from core.errors import RuleViolation
from core.formats import date_text
from core.periods import Quarter
from metrics.models import Indicator
from organization.models import CoordinationGroup, User
from portal.demo.accounts import People, make_people
from portal.demo.calendar import FIRST, DemoCalendar
from portal.demo.chance import DEFAULT_SEED, Chance
from portal.demo.closing import apply_for_nearly_reached, close_reached, end_year
from portal.demo.content import Content, read
from portal.demo.figures import make_history, make_indicators, make_shares, make_targets
from portal.demo.honours import make_honours
from portal.demo.numbers import Numbers
from portal.demo.plans import Offices, Planner, YearPlan, city_tasks, county_tasks
from portal.demo.registers import Registers, make_registers
from portal.demo.rounds import Player
from portal.demo.sources import make_sources
from portal.demo.standing import Standings
from portal.demo.texts import Texts
from portal.demo.versions import REVISED_AFTER, revise_plan
from portal.demo.wording import Writer
from tasks.models import Task

EARLIEST = FIRST.next().first_day
# The time of day of a demonstration whose day is given.
EVENING = datetime.time(18)


class DemoRefused(RuleViolation):
    """The demonstration cannot be loaded here; the message says why and what to do."""


def load_demo(*, seed: int = DEFAULT_SEED, today: datetime.date | None = None) -> bool:
    """True when it was loaded, False when it stood already. DemoRefused outside demonstration settings.

    Another seed gives another city of the same shape. `today` is the day as which it is loaded, the clock's unless given.
    """
    if not settings.PORTAL_DEMO:
        raise DemoRefused("演示数据只能在演示环境中载入，当前环境不允许。")
    group = CoordinationGroup.objects.filter(code=settings.PORTAL_DEFAULT_GROUP).first()
    if group is None:
        raise DemoRefused("尚未载入事实，请先执行 load_facts。")
    if User.objects.filter(is_demo=True).exists():
        return False
    calendar = calendar_of(today)
    if calendar.today < EARLIEST:
        raise DemoRefused(f"演示数据从{FIRST.label}开始，请在{date_text(EARLIEST)}及以后载入。")
    with transaction.atomic():
        City(group, calendar, Chance(seed)).load()
    return True


def calendar_of(today: datetime.date | None) -> DemoCalendar:
    if today is None:
        return DemoCalendar(today=clock.today(), now=clock.now())
    now = datetime.datetime.combine(today, EVENING, tzinfo=clock.SHANGHAI)
    return DemoCalendar(today=today, now=now)


@dataclass
class Scene:
    """A group on its way through the years."""

    player: Player
    tasks_of_year: dict[int, list[Content]]
    plans: dict[int, YearPlan]


class City:
    """The whole demonstration of one seed on one day."""

    def __init__(self, city: CoordinationGroup, calendar: DemoCalendar, chance: Chance) -> None:
        self.city, self.calendar, self.chance = city, calendar, chance
        self.content = read("city")
        self.county_area: str = self.content["county"]["area"]
        self.numbers = Numbers(read("figures"), chance)
        self.standings = Standings(self.numbers, chance)

    def prepare(self) -> list[Scene]:
        """Registers, people, indicators and targets; the city and the county before their first plan."""
        registers = make_registers(self.content, make_sources(read("sources")), self.city)
        people = make_people(self.content, registers, self.calendar)
        make_indicators(read("figures"), registers.units)
        make_targets(self.numbers, registers, self.county_area, self.calendar.years)
        make_history(self.numbers, registers, self.county_area, self.calendar)
        make_honours(read("honors"), self.calendar.today.year)
        return self._scenes(registers, people)

    def load(self) -> None:
        scenes = self.prepare()
        for quarter in (*self.calendar.published, self.calendar.open_quarter):
            for scene in scenes:
                if quarter.year in scene.tasks_of_year:
                    self._play(scene, quarter)
        for scene in scenes:
            for year in self.calendar.years:
                self.plan(scene, year)
        audit.record(
            "载入演示数据", by=None, label=f"第{self.chance.seed}号演示城市", group_code=self.city.code
        )

    def _scenes(self, registers: Registers, people: People) -> list[Scene]:
        used: Counter[str] = Counter()
        county, first_year = self.content["county"], self.content["county"]["first_year"]
        areas: list[str] = self.content["areas"]
        city_years = {
            year: city_tasks(read("tasks"), areas, registers.units, year) for year in self.calendar.years
        }
        county_years = {
            year: county_tasks(read("county"), self.county_area)
            for year in self.calendar.years
            if year >= first_year
        }
        city_offices = Offices(people["demo-office"], people["demo-office2"], people["demo-officehead"])
        county_office = people["demo-county-office"]
        county_offices = Offices(county_office, county_office, people["demo-county-officehead"])
        return [
            self._scene(registers, people, registers.city, city_offices, city_years, areas, used, ""),
            self._scene(
                registers,
                people,
                registers.county,
                county_offices,
                county_years,
                county["places"],
                used,
                self.county_area,
            ),
        ]

    def _scene(
        self,
        registers: Registers,
        people: People,
        group: CoordinationGroup,
        offices: Offices,
        tasks_of_year: dict[int, list[Content]],
        places: list[str],
        used: Counter[str],
        figure_area: str,
    ) -> Scene:
        founding = Task.objects.filter(plan__is_founding=True).select_related("area")
        planner = Planner(
            group=group,
            units=registers.units,
            offices=offices,
            people=people,
            numbers=self.numbers,
            standings=self.standings,
            chance=self.chance,
            calendar=self.calendar,
            founding={task.code: task for task in founding},
            indicators={row.name: row for row in Indicator.objects.all()},
            sources=registers.sources,
        )
        industries = read("tasks")["industries"]
        writer = Writer(places, industries, used)
        texts = Texts(writer, read("wording"), self.numbers, self.standings, self.chance)
        return Scene(Player(planner, texts, self.chance, figure_area), tasks_of_year, {})

    def plan(self, scene: Scene, year: int) -> YearPlan | None:
        """The year's plan, made when it is first asked for."""
        if year in scene.tasks_of_year and year not in scene.plans:
            is_city = scene.player.group == self.city
            making = read("tasks")["in_the_making"] if is_city and year == self.calendar.today.year else []
            scene.plans[year] = scene.player.planner.make(
                scene.tasks_of_year[year], year, scene.plans.get(year - 1), making
            )
        return scene.plans.get(year)

    def _play(self, scene: Scene, quarter: Quarter) -> None:
        plan, player = self.plan(scene, quarter.year), scene.player
        if plan is None:
            return
        if quarter == self.calendar.open_quarter:
            _read_old_notices(at=self.calendar.opened_at(quarter))
            opened = player.open(quarter)
            player.perform(opened, plan)
            apply_for_nearly_reached(player.planner, plan, opened)
            return
        round_ = player.open(quarter)
        player.write(round_, plan)
        close_reached(player.planner, plan, round_)
        published_at = player.publish(round_)
        if player.group == self.city:
            make_shares(self.numbers, self.city, quarter, published_at, player.planner.offices.head)
        if quarter == REVISED_AFTER and player.group == self.city:
            revise_plan(player.planner, plan)
        if quarter.is_year_end:
            end_year(player.planner, plan, clock.shanghai_date(published_at))


def _read_old_notices(*, at: datetime.datetime) -> None:
    """Messages of the published quarters have been read; only the open one's are new."""
    for uid in User.objects.filter(is_demo=True).values_list("uid", flat=True):
        notices.mark_read(uid, at=at)
