import hashlib
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from core import append_only, audit, context
from core.canonical import canonical_json
from core.models import AuditCheckpoint, AuditEvent, ChainHead, SourceSection

pytestmark = pytest.mark.django_db
TABLE = "core_auditevent"


def write_events(count, by=None):
    with transaction.atomic():
        return [audit.record(f"操作{number}", by=by, after={"值": number}) for number in range(1, count + 1)]


def tamper(sql, *parameters):
    """What somebody with the database in hand can do: the triggers off, a change, the triggers on again."""
    append_only.lift(connection, TABLE)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
    append_only.impose(connection, TABLE)


def test_event_says_who_what_where(person):
    section = SourceSection.objects.create(code="S9", title="标题")
    facts = context.RequestFacts(
        address="10.0.0.8", request_id="r-12345678", role="联络员", unit_name="市人社局"
    )
    with context.request_facts(facts), transaction.atomic():
        audit.record(
            "修改",
            by=person,
            obj=section,
            group_code="341100",
            before={"值": 1},
            after={"值": Decimal("2.50")},
        )
    event = AuditEvent.objects.get()
    assert (event.actor_uid, event.actor_username, event.actor_name) == (person.uid, "wang", "王芳")
    assert (event.role, event.unit_name, event.address, event.request_id) == (
        "联络员",
        "市人社局",
        "10.0.0.8",
        "r-12345678",
    )
    assert (event.object_kind, event.object_id, event.object_label) == (
        "core.SourceSection",
        str(section.pk),
        "九、标题",
    )
    assert (event.before, event.after, event.result, event.group_code) == (
        {"值": 1},
        {"值": "2.50"},
        "成功",
        "341100",
    )


def test_event_of_a_command_names_it():
    event = write_events(1)[0]
    assert (event.actor_uid, event.actor_name, event.position, event.previous_digest) == (
        None,
        "系统命令",
        1,
        "0" * 64,
    )


def test_event_needs_the_transaction_of_its_change():
    with pytest.raises(TransactionManagementError):
        audit.record("修改", by=None)
    assert AuditEvent.objects.count() == 0


def test_event_goes_with_its_rolled_back_change():
    with transaction.atomic():
        audit.record("修改", by=None)
        transaction.set_rollback(True)
    assert (AuditEvent.objects.count(), audit.verify()) == (0, [])


def test_chain_is_whole_after_awkward_values():
    with transaction.atomic():
        audit.record(
            "名" * 200,
            by=None,
            label="甲\x00乙\ud800𠮷",
            after={"嵌套": [None, True, {"键": Decimal("1E+3")}]},
        )
    event = AuditEvent.objects.get()
    assert (event.action, event.object_label) == ("名" * 79 + "…", "甲␀乙?𠮷")
    assert (event.after, audit.verify()) == ({"嵌套": [None, True, {"键": "1000"}]}, [])


@pytest.mark.parametrize(
    "statement", ["UPDATE core_auditevent SET result = 'x'", "DELETE FROM core_auditevent"]
)
def test_database_refuses_to_change_an_event(statement):
    write_events(1)
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert (AuditEvent.objects.count(), audit.verify()) == (1, [])


def test_changed_row_is_named():
    write_events(4)
    tamper("UPDATE core_auditevent SET result = '已拒绝' WHERE position = 2")
    assert audit.verify() == ["审计记录第2条（操作2）内容被改动。"]


def test_removed_row_is_named():
    write_events(4)
    tamper("DELETE FROM core_auditevent WHERE position = 3")
    assert audit.verify() == ["审计链缺少第3条：其后紧接第4条。"]


def test_removed_end_is_named():
    write_events(4)
    tamper("DELETE FROM core_auditevent WHERE position > 2")
    assert audit.verify() == ["审计链在第2条之后中断：链头记载到第4条，其后的记录缺失或被改动。"]


def test_rehashed_row_is_found_by_the_next_one():
    events = write_events(3)
    forged = AuditEvent.objects.get(pk=events[1].pk)
    forged.result = "已拒绝"
    tamper(
        "UPDATE core_auditevent SET result = %s, digest = %s WHERE position = 2",
        forged.result,
        audit._digest(forged),
    )
    assert audit.verify() == ["审计记录第3条（操作3）与上一条不相连。"]


def test_missing_trigger_and_head_are_named():
    write_events(1)
    append_only.lift(connection, TABLE)
    ChainHead.objects.all().delete()
    assert audit.verify() == ["审计表的防篡改触发器缺失。", "审计链头缺失。"]
    with pytest.raises(audit.AuditBroken), transaction.atomic():
        audit.record("修改", by=None)


def test_command_names_the_first_bad_row(capsys):
    write_events(2)
    call_command("verify_audit")
    assert capsys.readouterr().out == "审计链完整：共2条。\n"
    tamper("UPDATE core_auditevent SET action = 'x' WHERE position = 1")
    with pytest.raises(CommandError, match=r"^审计记录第1条（x）内容被改动。$"):
        call_command("verify_audit")


def test_retention_leaves_a_checkpoint_from_which_the_chain_goes_on(person):
    write_events(5)
    audit.remove_exported_segment(through=3, export_digest=hashlib.sha256(b"export").hexdigest(), by=person)
    assert list(AuditEvent.objects.order_by("position").values_list("position", flat=True)) == [4, 5, 6]
    assert list(AuditCheckpoint.objects.values_list("position", "removed_count")) == [(3, 3)]
    assert (append_only.is_imposed(connection, TABLE), audit.verify()) == (True, [])


@pytest.mark.parametrize("through", [0, 5, 6])
def test_retention_keeps_the_newest_event(through, person):
    write_events(5)
    with pytest.raises(audit.AuditBroken):
        audit.remove_exported_segment(through=through, export_digest="0" * 64, by=person)
    assert (AuditEvent.objects.count(), append_only.is_imposed(connection, TABLE)) == (5, True)


def test_refusal_outlives_the_work_it_refused(person):
    facts = context.RequestFacts()
    with context.request_facts(facts):
        with transaction.atomic():
            audit.record_refusal("审签", by=person, label="季报")
            transaction.set_rollback(True)
        assert AuditEvent.objects.count() == 0
        audit.write_deferred_refusals()
    assert list(AuditEvent.objects.values_list("action", "result", "object_label")) == [
        ("审签", "已拒绝", "季报")
    ]


def test_refusal_inside_a_transaction_of_a_command_is_an_error():
    with pytest.raises(TransactionManagementError), transaction.atomic():
        audit.record_refusal("审签", by=None)


def test_snapshot_hides_secrets_and_difference_shows_changes():
    section = SourceSection(code="S9", title="甲")
    before = audit.snapshot(section)
    section.title = "乙"
    assert audit.difference(before, audit.snapshot(section)) == ({"章节标题": "甲"}, {"章节标题": "乙"})


def test_canonical_json_is_the_same_for_any_order():
    assert canonical_json({"b": Decimal("1.0"), "a": {3, 1}}) == '{"a":[1,3],"b":"1.0"}'
    with pytest.raises(TypeError):
        canonical_json(0.1)
