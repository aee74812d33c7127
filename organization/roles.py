"""Names of the roles, as plain words that pure modules may use (the same values as RoleGrant.Role)."""

OFFICE = "office"
OFFICE_HEAD = "office_head"
LEADER = "leader"
LIAISON = "liaison"
SIGNER = "signer"
ASSESSOR = "assessor"

UNIT_ROLES = frozenset({LIAISON, SIGNER})
GROUP_ROLES = frozenset({OFFICE, OFFICE_HEAD, LEADER, ASSESSOR})
ALL_ROLES = (OFFICE, OFFICE_HEAD, LEADER, LIAISON, SIGNER, ASSESSOR)
