from typing import Any

from django.core.management.base import BaseCommand

from portal.demo import clear_demo


class Command(BaseCommand):
    help = "Removes every row of the demonstration; the facts stay."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"演示数据已清除：{clear_demo()} 行。")
