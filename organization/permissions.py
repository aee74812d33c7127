"""Who may do what, read from the role grants on every request (a grant that ends works at once)."""

import functools

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from core.prepared import Prepared
from organization.models import CoordinationGroup, Person, RoleGrant, Tenure, Unit, User
from organization.roles import OFFICE, OFFICE_HEAD, UNIT_ROLES


def active_grants(user: User) -> tuple[RoleGrant, ...]:
    """The grants in force, read once per request: they hang on the user object that the request loaded."""
    cached: tuple[RoleGrant, ...] | None = getattr(user, "_active_grants", None)
    if cached is None:
        cached = tuple(_grants_of(user.pk).rows()) if user.is_business else ()
        user._active_grants = cached  # type: ignore[attr-defined]
    return cached


@functools.lru_cache(maxsize=1024)
def _grants_of(user_pk: int) -> Prepared[RoleGrant]:
    """The statement only; the rows are read on every request."""
    return Prepared(RoleGrant.objects.active().filter(user_id=user_pk).select_related("unit", "group"))


def group_ids(user: User, *roles: str) -> set[int]:
    """Groups in which the user holds one of the roles."""
    return {grant.group_id for grant in active_grants(user) if grant.group_id and grant.role in roles}


def unit_ids(user: User, *roles: str) -> set[int]:
    """Units for which the user holds one of the roles."""
    return {grant.unit_id for grant in active_grants(user) if grant.unit_id and grant.role in roles}


def holds(user: User, *roles: str) -> bool:
    """Whether the user holds one of the roles anywhere."""
    return any(grant.role in roles for grant in active_grants(user))


def holds_for_group(user: User, group_id: int, *roles: str) -> bool:
    return group_id in group_ids(user, *roles)


def holds_for_unit(user: User, unit_id: int, *roles: str) -> bool:
    return unit_id in unit_ids(user, *roles)


def acting_units(user: User) -> tuple[Unit, ...]:
    """The units the user is liaison or signer of, each once, in the official order."""
    units = {
        grant.unit.pk: grant.unit for grant in active_grants(user) if grant.unit and grant.role in UNIT_ROLES
    }
    return tuple(sorted(units.values(), key=lambda unit: (unit.position, unit.code)))


def own_group(user: User) -> CoordinationGroup | None:
    """The group a page shows unless told otherwise: one of the user's roles, else of the user's units, else
    the city's. The upper group comes first; None only where no group has been entered yet."""
    held = [grant.group for grant in active_grants(user) if grant.group]
    if held:
        return min(held, key=lambda group: (group.parent_id is not None, group.code))
    groups = CoordinationGroup.objects.order_by(F("parent").asc(nulls_first=True), "code")
    units = unit_ids(user, *UNIT_ROLES)
    joined = groups.filter(members__unit__in=units, members__ended_on=None).first() if units else None
    return joined or groups.filter(code=settings.PORTAL_DEFAULT_GROUP).first()


def can_view_group(user: User, group: CoordinationGroup) -> bool:
    """Whether pages about this group are open to the user (the predicate of `visible_to`)."""
    return CoordinationGroup.objects.visible_to(user).filter(pk=group.pk).exists()


def can_keep_units(user: User) -> bool:
    """Whether the user keeps the registers all groups share, units first: the office of an uppermost group."""
    offices = (grant.group for grant in active_grants(user) if grant.role in {OFFICE, OFFICE_HEAD})
    return any(group is not None and group.parent_id is None for group in offices)


def can_keep_unit(user: User, unit: Unit) -> bool:
    """Whether the user may rename or end this unit: a county's office only units that are members of its own group alone."""
    if can_keep_units(user) or unit.pk is None:
        return holds(user, OFFICE, OFFICE_HEAD)
    own = group_ids(user, OFFICE, OFFICE_HEAD)
    joined = set(unit.memberships.filter(ended_on=None).values_list("group_id", flat=True)) if own else set()
    return bool(joined) and joined <= own


def kept_groups(user: User) -> QuerySet[CoordinationGroup]:
    """The groups whose office the user belongs to, and those right below them."""
    own = group_ids(user, OFFICE, OFFICE_HEAD)
    return CoordinationGroup.objects.filter(Q(pk__in=own) | Q(parent__in=own))


def kept_persons(user: User) -> QuerySet[Person]:
    """Whom an office may see and name among the persons, telephones included: who holds or held a seat of the groups
    it keeps, and whom it registered. Persons of no group at all belong to the uppermost office."""
    groups, tenures = kept_groups(user), Tenure.objects.filter(person=OuterRef("pk"))
    kept = Q(kept_by__in=groups) | Q(Exists(tenures.filter(seat__group__in=groups)))
    if can_keep_units(user):
        kept |= Q(kept_by=None) & ~Q(Exists(tenures))
    return Person.objects.filter(kept)


def can_keep_person(user: User, person: Person) -> bool:
    """Whether the user may rewrite this person: one with a seat in another group too is kept by neither county."""
    if person.pk is None:
        return holds(user, OFFICE, OFFICE_HEAD)
    if not kept_persons(user).filter(pk=person.pk).exists():
        return False
    held = set(Tenure.objects.filter(person=person).values_list("seat__group", flat=True))
    return held <= set(kept_groups(user).values_list("pk", flat=True))
