"""Where the dashboard leads: addresses written from their parts, because reversing one per cell costs more than the page.

A test holds each of them against the URL configuration. Pure.
"""

import functools
from urllib.parse import urlencode

from core.periods import Quarter

HOME = "/dashboard/"
TASKS = "/dashboard/tasks/"
TASKS_EXPORT = "/dashboard/tasks/export/"


def home_url(group_code: str, period: Quarter) -> str:
    """The dashboard of one round."""
    return f"{HOME}?{urlencode({'group': group_code, 'round': str(period)})}"


def picture_url(group_code: str, period: Quarter, panel: str) -> str:
    """One chart of a round as a picture of its own."""
    return f"{HOME}picture/{panel}/?{urlencode({'group': group_code, 'round': str(period)})}"


@functools.lru_cache(maxsize=4096)
def tasks_url(
    group_code: str, period: Quarter, *, light: str = "", area: str = "", unit: str = "", report: str = ""
) -> str:
    """The tasks behind a figure: the same round, cut down by light, area, lead unit or what is owed."""
    chosen = {
        "group": group_code,
        "round": str(period),
        "light": light,
        "area": area,
        "unit": unit,
        "report": report,
    }
    return f"{TASKS}?{urlencode({name: value for name, value in chosen.items() if value})}"


@functools.lru_cache(maxsize=4096)
def board_url(group_code: str, period: Quarter, *, unit: str) -> str:
    """What a unit owes in a round, its sheet of figures among it."""
    return f"/rounds/{period.year}/{period.quarter}/?{urlencode({'group': group_code, 'unit': unit})}"


def report_url(period: Quarter, submission_uid: str) -> str:
    """The signed report; empty where the round asked for none."""
    return f"/rounds/{period.year}/{period.quarter}/reports/{submission_uid}/" if submission_uid else ""


def task_url(uid: str) -> str:
    return f"/tasks/{uid}/"


def indicator_url(code: str) -> str:
    return f"/metrics/{code}/"
