from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.management.groups import add_group_argument, chosen_groups
from quarters.actions.tallies import rebuild_group


class Command(BaseCommand):
    help = "Rebuilds every tally: open rounds from their rows, published ones from their snapshots."

    def add_arguments(self, parser: CommandParser) -> None:
        add_group_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        for group in chosen_groups(options["group"]):
            self.stdout.write(f"{group.name}：已重建{rebuild_group(group)}个填报周期的汇总数据。")
