"""Which entries the head of the page offers to whom. Pure: roles and counts in, entries out."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from organization.roles import LEADER, LIAISON, OFFICE, OFFICE_HEAD, SIGNER


@dataclass(frozen=True)
class Entry:
    """One entry: where it leads, the paths on which it counts as the current one, the count it shows."""

    label: str
    url: str
    paths: tuple[str, ...]
    badge: int = 0
    active: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Counts:
    """What waits: for the office to review; for a unit to fill in or to sign."""

    review: int = 0
    desk: int = 0


OFFICE_ROLES = frozenset({OFFICE, OFFICE_HEAD})
READER_ROLES = OFFICE_ROLES | {LEADER}
UNIT_ROLES = frozenset({LIAISON, SIGNER})
LIBRARY_PATHS = ("/library/", "/documents/", "/units/", "/group/", "/areas/")
OF_KIND = {
    "audit": (Entry("审计日志", "/audit/", ("/audit/",)),),
    "system": (Entry("账号管理", "/accounts/", ("/accounts/",)),),
    "security": (Entry("角色授权", "/grants/", ("/grants/",)),),
}


def entries_for(account_kind: str, roles: Iterable[str], counts: Counts, path: str) -> list[Entry]:
    """The entries of one person, the one that `path` belongs to marked active."""
    offered = OF_KIND.get(account_kind) or tuple(_business_entries(frozenset(roles), counts))
    return [_marked(entry, path) for entry in offered]


def _business_entries(roles: frozenset[str], counts: Counts) -> Iterable[Entry]:
    is_office = bool(roles & OFFICE_ROLES)
    if is_office or not roles:
        yield Entry("首页", "/", ())
    if roles & READER_ROLES:
        yield Entry("驾驶舱", "/dashboard/", ("/dashboard/",))
    if roles & UNIT_ROLES:
        yield Entry("本季填报" if LIAISON in roles else "本季审签", "/my/", ("/my/",), counts.desk)
    if is_office:
        yield Entry("待审核", "/review/", ("/review/",), counts.review)
    if roles & READER_ROLES:
        yield Entry("填报进度", "/rounds/", ("/rounds/",))
    if roles:
        yield Entry("改革任务", "/tasks/", ("/tasks/", "/plans/"))
        yield Entry("指标监测", "/metrics/", ("/metrics/",))
        yield Entry("表彰激励", "/honors/", ("/honors/",))
        yield Entry("资料库", "/library/", LIBRARY_PATHS)
    if is_office:
        yield Entry("数据维护", "/admin/", ("/admin/",))


def _marked(entry: Entry, path: str) -> Entry:
    is_here = path == entry.url or path.startswith(entry.paths)
    return Entry(entry.label, entry.url, entry.paths, entry.badge, active=is_here)
