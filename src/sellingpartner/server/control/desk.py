"""What the control operations work on: the market, and the parts of the server that they must reach."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import msgspec

from sellingpartner.market.accounts.model import OPERATOR, Actor
from sellingpartner.market.market import Market
from sellingpartner.market.worlds.world import Access
from sellingpartner.server.gateway.journal import Journal
from sellingpartner.server.gateway.recording import Recorder
from sellingpartner.server.gateway.throttle import Limits, Throttle
from sellingpartner.server.health import Health


def nobody_waits() -> None:
    """Wake nobody: for a server without a worker, as in tests."""


def nothing_ends() -> None:
    """Renew nothing: for a market whose credentials nobody keeps in a file."""


class Resettable(Protocol):
    """The sandbox beside a market."""

    @property
    def market(self) -> Market | None:
        """Its world, if it is open."""
        ...

    @property
    def has_models(self) -> bool:
        """Whether it answers the static cases of published models."""
        ...

    def reset(self) -> None:
        """Throw its world away."""
        ...


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """The worlds that are kept beside a market."""

    folder: Path
    access: Callable[[], Access | None]
    """The credentials that a world is saved with."""
    make_ready: Callable[[Access | None], None]
    """Have programs find credentials that work, when another world was loaded."""


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """A control operation's first argument. It holds the market, not a unit: the clock belongs to the market."""

    market: Market
    journal: Journal
    limits: Limits
    health: Health
    has_demo_world: bool = False
    by: Actor = OPERATOR
    """Who drives the market, and from where."""
    sandbox: Resettable | None = None
    """The market's sandbox; None in a sandbox, and in a server without one."""
    is_sandbox: bool = False
    wake: Callable[[], None] = nobody_waits
    """Tell the worker that the clock has changed."""
    after_time: Callable[[], str | None] = nothing_ends
    """Look at what may have ended while time went on, and say what was renewed."""
    worlds: Shelf | None = None
    """Where worlds are kept; None where none are."""
    throttle: Throttle | None = None
    """The buckets of the usage plans; None where nobody asks for them."""
    recorder: Recorder | None = None
    """Keeps whole calls; None where nobody asked for that."""
