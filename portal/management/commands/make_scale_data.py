from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.scale import STANDARD, TINY, ScaleRefused, make_scale_data


class Command(BaseCommand):
    help = "Fills an empty, migrated database with invented cities for measuring (portal/scale says which)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--factor", type=int, default=1, help="how many cities of ten years")
        parser.add_argument("--seed", type=int, default=20260101)
        parser.add_argument("--tiny", action="store_true", help="cities of a few rows, to test the command")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["factor"] < 1:
            raise CommandError("倍数须为正整数。")
        shape = TINY if options["tiny"] else STANDARD
        try:
            make_scale_data(
                factor=options["factor"], shape=shape, seed=options["seed"], say=self.stdout.write
            )
        except ScaleRefused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"规模数据已生成：{options['factor']}×，种子{options['seed']}。")
