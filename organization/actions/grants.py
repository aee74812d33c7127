"""Role grants: given and ended by the security administrator only (三员分立)."""

import datetime as dt

from django.db import transaction

from core import audit
from core.errors import NotAllowed, RuleViolation
from organization.models import CoordinationGroup, RoleGrant, Unit, User
from organization.roles import UNIT_ROLES


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: str,
    by: User | None,
    at: dt.datetime,
    unit: Unit | None = None,
    group: CoordinationGroup | None = None,
) -> RoleGrant:
    """Gives a business account one role for one unit (联络员, 审签人) or one group (all others).

    `by` None is a command on the server. Locks the account: two grants of the same role cannot race.
    """
    _require_security_administrator(by)
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    _check_holder(user, by)
    unit, group = _scope(role, unit, group)
    same = RoleGrant.objects.filter(user=user, role=role, unit=unit, group=group, ended_at=None)
    if same.exists():
        raise RuleViolation(f"{user.display_name}已有这个角色，不需要重复授予。")
    grant = RoleGrant.objects.create(
        user=user, role=role, unit=unit, group=group, granted_at=at, granted_by=by, is_demo=user.is_demo
    )
    audit.record(
        "授予角色", by=by, obj=grant, unit_name=unit.name if unit else "", after=audit.snapshot(grant)
    )
    return grant


@transaction.atomic
def end_grant(*, grant: RoleGrant, by: User | None, at: dt.datetime) -> RoleGrant:
    """Takes a role back; it works at the holder's next request."""
    _require_security_administrator(by)
    grant = (
        RoleGrant.objects.select_for_update(of=("self",), no_key=True)
        .select_related("user", "unit", "group")
        .get(pk=grant.pk)
    )
    if grant.ended_at is not None:
        raise RuleViolation("这项授权已经收回。")
    if by is not None and grant.user_id == by.pk:
        raise NotAllowed("不能收回自己的授权，请由另一位安全管理员办理。")
    grant.ended_at, grant.ended_by = at, by
    grant.save(update_fields=["ended_at", "ended_by"])
    audit.record("收回角色", by=by, obj=grant, unit_name=grant.unit.name if grant.unit else "")
    return grant


def _require_security_administrator(by: User | None) -> None:
    if by is not None and by.account_kind != User.AccountKind.SECURITY:
        raise NotAllowed("只有安全管理员可以授予和收回角色。")


def _check_holder(user: User, by: User | None) -> None:
    if by is not None and by.pk == user.pk:
        raise NotAllowed("不能给自己授予角色。")
    if not user.is_business:
        raise RuleViolation(f"角色只授予业务账号，“{user.username}”是{user.get_account_kind_display()}账号。")
    if not user.is_active:
        raise RuleViolation(f"账号“{user.username}”已停用，启用后才能授予角色。")


def _scope(
    role: str, unit: Unit | None, group: CoordinationGroup | None
) -> tuple[Unit | None, CoordinationGroup | None]:
    """Unit xor group, as the role asks."""
    label = RoleGrant.Role(role).label
    if role in UNIT_ROLES:
        if unit is None or group is not None:
            raise RuleViolation(f"{label}授予一个单位，请选择单位，协调小组留空。")
    elif group is None or unit is not None:
        raise RuleViolation(f"{label}授予一个协调小组，请选择协调小组，单位留空。")
    return unit, group
