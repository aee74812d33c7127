"""manage.py publish_round 2026Q3 [--group 341100] [--reason 提前发布原因]"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from core.errors import RuleViolation
from core.periods import Quarter
from quarters.actions.publishing import publish_round
from reporting.models import ReportingRound


class Command(BaseCommand):
    help = "发布一个季度的填报结果"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", help="季度，如 2026Q3")
        parser.add_argument("--group", default="341100", help="协调小组代码")
        parser.add_argument("--reason", default="", help="提前发布原因，仍有单位在填报时限内时必填")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = Quarter.parse(options["period"])
            round_ = ReportingRound.objects.get(
                group__code=options["group"], year=period.year, quarter=period.quarter
            )
            snapshot = publish_round(round_, by=None, at=clock.now(), reason=options["reason"])
        except ReportingRound.DoesNotExist:
            raise CommandError(f"{options['group']}没有{options['period']}的填报周期，请先开启。") from None
        except (RuleViolation, ValueError) as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"已发布{round_}第{snapshot.version_no}版，摘要 {snapshot.sha256}。")
