"""Tags and filters every template may load; formats come from `core.formats`."""

import datetime as dt
import uuid

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import clock, formats

register = template.Library()


@register.simple_tag(takes_context=True)
def submit_token(context: template.Context) -> SafeString:
    """The hidden input `submit_once` asks for; a fresh token, or the one of the form being corrected.

    Marks the page as one with a form, which no cache keeps.
    """
    # An include with `only` drops the variable, not the attribute.
    request = context.get("request") or getattr(context, "request", None)
    posted = ""
    if request is not None:
        request.has_form = True
        posted = request.POST.get("submit_token", "")
    return format_html('<input type="hidden" name="submit_token" value="{}">', _valid(posted) or uuid.uuid4())


@register.filter
def decimal(value, precision=None) -> str:
    """{{ figure|decimal:2 }}; «—» for an unknown one."""
    return formats.decimal_text(_known(value), precision)


@register.filter
def percent(share, places=1) -> str:
    """A share of one: {{ 0.0426|percent }} is 4.3%."""
    return formats.percent_text(_known(share), places)


@register.filter
def cn_date(value) -> str:
    """2026年9月30日, in Shanghai for a moment; «—» for an unknown one."""
    return formats.date_text(_in_shanghai(value))


@register.filter
def cn_datetime(moment) -> str:
    """2026年9月30日 18:05, in Shanghai; «—» for an unknown one."""
    return formats.datetime_text(_in_shanghai(moment))


@register.filter
def days_in_words(days) -> str:
    """«还有3天», «今天到期», «逾期5天»."""
    return formats.days_in_words(_known(days))


def _known(value):
    """None for what a template could not find: `{{ report.figure.value }}` of a report without figure."""
    return None if value == "" else value


def _in_shanghai(value):
    return value.astimezone(clock.SHANGHAI) if isinstance(value, dt.datetime) else _known(value)


def _valid(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""
