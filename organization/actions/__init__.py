"""What changes accounts, grants, sessions and units: each step in one transaction, audited inside."""

from organization.actions.accounts import (
    NewAccount,
    create_account,
    disable_account,
    enable_account,
    reset_password,
)
from organization.actions.grants import end_grant, grant_role
from organization.actions.sign_in import change_password, sign_in, sign_out
from organization.actions.unit_life import end_unit, refuse_open_work, set_successor
from organization.actions.unit_names import add_alias, keep_former_name, remove_alias, rename
from organization.actions.unit_sets import add_to_set, create_set, remove_from_set

__all__ = [
    "NewAccount",
    "add_alias",
    "add_to_set",
    "change_password",
    "create_account",
    "create_set",
    "disable_account",
    "enable_account",
    "end_grant",
    "end_unit",
    "grant_role",
    "keep_former_name",
    "refuse_open_work",
    "remove_alias",
    "remove_from_set",
    "rename",
    "reset_password",
    "set_successor",
    "sign_in",
    "sign_out",
]
