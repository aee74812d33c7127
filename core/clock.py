"""The one place that asks what time it is; everything else takes moments and dates as arguments."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> dt.datetime:
    """The present moment, aware; on the fixed date with the real time of day where PORTAL_TODAY is set."""
    moment = timezone.now()  # noqa: TID251 (the clock itself)
    fixed = fixed_date()
    if fixed is None:
        return moment
    time_of_day = moment.astimezone(SHANGHAI).time()
    return dt.datetime.combine(fixed, time_of_day, tzinfo=SHANGHAI).astimezone(dt.UTC)


def today() -> dt.date:
    """The date in Shanghai, or the one PORTAL_TODAY fixes."""
    return fixed_date() or now().astimezone(SHANGHAI).date()


def fixed_date() -> dt.date | None:
    """The date PORTAL_TODAY names (dev, demo and test only), None when the calendar rules."""
    text = getattr(settings, "PORTAL_TODAY", None)
    return dt.date.fromisoformat(text) if text else None


def shanghai_date(moment: dt.datetime) -> dt.date:
    """The date a moment falls on in Shanghai."""
    return moment.astimezone(SHANGHAI).date()


def start_of_day(day: dt.date) -> dt.datetime:
    """Midnight at the beginning of a Shanghai day."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=SHANGHAI)


def end_of_day(day: dt.date) -> dt.datetime:
    """24:00 Shanghai: the first moment that is too late for a deadline on this day."""
    return start_of_day(day + dt.timedelta(days=1))
