"""Every figure of the dashboard equals what the dumped rows give without a line of the portal's code."""

import ast
import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db.models import Model
from django.test import Client

from core import clock
from metrics import models as metrics
from organization import models as organization
from reporting import models as reporting
from tasks import models as tasks
from tests.dashboards import recompute
from tests.dashboards.recompute import Records, Round, rounds_of
from tests.dashboards.recompute.records import rounded
from tests.dashboards.shown_page import ShownPage

pytestmark = pytest.mark.django_db
# Rows that were recorded; neither tallies nor snapshots, which are derived from them.
DUMPED: tuple[type[Model], ...] = (
    *(organization.Unit, organization.CoordinationGroup, reporting.ReportingRound, reporting.Submission),
    *(reporting.ReviewEvent, reporting.RoundException, tasks.Plan, tasks.ReformArea, tasks.Task),
    *(tasks.TaskEvent, tasks.Assignment, tasks.Milestone, tasks.ProgressReport, tasks.ReportVersion),
    *(tasks.TaskMeasure, tasks.LightRule, metrics.Indicator, metrics.Target, metrics.TaskIndicator),
    *(metrics.FigureSheet, metrics.Observation),
)
SHOWN = 6


def dumped() -> list[dict]:
    found = (model._default_manager.all() for model in DUMPED)
    return [row for rows in found for row in json.loads(serializers.serialize("json", rows))]


def said(page: ShownPage) -> dict:
    """What the page shows."""
    return {
        "figures": page.figures,
        "areas": page.areas,
        "behind": page.behind,
        "behind in all": page.behind_total,
        "owing": page.owing,
        "units": page.units,
        "indicators": page.indicators,
        "coordination": page.count_of("coordination"),
        "differences": page.count_of("differences"),
    }


def expected(round_: Round) -> dict:
    """What it should show."""
    behind = round_.behind()
    return {
        "figures": sentence(round_),
        "areas": round_.areas(),
        "behind": [row_of(round_, row) for row in behind[:SHOWN]],
        "behind in all": len(behind),
        "owing": round_.owing(),
        "units": {name: unit_of(*row) for name, row in round_.units().items()},
        "indicators": {name: figures_of(*row) for name, row in round_.indicators().items()},
        "coordination": len([row for row in round_.tasks if row.coordination]),
        "differences": len([row for row in round_.tasks if row.differs]),
    }


def sentence(round_: Round) -> dict[str, str]:
    count, owing = round_.count(), round_.owing().values()
    overdue = sum(1 for row in owing if row[0])
    waiting = sum(1 for row in owing if row[1] and not row[0])
    figures = {
        "total": sum(count.values),
        "reached": count.reached,
        "assessed": count.assessed,
        "behind": count.behind,
        "unreported": count.by_part["unreported"],
        "waiting": count.by_part["waiting"],
        "unsettled": count.by_part["unsettled"],
        "exempt": count.by_part["exempt"],
        "unreported-reds": len([row for row in round_.tasks if row.is_unreported_red]),
        "overdue-units": overdue,
        "waiting-units": 0 if overdue else waiting,
        "coordination": len([row for row in round_.tasks if row.coordination]),
        "differences": len([row for row in round_.tasks if row.differs]),
    }
    always = {"total", "reached"}
    text = {name: str(value) for name, value in figures.items() if value or name in always}
    return text | ({"share": percent_of(count.percent)} if count.assessed else {})


def percent_of(percent):
    return "—" if percent is None else f"{percent}%"


def row_of(round_, row):
    lead = round_.lead_of(row.task["pk"])
    quarters = f"{row.quarters}季" if row.is_behind else "—"
    return row.task["title"], lead["short_name"] if lead else "—", row.numbers, quarters


def unit_of(reached, assessed, percent, change):
    points = "—" if change is None else f"{change:+}" if change else "持平"
    return f"{reached} / {assessed}", percent_of(percent) if assessed else "不考核", points


def figures_of(precision, *values):
    return tuple(
        rounded(value, precision) if isinstance(value, Decimal) else value or "—" for value in values
    )


def compare(client: Client, round_: Round, group: str = "341100") -> None:
    """Holds a round's page against the rows."""
    page = ShownPage(client.get(f"/dashboard/?group={group}&round={round_.name}").content.decode())
    assert said(page) == expected(round_)


def rounds_in(rows: list[dict], group: str = "341100") -> dict[str, Round]:
    return rounds_of(Records(rows), group, clock.today())


def test_the_small_city_is_as_its_rows_say(world, client_for):
    compare(client_for(world.people["leader"]), rounds_in(dumped())["2026Q3"])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_invented_city_is_as_its_rows_say(client_for, seed):
    call_command("load_facts")
    call_command("load_demo", seed=seed)
    rows = dumped()
    for account, group, at_least in (("demo-leader", "341100", 9), ("demo-county-leader", "341181", 5)):
        client = client_for(organization.User.objects.get(username=account))
        rounds = rounds_in(rows, group)
        assert len(rounds) >= at_least
        for round_ in rounds.values():
            compare(client, round_, group)


WRONG = [
    ("reporting.submission", {"state": "accepted"}, {"state": "pending"}),
    ("tasks.task", {"due_on": None}, {"due_on": "2026-01-31"}),
    ("tasks.progressreport", {}, {"task": 0}),
    ("tasks.assignment", {"role": "lead"}, {"role": "assist"}),
    ("metrics.target", {"quarter": 3}, {"value": "1"}),
    ("organization.unit", {}, {"short_name": "别的单位"}),
]


@pytest.mark.parametrize(("model", "found", "wrong"), WRONG)
def test_a_wrong_row_changes_the_outcome(world, client_for, model, found, wrong):
    rows = dumped()
    for row in rows:
        if row["model"] == model and found.items() <= row["fields"].items():
            row["fields"] |= wrong
    with pytest.raises(AssertionError):
        compare(client_for(world.people["leader"]), rounds_in(rows)["2026Q3"])


def test_the_second_computation_uses_nothing_of_the_portal():
    own = "tests.dashboards.recompute"
    sources = [ast.parse(path.read_text()) for path in Path(recompute.__file__).parent.glob("*.py")]
    nodes = [node for source in sources for node in ast.walk(source)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    foreign = {name for name in names if not name.startswith(own)}
    assert {name.split(".")[0] for name in foreign} - sys.stdlib_module_names == set()
