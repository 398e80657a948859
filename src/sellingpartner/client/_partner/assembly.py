"""Puts a client together from what its caller says; the same for both kinds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import msgspec

from sellingpartner.client._answers.answers import Answers
from sellingpartner.client._answers.drift import Drift
from sellingpartner.client._exchange.context import Context
from sellingpartner.client._exchange.exchange import Exchange
from sellingpartner.client._exchange.parts import Parts
from sellingpartner.client._exchange.user_agent import user_agent
from sellingpartner.client.credentials import CredentialFields, Credentials, load_credentials
from sellingpartner.client.events import Hook
from sellingpartner.client.grants import GrantStore
from sellingpartner.client.options import OptionFields, Options
from sellingpartner.client.throttle import MemoryThrottle, Throttle
from sellingpartner.client.tokens import MemoryTokens, TokenStore
from sellingpartner.client.tokens.standing import Standing

DRIFT_EVERY = 100


class ClientFields(CredentialFields, OptionFields, total=False):
    """What may be said of a client by keyword: credentials, options of its calls, and its parts."""

    account: str | None
    """Which of several accounts in the environment or a file: `SP_API_REFRESH_TOKEN_<ACCOUNT>`."""
    secret_id: str | None
    """A secret in AWS Secrets Manager."""
    token_store: TokenStore
    grants: GrantStore
    """Where the seller's grant is kept: marked when it ends, and looked at for another one. Needs `seller_id`."""
    throttle: Throttle
    drift: Drift
    drift_every: int
    """One answer in so many is looked through for new fields; 1 for each, 0 for none."""
    hooks: tuple[Hook, ...]
    user_agent: str
    """What the application calls itself: `Harbor Desk/2.1`."""


def assemble(credentials: Credentials | None, fields: ClientFields) -> Parts:
    """The parts of a client; credentials that are not given are looked for."""
    left: dict[str, Any] = dict(fields)
    _check(left)
    options = Options(**_take(left, Options.__struct_fields__))
    found = _credentials(credentials, left)
    drift = left.pop("drift") if "drift" in left else Drift()  # an empty one is false
    hooks = tuple(left.pop("hooks", ()))
    answers = Answers(drift, left.pop("drift_every", DRIFT_EVERY), hooks)
    context = Context(
        credentials=found,
        endpoint=found.endpoint,
        tokens=left.pop("token_store", None) or MemoryTokens(),
        throttle=left.pop("throttle", None) or MemoryThrottle(),
        answers=answers,
        user_agent=user_agent(left.pop("user_agent", "")),
        standing=Standing(found, left.pop("grants", None)),
        hooks=hooks,
    )
    return Parts(context, Exchange(context), options, drift)


def _check(fields: Iterable[str]) -> None:
    """Name what no client has, before anything is made of what it has."""
    for name in fields:
        if name not in _KNOWN:
            near = f"; did you mean {found[0]}?" if (found := get_close_matches(name, _KNOWN, 1)) else ""
            message = f"A client has no {name}{near or '.'}"
            raise TypeError(message)


_KNOWN = tuple(ClientFields.__annotations__)


def _credentials(credentials: Credentials | None, left: dict[str, Any]) -> Credentials:
    given = _take(left, Credentials.__struct_fields__)
    account, secret_id = left.pop("account", None), left.pop("secret_id", None)
    if credentials is not None:
        return msgspec.structs.replace(credentials, **given)
    return load_credentials(account=account, secret_id=secret_id, **given).credentials


def _take(fields: dict[str, Any], names: tuple[str, ...]) -> Mapping[str, Any]:
    return {name: fields.pop(name) for name in names if name in fields}
