import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import IntegerField, Q, Value

from core import constraints
from core.models import Job, SourceSection

pytestmark = pytest.mark.django_db
TABLE, RULE = "overlap_trial", "overlap_trial_no_overlap"


@pytest.fixture
def trial_table():
    """A table with the rule, made by the operation itself and gone with the test's transaction."""
    constraints.declare_message(RULE, "同一席位的任期不能重叠。")
    operation = constraints.no_overlap_operation(
        RULE, table=TABLE, keys=("seat",), starts="started", ends="ended"
    )
    serial = "integer PRIMARY KEY" if connection.vendor == "sqlite" else "bigserial PRIMARY KEY"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (id {serial}, seat bigint, started date, ended date)")
    # On SQLite a schema editor cannot be opened inside a transaction; the operation only executes.
    operation.database_forwards("core", PlainEditor(), None, None)
    yield operation
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


class PlainEditor:
    connection = connection

    def execute(self, statement, params=None):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def insert(seat, started, ended):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} (seat, started, ended) VALUES (%s, %s, %s)", [seat, started, ended]
        )


def day(number):
    return dt.date(2026, 1, number)


@pytest.mark.parametrize(
    ("seat", "started", "ended"),
    [
        (1, day(10), day(12)),
        (1, day(12), None),
        (1, None, day(10)),
        (1, None, None),
        (1, day(1), day(31)),
        (1, day(11), day(11)),
    ],
)
def test_overlap_is_refused_by_the_database_with_its_sentence(trial_table, seat, started, ended):
    insert(1, day(10), day(12))
    with pytest.raises(IntegrityError) as refused:
        insert(seat, started, ended)
    assert constraints.sentence_for(refused.value) == "同一席位的任期不能重叠。"


@pytest.mark.parametrize(
    ("seat", "started", "ended"),
    [(1, day(13), None), (1, None, day(9)), (2, day(10), day(12)), (None, day(10), None)],
)
def test_neighbours_and_other_keys_pass(trial_table, seat, started, ended):
    insert(1, day(10), day(12))
    insert(seat, started, ended)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE}")
        assert cursor.fetchone() == (2,)


def test_change_into_an_overlap_is_refused_and_a_row_never_conflicts_with_itself(trial_table):
    insert(1, day(10), day(12))
    insert(1, day(13), day(14))
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET ended = %s WHERE started = %s", [day(20), day(13)])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET ended = %s WHERE started = %s", [day(13), day(10)])


def test_rule_is_taken_away_again(trial_table):
    trial_table.database_backwards("core", PlainEditor(), None, None)
    insert(1, day(10), day(12))
    insert(1, day(10), day(12))


def test_sentence_of_a_check_reads_in_forms_and_from_the_database():
    job = Job(kind="导出", progress=101, requested_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    job.run_after = job.requested_at
    with pytest.raises(ValidationError) as refused:
        job.validate_constraints()
    assert refused.value.messages == ["进度应在0到100之间。"]
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        job.save()
    assert constraints.sentence_for(broken.value) == "进度应在0到100之间。"


def test_sentence_of_a_unique_reads_in_forms():
    SourceSection.objects.create(code="S1", title="甲")
    with pytest.raises(ValidationError) as refused:
        SourceSection(code="S1", title="乙").full_clean()
    assert refused.value.messages == ["该章节代码已存在。"]


def test_percent_sign_in_a_sentence_stays():
    rule = constraints.check("trial_percent", Q(("progress__lte", 100)), "不得超过100%。")
    assert rule.get_violation_error_message() == "不得超过100%。"


@pytest.mark.parametrize(
    ("by", "at", "is_kept"), [(1, 2, True), (None, None, True), (1, None, False), (None, 2, False)]
)
def test_pair_of_columns_is_filled_together(by, at, is_kept):
    rule = constraints.paired("trial_pair", "signed_by", "signed_at", "审签人与审签时间应同时填写。")
    names = {"signed_by": Value(by, IntegerField()), "signed_at": Value(at, IntegerField())}
    assert rule.condition.check(names) is is_kept


def test_unknown_rule_has_no_sentence():
    assert constraints.sentence_for(IntegrityError("FOREIGN KEY constraint failed")) is None
