"""The form of a lifecycle: a table of states, the facts that move them, and where they lead.

    LIFECYCLE: Lifecycle[OrderStatus] = {
        OrderStatus.PENDING: {OrderPaid: OrderStatus.UNSHIPPED, OrderCanceled: OrderStatus.CANCELED},
        ...
    }

A state changes by a fact that its row names, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.storage.events import Event

State = TypeVar("State", bound=StrEnum)
Lifecycle = Mapping[State, Mapping[type[Event], State]]


class IllegalTransition(InvalidInput):
    """The thing is in a state that this fact does not lead out of."""

    def __init__(self, state: StrEnum, fact: type[Event]) -> None:
        super().__init__(f"{fact.__name__} cannot happen while the status is {state.value}.")


def advance(lifecycle: Lifecycle[State], state: State, fact: type[Event]) -> State:
    """The state that a fact leads to; raises `IllegalTransition` for a pair that the table does not hold."""
    try:
        return lifecycle[state][fact]
    except KeyError:
        raise IllegalTransition(state, fact) from None
