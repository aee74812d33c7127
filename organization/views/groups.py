"""The page of the coordination group and its contact directory."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.exports import audited_workbook
from core.tables import Head, SortedPage, sorted_page
from organization.access import account_kind_required, current_group, role_required
from organization.exports import CONTACT_COLUMNS, contact_cells
from organization.forms.lists import ContactFilter, DayFilter
from organization.permissions import holds
from organization.queries.contacts import contact_row, contacts, member_choices, seat_contacts
from organization.queries.groups import group_page
from organization.roles import ALL_ROLES

SORTS = {
    "role": ("role_place", "unit_place", "user__display_name"),
    "name": ("user__display_name",),
    "unit": ("unit_place", "role_place", "user__display_name"),
}
# A directory is printed whole.
PER_PAGE = 300
HEADS = (Head("姓名", "name"), Head("角色", "role"), Head("单位", "unit"), Head("电话"))


@account_kind_required("business")
@require_safe
def group_detail(request: HttpRequest) -> HttpResponse:
    """The group of `?group=` on a day: names over time, seats, people named, members."""
    day = DayFilter(request.GET)
    page = group_page(current_group(request), on=day.day, user=request.user)
    words = {"page": page, "day": day, "shows_contacts": holds(request.user, *ALL_ROLES)}
    return render(request, "organization/group_detail.html", words)


@role_required(*ALL_ROLES)
@require_safe
def contact_list(request: HttpRequest) -> HttpResponse:
    """Who to call: holders of seats, the office, the leaders' side, liaisons and signers of the members."""
    group = current_group(request)
    narrowed = ContactFilter(request.GET, units=member_choices(group))
    page = _sorted(request, narrowed)
    rows, seats = [contact_row(grant) for grant in page], _seats(request, narrowed)
    words = {
        "group": group,
        "filter": narrowed,
        "page": page,
        "rows": rows,
        "seats": seats,
        "columns": page.heads(*HEADS),
        "trail": [("首页", "/"), ("协调小组", f"{reverse('organization:group')}?group={group.code}")],
        "shows_demo": any(row.is_demo for row in (*rows, *seats)),
    }
    return render(request, "organization/contact_list.html", words)


@role_required(*ALL_ROLES)
@require_safe
def contact_export(request: HttpRequest) -> HttpResponse:
    """The directory as narrowed and sorted on the page, holders of seats first."""
    narrowed = ContactFilter(request.GET, units=member_choices(current_group(request)))
    grants = _sorted(request, narrowed).paginator.object_list
    rows = contact_cells([*_seats(request, narrowed), *(contact_row(grant) for grant in grants)])
    return audited_workbook(
        by=request.user, filename="通讯录", sheet="通讯录", columns=CONTACT_COLUMNS, rows=rows
    )


def _sorted(request: HttpRequest, narrowed: ContactFilter) -> SortedPage:
    chosen = narrowed.chosen
    found = contacts(current_group(request), role=chosen["role"], unit=chosen["unit"], text=chosen["q"])
    return sorted_page(request, found, sorts=SORTS, default="role", per_page=PER_PAGE)


def _seats(request: HttpRequest, narrowed: ContactFilter) -> list:
    """Holders of seats have no role: a role asked for leaves them out."""
    chosen = narrowed.chosen
    if chosen["role"]:
        return []
    return seat_contacts(current_group(request), unit=chosen["unit"], text=chosen["q"])
