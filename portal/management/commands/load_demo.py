from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.demo import DemoRefused, clear_demo, load_demo
from portal.demo.chance import DEFAULT_SEED


class Command(BaseCommand):
    help = "Loads the demonstration beside the facts; does nothing where it stands already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--refresh", action="store_true", help="clear first, so that due dates follow today"
        )
        parser.add_argument(
            "--seed",
            type=int,
            default=DEFAULT_SEED,
            help="another number gives another city of the same shape",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["refresh"]:
                clear_demo()
            loaded = load_demo(seed=options["seed"])
        except DemoRefused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(
            "演示数据已载入。" if loaded else "演示数据已存在，未作更改；重新载入请加 --refresh。"
        )
