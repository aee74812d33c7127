"""Makes the first system administrator of a new portal."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from core.errors import RuleViolation
from organization import actions
from organization.models import User


class Command(BaseCommand):
    help = "建立第一个系统管理员账号；初始口令只显示一次，72小时内有效，首次登录须修改。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="登录名")
        parser.add_argument("display_name", help="姓名")

    def handle(self, *args: Any, **options: Any) -> None:
        kind = User.AccountKind.SYSTEM
        if User.objects.filter(account_kind=kind, is_active=True).exists():
            raise CommandError("已有启用的系统管理员，请由其在“账号管理”中建立其他账号。")
        try:
            account = actions.create_account(
                username=options["username"],
                display_name=options["display_name"],
                account_kind=kind,
                by=None,
                at=clock.now(),
            )
        except RuleViolation as refused:
            raise CommandError(refused.message) from None
        self.stdout.write(f"已建立系统管理员“{account.user.username}”。初始口令：{account.initial_password}")
        self.stdout.write("该口令只显示这一次，72小时内有效，首次登录须修改。")
