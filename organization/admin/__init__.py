"""The registers of the organization as the office keeps them; accounts and grants are only looked at."""

from organization.admin import accounts, groups, units

__all__ = ["accounts", "groups", "units"]
