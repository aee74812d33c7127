"""manage.py open_round 2026Q4 [--group 341100] [--opens-on 2026-11-22]"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from core.dates import parse_date
from core.errors import RuleViolation
from core.periods import Quarter
from organization.models import CoordinationGroup
from quarters.actions.opening import open_round


class Command(BaseCommand):
    help = "开启一个季度的填报"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", help="季度，如 2026Q4")
        parser.add_argument("--group", default="341100", help="协调小组代码")
        parser.add_argument("--opens-on", help="开始填报的日期，如 2026-11-22；默认为季末次日")

    def handle(self, *args: Any, **options: Any) -> None:
        group = CoordinationGroup.objects.filter(code=options["group"]).first()
        if group is None:
            raise CommandError(f"没有代码为“{options['group']}”的协调小组，请用 --group 给出已有的代码。")
        try:
            opens_on = options["opens_on"]
            dates = {"opens_on": parse_date(opens_on)} if opens_on else {}
            round_ = open_round(group, Quarter.parse(options["period"]), by=None, at=clock.now(), dates=dates)
        except (RuleViolation, ValueError) as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"已开启{group.name}{round_}填报：应报{round_.submissions.count()}件。")
