"""What changes accounts, grants and sessions: each step in one transaction, audited inside."""

from organization.actions.accounts import (
    NewAccount,
    create_account,
    disable_account,
    enable_account,
    reset_password,
)
from organization.actions.grants import end_grant, grant_role
from organization.actions.sign_in import change_password, sign_in, sign_out

__all__ = [
    "NewAccount",
    "change_password",
    "create_account",
    "disable_account",
    "enable_account",
    "end_grant",
    "grant_role",
    "reset_password",
    "sign_in",
    "sign_out",
]
