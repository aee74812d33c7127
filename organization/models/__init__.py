"""Units, groups, people and accounts: who takes part in the reform, and in what right."""

from organization.models.groups import CoordinationGroup, GroupMember, GroupTerm, Person, Seat, Tenure
from organization.models.units import Unit, UnitAlias, UnitName, UnitSet, UnitSetMember
from organization.models.users import PastPassword, RoleGrant, User

__all__ = [
    "CoordinationGroup",
    "GroupMember",
    "GroupTerm",
    "PastPassword",
    "Person",
    "RoleGrant",
    "Seat",
    "Tenure",
    "Unit",
    "UnitAlias",
    "UnitName",
    "UnitSet",
    "UnitSetMember",
    "User",
]
