"""The sandbox beside a market: how it stands, and how it begins anew."""

from __future__ import annotations

from datetime import datetime

from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import Request, get, post
from sellingpartner.contract.scopes import NONE

_STATUSES = (200, 400, 403, 404, 415, 500, 503)


class Sandbox(Message, rename="camel"):
    """The sandbox beside a market."""

    base_path: str
    """Below it, on the market's own address, the sandbox answers."""
    is_open: bool
    """Whether it has been called since the market was started, or reset."""
    has_models: bool
    """Whether it answers the static cases of Amazon's published models."""
    now: datetime | None = None
    """What its clock shows, if it is open."""


class GetSandbox(Request[Sandbox]):
    """How the sandbox stands."""

    operation = get("/market/v1/sandbox", "getSandbox", statuses=_STATUSES, scope=NONE)


class ResetSandbox(Request[Sandbox]):
    """Throw away what is in the sandbox; its next call finds it as it begins."""

    operation = post("/market/v1/sandbox/reset", "resetSandbox", statuses=_STATUSES, scope=NONE)
