from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.management.groups import add_group_argument, chosen_groups
from portal.queries.integrity import faults

SHOWN = 20


class Command(BaseCommand):
    help = "Compares tallies, snapshots, digests and the audit chain with what they rest on; exits with 1 on faults."

    def add_arguments(self, parser: CommandParser) -> None:
        add_group_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for title, sentences in faults(chosen_groups(options["group"])):
            count += self._tell(title, sentences)
        if count:
            raise CommandError(f"共发现{count}处问题。汇总数据可用 rebuild_tallies 重建；其余须查明原因。")
        self.stdout.write("检查完成，没有发现问题。")

    def _tell(self, title: str, sentences: Iterator[str]) -> int:
        """Prints the first faults by name and returns how many there are."""
        number = 0
        for number, sentence in enumerate(sentences, start=1):
            if number <= SHOWN:
                self.stdout.write(f"{title}：{sentence}")
        if number > SHOWN:
            self.stdout.write(f"{title}：另有{number - SHOWN}处未列出。")
        return number
