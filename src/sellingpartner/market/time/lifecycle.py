"""The form of a lifecycle: a table of states, the facts that move them, and where they lead.

    LIFECYCLE: Lifecycle[OrderStatus] = {
        OrderStatus.PENDING: {OrderPaid: OrderStatus.UNSHIPPED, OrderCanceled: OrderStatus.CANCELED},
        ...
    }

A state changes by a fact that its row names, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.storage.events import Event

State = TypeVar("State", bound=StrEnum)
Lifecycle = Mapping[State, Mapping[type[Event], State]]


class IllegalTransition(InvalidInput):
    """The thing is in a state that this fact does not lead out of; `deed` is what was wanted, in the user's words."""

    def __init__(self, subject: str, state: StrEnum, deed: str, allowed: Sequence[StrEnum]) -> None:
        right = " or ".join(one.value for one in allowed)
        super().__init__(f"{subject} is {state.value}; to {deed} it must be {right}.")


def advance(lifecycle: Lifecycle[State], state: State, fact: type[Event], *, subject: str, deed: str) -> State:
    """The state that a fact leads to; raises `IllegalTransition` for a pair that the table does not hold.

    `subject` and `deed` are how the refusal names them: "Order 902-..." and "be paid".
    """
    try:
        return lifecycle[state][fact]
    except KeyError:
        allowed = [each for each, facts in lifecycle.items() if fact in facts]
        raise IllegalTransition(subject, state, deed, allowed) from None
