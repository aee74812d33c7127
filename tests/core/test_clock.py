import datetime as dt

from core import clock


def test_deadline_ends_at_midnight_in_shanghai(settings):
    settings.PORTAL_TODAY = "2026-10-15"
    assert clock.today() == dt.date(2026, 10, 15)
    assert clock.shanghai_date(clock.now()) == clock.today()
    assert clock.end_of_day(clock.today()).astimezone(dt.UTC) == dt.datetime(2026, 10, 15, 16, tzinfo=dt.UTC)


def test_clock_follows_the_calendar_where_nothing_is_fixed(settings):
    settings.PORTAL_TODAY = None
    assert clock.shanghai_date(clock.now()) == clock.today()
