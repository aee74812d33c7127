from typing import Any

from django.core.management.base import BaseCommand

from portal.facts import load_facts


class Command(BaseCommand):
    help = "Loads the facts of the founding document; a second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = load_facts()
        self.stdout.write(
            f"事实已载入：{outcome.added} 新增，{outcome.changed} 更改（文件摘要 {outcome.sha256[:12]}）。"
        )
