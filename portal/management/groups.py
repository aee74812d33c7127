"""`--group CODE` of the commands that go over coordination groups."""

from django.core.management.base import CommandError, CommandParser

from organization.models import CoordinationGroup


def add_group_argument(parser: CommandParser) -> None:
    parser.add_argument("--group", default="", metavar="CODE", help="only this coordination group")


def chosen_groups(code: str) -> list[CoordinationGroup]:
    """The group named, or all of them. CommandError where there is no such group."""
    groups = CoordinationGroup.objects.order_by("code")
    found = list(groups.filter(code=code) if code else groups)
    if code and not found:
        raise CommandError(f"没有代码为“{code}”的协调小组。")
    return found
