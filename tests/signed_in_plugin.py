"""A mypy plugin: `request.user` is our User, because LoginRequired lets nobody else through.

Public views are the exception; they ask `is_authenticated` first, which both kinds answer.
"""

from __future__ import annotations

from collections.abc import Callable

from mypy.nodes import TypeInfo
from mypy.plugin import AttributeContext, Plugin
from mypy.types import Instance, Type

MODULE, NAME = "organization.models.users", "User"


def _our_user(context: AttributeContext) -> Type:
    """The type of one row of accounts; what Django's plugin says where the module was not read."""
    module = context.api.modules.get(MODULE)
    symbol = module and module.names.get(NAME)
    if symbol and isinstance(symbol.node, TypeInfo):
        return Instance(symbol.node, [])
    return context.default_attr_type


class SignedIn(Plugin):
    """Answers for the one attribute."""

    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        return _our_user if fullname == "django.http.request.HttpRequest.user" else None


def plugin(version: str) -> type[Plugin]:
    return SignedIn
