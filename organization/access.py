"""The one rule each view carries: public, signed in, one of some roles, or one of some account kinds.

`LoginRequired` refuses a view without a rule; a test walks every address. The rule is a plain string on the
view, so that the permission matrix can print it.
"""

import functools
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse

from core.context import act_as
from core.errors import NotAllowed
from organization.models import CoordinationGroup, RoleGrant, User
from organization.permissions import active_grants, own_group

View = Callable[..., HttpResponse]
PUBLIC = "public"
SIGNED_IN = "signed_in"


def rule_of(view: View) -> str:
    """The rule of a view; empty where nobody decided one. Views of `core` say only that they are public."""
    if getattr(view, "login_required", True) is False:
        return PUBLIC
    return getattr(view, "access_rule", "")


def public(view: View) -> View:
    """For everybody, signed in or not."""
    return login_not_required(_carrying(PUBLIC, view, view))


def signed_in(view: View) -> View:
    """For every account, whatever its kind."""
    return _carrying(SIGNED_IN, view, view)


def role_required(*roles: str) -> Callable[[View], View]:
    """For whoever holds one of the roles, for any unit or group; the view narrows it to the object."""
    wanted = "、".join(str(RoleGrant.Role(role).label) for role in roles)

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            held = [grant for grant in active_grants(_user(request)) if grant.role in roles]
            if not held:
                raise NotAllowed(f"这项内容供{wanted}办理，您的账号没有这个角色。")
            act_as(held[0].get_role_display(), held[0].unit.name if held[0].unit else "")
            return view(request, *args, **kwargs)

        return _carrying(f"roles:{','.join(roles)}", view, checked)

    return decorate


def account_kind_required(*kinds: str) -> Callable[[View], View]:
    """For accounts of these kinds: the three administrators and the business exclude one another."""
    wanted = "、".join(str(User.AccountKind(kind).label) for kind in kinds)

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            user = _user(request)
            if user.account_kind not in kinds:
                own = user.get_account_kind_display()
                raise NotAllowed(f"这项内容供{wanted}账号使用，您的账号类别是{own}。")
            act_as(
                f"{user.get_account_kind_display()}账号"
                if user.is_business
                else user.get_account_kind_display()
            )
            return view(request, *args, **kwargs)

        return _carrying(f"kinds:{','.join(kinds)}", view, checked)

    return decorate


def background(view: View) -> View:
    """Polling and autosave: no activity of a person, the idle time goes on."""
    view.is_background = True  # type: ignore[attr-defined]
    return view


def current_group(request: HttpRequest) -> CoordinationGroup:
    """The group this page is about: `?group=`, else the user's own, else the city's.

    404 for a code that does not exist or that the user may not see, the same page for both.
    """
    group = getattr(request, "_current_group", None)
    if group is None:
        group = _chosen_group(request)
        request._current_group = group  # type: ignore[attr-defined]
    return group


def _chosen_group(request: HttpRequest) -> CoordinationGroup:
    user = _user(request)
    own = own_group(user)
    code = request.GET.get("group", "")
    if own is not None and code in {"", own.code}:
        return own
    group = CoordinationGroup.objects.visible_to(user).filter(code=code).first() if code else None
    if group is None:
        raise Http404("没有这个协调小组，或不在您的查看范围内。")
    return group


def _user(request: HttpRequest) -> User:
    """LoginRequired has let nobody else through."""
    user = request.user
    if not isinstance(user, User):
        raise NotAllowed("请先登录。")
    return user


def _carrying(rule: str, view: View, result: View) -> View:
    if rule_of(view):
        raise TypeError(f"{view.__module__}.{view.__name__} carries two access rules")
    result.access_rule = rule  # type: ignore[attr-defined]
    return result
