"""Which registers the office may keep in the admin: the one table role → model permissions.

Accounts, role grants and the audit never stand here: they have pages of their own with their own rules.
Registers end and never vanish, so nothing may be deleted but spellings and members of collective names.
"""

from organization.roles import OFFICE, OFFICE_HEAD

REGISTERS: dict[str, tuple[str, ...]] = {
    "organization": (
        *("unit", "unitname", "unitalias", "unitset", "unitsetmember"),
        *("coordinationgroup", "groupterm", "groupmember", "person", "seat", "tenure"),
    ),
    "reporting": ("workcalendar",),
    "tasks": (
        *("plan", "policydocument", "clause", "reformarea", "areacrossing"),
        *("task", "milestone", "lightrule"),
    ),
    "metrics": ("indicator", "target", "taskindicator"),
    "honors": ("honorkind", "honorbatch", "honorbatchkind"),
    "activities": ("industry",),
}
READ_ONLY: dict[str, tuple[str, ...]] = {
    "core": ("sourcesection",),
    "reporting": ("reportinground", "submission", "reviewevent", "roundsnapshot", "roundexception"),
    "tasks": ("assignment", "taskorigin", "planline", "taskevent", "progressreport", "taskmeasure"),
    "metrics": ("figuresheet", "figureentry", "observation"),
}
# Rows that come in from a file only: nobody types or changes one.
ADDED_BY_FILE: dict[str, tuple[str, ...]] = {"metrics": ("observation",)}
DELETABLE: dict[str, tuple[str, ...]] = {
    "organization": ("unitalias", "unitsetmember"),
    "honors": ("honorbatchkind",),
}


def _permissions(action: str, table: dict[str, tuple[str, ...]]) -> frozenset[str]:
    return frozenset(f"{app}.{action}_{model}" for app, models in table.items() for model in models)


OFFICE_PERMISSIONS = (
    _permissions("view", REGISTERS)
    | _permissions("add", REGISTERS)
    | _permissions("change", REGISTERS)
    | _permissions("view", READ_ONLY)
    | _permissions("add", ADDED_BY_FILE)
    | _permissions("delete", DELETABLE)
)
ROLE_PERMISSIONS: dict[str, frozenset[str]] = {OFFICE: OFFICE_PERMISSIONS, OFFICE_HEAD: OFFICE_PERMISSIONS}


def permissions_of(roles: frozenset[str]) -> set[str]:
    """The model permissions of someone who holds these roles."""
    return {permission for role in roles for permission in ROLE_PERMISSIONS.get(role, ())}
