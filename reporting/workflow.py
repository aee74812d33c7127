"""The one workflow of everything that is reported, as a table. Pure: no database, no clock (DOMAIN §3)."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import RuleViolation
from core.states import HeldState


class State(HeldState):
    """Where a submission stands. `label` is the official word, `holder` who has to act."""

    PENDING = "pending", "待填报", "单位联络员"
    DRAFT = "draft", "草稿", "单位联络员"
    SIGNING = "signing", "待审签", "单位审签人"
    SUBMITTED = "submitted", "已报送", "协调小组办公室"
    REVIEWING = "reviewing", "审核中", "协调小组办公室"
    RETURNED = "returned", "已退回", "单位联络员"
    ACCEPTED = "accepted", "审核通过"


@dataclass(frozen=True)
class Move:
    """One permitted step: from which states, to which state, by which role, with or without a reason."""

    name: str
    label: str
    sources: frozenset[State]
    target: State
    role: str
    needs_reason: bool = False


def _move(
    name: str, label: str, sources: tuple[State, ...], target: State, role: str, *, needs_reason: bool = False
) -> Move:
    return Move(name, label, frozenset(sources), target, role, needs_reason)


MOVES: tuple[Move, ...] = (
    _move("edit", "填写", (State.PENDING, State.DRAFT, State.RETURNED), State.DRAFT, "liaison"),
    _move("submit", "提交", (State.DRAFT,), State.SIGNING, "liaison"),
    _move("sign", "审签", (State.SIGNING,), State.SUBMITTED, "signer"),
    _move("send_back", "审签退回", (State.SIGNING,), State.RETURNED, "signer", needs_reason=True),
    _move("withdraw", "撤回", (State.SIGNING,), State.DRAFT, "liaison"),
    _move("recall", "撤回报送", (State.SUBMITTED,), State.DRAFT, "liaison"),
    _move("take", "接手审核", (State.SUBMITTED,), State.REVIEWING, "office"),
    _move("release", "放回待审", (State.REVIEWING,), State.SUBMITTED, "office"),
    _move("accept", "审核通过", (State.REVIEWING,), State.ACCEPTED, "office"),
    _move("return", "退回", (State.REVIEWING,), State.RETURNED, "office", needs_reason=True),
    _move("amend", "更正", (State.ACCEPTED,), State.ACCEPTED, "office", needs_reason=True),
)
MOVE_BY_NAME: dict[str, Move] = {move.name: move for move in MOVES}


def moves_from(state: State) -> Iterator[Move]:
    return (move for move in MOVES if state in move.sources)


def target_state(state: State, move_name: str, *, has_signer: bool) -> State:
    """The state after the move. Where the unit has no signer, submitting goes straight to the office.

    Raises RuleViolation with a sentence naming the present state and who holds it.
    """
    move = MOVE_BY_NAME[move_name]
    if state not in move.sources:
        raise RuleViolation(refusal(state, move))
    if move.name == "submit" and not has_signer:
        return State.SUBMITTED
    return move.target


def refusal(state: State, move: Move) -> str:
    """Why `move` is not possible now, and who can act."""
    holder = f"，由{state.holder}办理" if state.holder else "，已经办结"
    return f"这份材料目前是“{state.label}”{holder}，不能{move.label}。请刷新页面查看最新状态。"
