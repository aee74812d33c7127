"""The only writer of the audit chain.

Each event carries the digest of the one before it; the head row is locked while a link is added, so the
chain cannot fork. Inside a transaction `record` comes after the domain rows are locked and written: the
chain lock is the last one taken, or two transactions could wait for each other.
"""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from django.conf import settings
from django.db import connection, models, transaction

from core import append_only, clock, context
from core.canonical import digest_of, moment_text, storable
from core.models import AuditCheckpoint, AuditEvent, ChainHead
from core.models.audit import GENESIS

SUCCESS, REFUSED = "成功", "已拒绝"
COMMAND_NAME = "系统命令"
_TABLE = AuditEvent._meta.db_table
_SECRET_FIELDS = frozenset({"password", "secret", "token", "session_key"})


class Actor(Protocol):
    """Whoever acts: any object with these three; somebody not signed in has no uid."""

    @property
    def uid(self) -> uuid.UUID | None: ...

    @property
    def username(self) -> str: ...

    @property
    def display_name(self) -> str: ...


class AuditBroken(RuntimeError):
    """The chain cannot be continued; nothing may change until somebody has looked."""


def record(
    action: str,
    *,
    by: Actor | None,
    obj: models.Model | None = None,
    label: str = "",
    group_code: str = "",
    unit_name: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    result: str = SUCCESS,
) -> AuditEvent:
    """Adds one event to the chain inside the caller's transaction; call it last.

    `by` None is a command. Raises TransactionManagementError outside `transaction.atomic()`: an event
    that survives its rolled-back change, or a change without its event, must be impossible.
    """
    _require_transaction()
    facts = context.current()
    event = AuditEvent(
        recorded_at=clock.now(),
        actor_uid=by.uid if by else None,
        actor_username=_cut(by.username, 150) if by else "",
        actor_name=_cut(by.display_name or by.username, 150) if by else COMMAND_NAME,
        role=_cut(facts.role, 60),
        unit_name=_cut(unit_name or facts.unit_name, 200),
        group_code=_cut(group_code, 20),
        address=_cut(facts.address, 45),
        request_id=_cut(facts.request_id, 64),
        action=_cut(action, 80),
        object_kind=obj._meta.label if obj is not None else "",
        object_id=object_id(obj),
        object_label=_cut(label or (str(obj) if obj is not None else ""), 300),
        before=storable(before) if before is not None else None,
        after=storable(after) if after is not None else None,
        result=_cut(result, 200),
        digest_name=getattr(settings, "PORTAL_AUDIT_DIGEST", "sha256"),
    )
    _append(event)
    return event


def record_refusal(
    action: str,
    *,
    by: Actor | None,
    obj: models.Model | None = None,
    label: str = "",
    group_code: str = "",
    unit_name: str = "",
    result: str = REFUSED,
) -> None:
    """Writes a refusal in its own transaction, so that it outlives the work that was rolled back.

    Called inside a transaction during a request it waits until that transaction is over (the
    `RequestContext` middleware writes it); elsewhere inside a transaction it is an error.
    """

    def write() -> None:
        with transaction.atomic():
            record(
                action,
                by=by,
                obj=obj,
                label=label,
                group_code=group_code,
                unit_name=unit_name,
                result=result,
            )

    if not _open_transactions():
        write()
    elif context.is_within_request():
        context.current().deferred.append(write)
    else:
        raise transaction.TransactionManagementError("record_refusal needs a transaction of its own")


def write_deferred_refusals() -> None:
    """Writes the refusals that waited for the end of this request's transaction."""
    deferred = context.current().deferred
    while deferred:
        deferred.pop(0)()


def snapshot(obj: models.Model) -> dict[str, Any]:
    """The row's columns as the audit shows them: Chinese names, secrets only as «已设置»."""
    return {str(field.verbose_name): _shown_value(obj, field) for field in obj._meta.concrete_fields}


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both snapshots cut down to what differs."""
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in changed}, {name: after.get(name) for name in changed}


def verify() -> list[str]:
    """What is wrong with the chain, the first bad row named; empty when it is whole.

    Reads up to the head it found first, so events written meanwhile do no harm.
    """
    problems = [] if append_only.is_imposed(connection, _TABLE) else ["审计表的防篡改触发器缺失。"]
    head = ChainHead.objects.filter(pk=1).first()
    if head is None:
        return [*problems, "审计链头缺失。"] if AuditEvent.objects.exists() else problems
    position, digest = _last_checkpoint()
    for event in _events_through(head.position, after=position):
        problem = _link_problem(event, position, digest)
        if problem:
            return [*problems, problem]
        position, digest = event.position, event.digest
    if (position, digest) != (head.position, head.digest):
        problems.append(
            f"审计链在第{position}条之后中断：链头记载到第{head.position}条，其后的记录缺失或被改动。"
        )
    return problems


def remove_exported_segment(*, through: int, export_digest: str, by: Actor | None) -> AuditCheckpoint:
    """Retention: removes every event up to `through` and leaves a checkpoint with its digest.

    The caller has exported exactly these events to a file with this SHA-256. Refuses a broken chain and
    the newest event. The only function besides `reset_for_tests` that takes the triggers away.
    """
    with transaction.atomic():
        head = _locked_head()
        problems = verify()
        if problems or not 0 < through < head.position:
            raise AuditBroken("；".join(problems) or "只能移除最后一条之前的记录。")
        last = AuditEvent.objects.get(position=through)
        removed = _delete_through(through)
        checkpoint = AuditCheckpoint.objects.create(
            position=through,
            digest=last.digest,
            removed_count=removed,
            export_digest=export_digest,
            created_at=clock.now(),
        )
        record("移除已导出的审计记录", by=by, obj=checkpoint, after={"截至序号": through, "条数": removed})
    return checkpoint


def reset_for_tests() -> None:
    """Empties the chain; tests only, and called before a transactional test's database is flushed."""
    with transaction.atomic():
        append_only.lift(connection, _TABLE)
        AuditEvent.objects.all().delete()
        append_only.impose(connection, _TABLE)
        AuditCheckpoint.objects.all().delete()
        ChainHead.objects.update_or_create(pk=1, defaults={"position": 0, "digest": GENESIS})


def _append(event: AuditEvent) -> None:
    head = _locked_head()
    event.position = head.position + 1
    event.previous_digest = head.digest
    event.digest = _digest(event)
    event.save(force_insert=True)
    moved = ChainHead.objects.filter(pk=1, position=head.position, digest=head.digest).update(
        position=event.position, digest=event.digest
    )
    if moved != 1:
        raise AuditBroken("审计链头在写入时被改动。")


def _locked_head() -> ChainHead:
    """The head row under lock; made anew only where no event exists (an emptied test database)."""
    heads = ChainHead.objects.select_for_update()
    head = heads.filter(pk=1).first()
    if head is None:
        if AuditEvent.objects.exists():
            raise AuditBroken("审计链头缺失。")
        ChainHead.objects.bulk_create([ChainHead(pk=1)], ignore_conflicts=True)
        head = heads.get(pk=1)
    return head


def _digest(event: AuditEvent) -> str:
    """The digest over the previous one and every other column."""
    columns = {
        field.attname: getattr(event, field.attname)
        for field in event._meta.concrete_fields
        if field.name not in {"id", "digest"}
    }
    columns["recorded_at"] = moment_text(event.recorded_at)
    return digest_of([event.previous_digest, columns], algorithm=event.digest_name)


def _link_problem(event: AuditEvent, position: int, digest: str) -> str:
    if event.position != position + 1:
        return f"审计链缺少第{position + 1}条：其后紧接第{event.position}条。"
    if event.previous_digest != digest:
        return f"审计记录第{event.position}条（{event.action}）与上一条不相连。"
    if event.digest != _digest(event):
        return f"审计记录第{event.position}条（{event.action}）内容被改动。"
    return ""


def _events_through(position: int, *, after: int) -> Iterator[AuditEvent]:
    events = AuditEvent.objects.filter(position__gt=after, position__lte=position)
    return events.order_by("position").iterator(chunk_size=2000)


def _last_checkpoint() -> tuple[int, str]:
    last = AuditCheckpoint.objects.order_by("position").last()
    return (last.position, last.digest) if last else (0, GENESIS)


def _delete_through(position: int) -> int:
    append_only.lift(connection, _TABLE)
    removed, _ = AuditEvent.objects.filter(position__lte=position).delete()
    append_only.impose(connection, _TABLE)
    return removed


def _require_transaction() -> None:
    if not _open_transactions():
        raise transaction.TransactionManagementError("audit.record needs the caller's transaction.atomic()")


def _open_transactions() -> int:
    """Open atomic blocks, not counting the one a TestCase wraps around every test."""
    return sum(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)


def object_id(obj: models.Model | None) -> str:
    if obj is None:
        return ""
    return str(getattr(obj, "uid", None) or obj.pk or "")


def _shown_value(obj: models.Model, field: models.Field) -> Any:
    value = field.value_from_object(obj)
    if field.name in _SECRET_FIELDS:
        return "已设置" if value else ""
    return str(value) if isinstance(value, float) or hasattr(value, "url") else storable(value)


def _cut(text: str, length: int) -> str:
    """The text as the column holds it; storable, so that its digest reads back the same."""
    kept = str(storable(str(text)))
    return kept if len(kept) <= length else f"{kept[: length - 1]}…"
