"""When a session began and when its owner last did something; kept in the session itself."""

import datetime as dt

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

BEGAN_AT, ACTIVE_AT = "began_at", "active_at"
TOUCH_EVERY = dt.timedelta(minutes=1)


def begin(session: SessionBase, now: dt.datetime) -> None:
    """Starts both clocks."""
    session[BEGAN_AT] = session[ACTIVE_AT] = now.timestamp()


def overdue_reason(session: SessionBase, now: dt.datetime) -> str:
    """Why the session is over, empty while it is not: idle time first, then absolute time."""
    idle: dt.timedelta = settings.PORTAL_SESSION_IDLE
    absolute: dt.timedelta = settings.PORTAL_SESSION_ABSOLUTE
    if now.timestamp() - session[ACTIVE_AT] > idle.total_seconds():
        return f"您已超过{int(idle.total_seconds() // 60)}分钟没有操作"
    if now.timestamp() - session[BEGAN_AT] > absolute.total_seconds():
        return f"本次登录已满{int(absolute.total_seconds() // 3600)}小时"
    return ""
