"""What is known about the request that is being answered: set by the middleware, read by the audit."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass
class RequestFacts:
    """Where a request came from, and the refusals to be written once its transaction is over."""

    address: str = ""
    request_id: str = ""
    role: str = ""
    unit_name: str = ""
    deferred: list[Callable[[], object]] = field(default_factory=list)


_current: ContextVar[RequestFacts | None] = ContextVar("request_facts", default=None)


def current() -> RequestFacts:
    """The facts of this request; empty ones outside a request (commands, workers)."""
    return _current.get() or RequestFacts()


def is_within_request() -> bool:
    return _current.get() is not None


def act_as(role: str, unit_name: str = "") -> None:
    """Says in which role, for which unit, this request acts; the audit writes both."""
    facts = _current.get()
    if facts is not None:
        facts.role, facts.unit_name = role, unit_name


def new_request_id() -> str:
    return uuid.uuid4().hex


@contextmanager
def request_facts(facts: RequestFacts) -> Iterator[RequestFacts]:
    """Makes these the facts of the current request until the block ends."""
    token = _current.set(facts)
    try:
        yield facts
    finally:
        _current.reset(token)
