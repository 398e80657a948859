"""`spapi token`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeVar

import httpx2
import msgspec

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.reach.connection import CREDENTIALS, Connection
from sellingpartner.cli.shown.printing import print_json, print_line
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.message import Message
from sellingpartner.env_file import read_env

_NAMES = ("SP_API_CLIENT_ID", "SP_API_CLIENT_SECRET", "SP_API_REFRESH_TOKEN")
_OK = 200

Said = TypeVar("Said")


class Token(Message):
    """What the token endpoint gives."""

    access_token: str
    token_type: str
    expires_in: int


class Refusal(Message):
    """Why the token endpoint gives nothing."""

    error: str
    error_description: str | None = None


def token(*, credentials: Path = CREDENTIALS, to: Connection | None = None) -> None:
    """Print an access token for the ready credentials: curl -H "x-amz-access-token: $(spapi token)" ...

    Args:
        credentials: The file that holds them; what is set in the environment goes before it.
        to: Which market.
    """
    to = to or Connection()
    kept = read_env(credentials)
    client_id, client_secret, refresh_token = (os.environ.get(name) or kept.get(name) for name in _NAMES)
    if not (client_id and client_secret and refresh_token):
        message = f"No credentials in {credentials} or the environment; `spapi serve` writes that file."
        raise CannotDo(message)
    form = {
        "grant_type": "refresh_token",
        "client_id": client_id,
        "client_secret": client_secret,
        "refresh_token": refresh_token,
    }
    reply = to.exchange("POST", f"{to.address}/auth/o2/token", data=form)
    if reply.status_code != _OK:
        refusal = _read(reply, Refusal, to)
        cure = _cure(credentials, kept)
        message = f"{refusal.error}: {refusal.error_description} (`spapi requests --refused` says why; {cure})"
        raise SellingPartnerError(message)
    answer = _read(reply, Token, to)
    if to.json:
        print_json(answer)
    else:
        print_line(answer.access_token)


def _cure(credentials: Path, kept: dict[str, str]) -> str:
    """What makes the credentials work: a shell that read the file before the market renewed it holds old ones."""
    others = [name for name in _NAMES if name in kept and os.environ.get(name) not in {None, "", kept[name]}]
    if others:
        named = ", ".join(others)
        return f"the environment's {named} is not that of {credentials}: set -a; . {credentials}; set +a"
    return f"`spapi serve`, started again, renews {credentials}"


def _read(reply: httpx2.Response, kind: type[Said], to: Connection) -> Said:
    try:
        return msgspec.json.decode(reply.content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise to.no_market(f"It answered {reply.status_code} where tokens are.") from None
