"""The sandbox beside the market: looked at, and reset."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.server.control.desk import Desk, Resettable
from sellingpartner.server.gateway.http import SANDBOX

_ACCOUNTS = frozenset(
    (
        "createSeller",
        "createApplication",
        "changeApplication",
        "registerQueue",
        "rotateClientSecret",
        "createGrant",
        "narrowGrant",
        "revokeGrant",
        "createUser",
        "setPassword",
    )
)
"""What is done to accounts. A sandbox is opened by the tokens of its market, so nothing of it would count there."""


def check_no_account(desk: Desk, operation: str) -> None:
    """Raise, in a sandbox, for what only the market that it stands beside can do."""
    if desk.is_sandbox and operation in _ACCOUNTS:
        message = "Accounts are the market's, not its sandbox's; do this at the market's own address, without /sandbox."
        raise InvalidInput(message)


def get_sandbox(desk: Desk, _request: v1.GetSandbox) -> v1.Sandbox:
    """How it stands."""
    return _shown(_sandbox(desk))


def reset_sandbox(desk: Desk, _request: v1.ResetSandbox) -> v1.Sandbox:
    """Let it begin anew."""
    sandbox = _sandbox(desk)
    sandbox.reset()
    return _shown(sandbox)


def _sandbox(desk: Desk) -> Resettable:
    if desk.sandbox is None:
        message = "There is no sandbox beside this market: a sandbox itself has none; reset it at its market's address."
        raise NotFound(message)
    return desk.sandbox


def _shown(sandbox: Resettable) -> v1.Sandbox:
    market = sandbox.market
    return v1.Sandbox(
        base_path=SANDBOX,
        is_open=market is not None,
        has_models=sandbox.has_models,
        now=None if market is None else market.clock.now(),
    )
