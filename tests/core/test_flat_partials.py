"""Flat partials: the same row as the template language writes, everything escaped, nothing but holes allowed."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from django.template.loader import get_template

from core.flat_partials import written_rows
from tasks.models import Task
from tasks.queries.register import flat_rows, task_row
from tests import factories

ROW = "tasks/_task_row.html"


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["甲", "<b>&\"'", "100%达标", "{{ code }}"])
def test_row_equals_the_template(title):
    factories.task(title=title, is_highlight=True)
    row = task_row(flat_rows(Task.objects.all()).get(), shows_plan=True, shows_section=True)
    words = {name: getattr(row, name) for name in asdict(row)}
    assert written_rows(ROW, [row, row]) == get_template(ROW).render(words) * 2


def test_partial_with_logic_is_refused():
    with pytest.raises(ValueError, match="is not flat"):
        written_rows("components/badge.html", [])


def test_no_rows_write_nothing():
    assert written_rows(ROW, []) == ""
