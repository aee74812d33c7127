"""Who may sign in, and which model permissions a person's roles bring."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db import models

from organization.models import User
from organization.permissions import active_grants
from organization.role_table import permissions_of


class RoleBackend(ModelBackend):
    """Password sign-in at one cost for wrong, disabled and unknown; permissions from the role table.

    Django's own groups and permission rows are never read. A disabled account is nobody on its next
    request, because `get_user` asks again.
    """

    def get_user_permissions(self, user_obj: Any, obj: models.Model | None = None) -> set[str]:
        return set()

    def get_group_permissions(self, user_obj: Any, obj: models.Model | None = None) -> set[str]:
        return set()

    def get_all_permissions(self, user_obj: Any, obj: models.Model | None = None) -> set[str]:
        if obj is not None or not isinstance(user_obj, User) or not user_obj.is_active:
            return set()
        return permissions_of(frozenset(grant.role for grant in active_grants(user_obj)))
