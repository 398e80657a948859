"""What `spapi run`, `spapi proxy` and `spapi env` have in common: which market, which proxy, whose credentials."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.reach.connection import SOON, Connection
from sellingpartner.cli.shown.writing import print_aside
from sellingpartner.client.credentials.sources import NAMES
from sellingpartner.contract.hosts import HOSTS
from sellingpartner.env_file import read_env

if TYPE_CHECKING:
    from sellingpartner.intercept.bundles import Bundles
    from sellingpartner.intercept.environment import Way
    from sellingpartner.intercept.outward import Outward

NEEDED = ("cryptography", "h11")
"""What makes certificates, and speaks HTTP."""
_SECRETS = ("client_id", "client_secret", "refresh_token")
_OUR_OWN = "SPAPI_"  # what `spapi serve` reads
_BESIDES = ("seller_id", "application_id")
_MARKET = NAMES["base_url"][0]
_BEFORE = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
_UNAUTHORIZED = frozenset({401, 403})


def market_at(url: str | None) -> str:
    """The address of the market that is named, or the usual one; raises `CannotDo` if nobody answers there."""
    to = Connection(url=url)
    if (urlsplit(to.address).hostname or "") in HOSTS:
        message = f"{to.address} is Amazon's (by SP_API_BASE_URL?); name the market that is to stand for it with --url."
        raise CannotDo(message)
    to.exchange("GET", f"{to.address}/health", timeout=SOON)
    return to.address


def check_is_shut(url: str) -> None:
    """Raise `CannotDo` for a market that anybody could drive through a proxy that others reach.

    What comes through it looks to the market like a program of this machine.
    """
    answer = Connection(url=url).exchange("GET", f"{url}/market/v1/status", timeout=SOON)
    if answer.status_code not in _UNAUTHORIZED:
        message = (
            f"Others would drive the market at {url} through a proxy that they reach. Serve it with --control-key, "
            "or let the proxy listen on 127.0.0.1."
        )
        raise CannotDo(message)


@contextmanager
def intercepting(
    market: str, folder: Path, *, offline: bool, host: str = "127.0.0.1", ports: tuple[int, int] = (0, 0)
) -> Iterator[tuple[Way, Bundles]]:
    """Lead Amazon's hosts to a market until the block ends; raises `CannotIntercept`."""
    # Here and not above: it brings the makers of certificates, which other commands have no need of.
    from sellingpartner.intercept.authority import Authority  # noqa: PLC0415
    from sellingpartner.intercept.bundles import bundle  # noqa: PLC0415
    from sellingpartner.intercept.environment import Way  # noqa: PLC0415
    from sellingpartner.intercept.serving import Interception  # noqa: PLC0415

    authority = Authority.at(folder)
    outward = None if offline else _outward(os.environ, is_reached_by_others=not is_own(host))
    interception = Interception(market, authority, offline=offline, outward=outward, tell=_tell)
    bundles = bundle(authority, os.environ)
    addresses = interception.start(host, port=ports[0], tls_port=ports[1])
    try:
        yield Way(host, addresses.proxy, addresses.tls, market, is_offline=offline), bundles
    finally:
        interception.stop()


def credentials_for(market: str, file: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """The market's ready credentials under every name that a program may read, as far as it has none of its own.

    Where there are none for a program that has none itself, that is said.
    """
    kept = read_env(file)
    values = {field: kept[NAMES[field][0]] for field in (*_SECRETS, *_BESIDES) if kept.get(NAMES[field][0])}
    if kept.get(_MARKET, "").rstrip("/") != market or any(field not in values for field in _SECRETS):
        if not any(environ.get(name) for name in NAMES["refresh_token"]):
            _tell(_why_none(market, file, kept))
        return {}
    names = {field: [name for name in NAMES[field] if not name.startswith(_OUR_OWN)] for field in values}
    others = [name for field in _SECRETS for name in names[field] if environ.get(name) not in {None, "", values[field]}]
    if others:  # a secret of one and a token of the other would open nothing
        _tell(
            f"The program keeps the {', '.join(others)} of this shell, which is not that of {file}. "
            f"If the shell read that before the market renewed it: set -a; . {file}; set +a"
        )
        return {}
    return {name: values[field] for field in values for name in names[field] if not environ.get(name)}


def _why_none(market: str, file: Path, kept: Mapping[str, str]) -> str:
    if not file.exists():
        why = f"there is no file {file} in this folder"
    elif kept.get(_MARKET) and kept[_MARKET].rstrip("/") != market:
        why = f"those in {file} are of the market at {kept[_MARKET]}"
    else:
        why = f"{file} holds none that are whole"
    return (
        f"No credentials were found for the market at {market}: {why}. The program gets none. "
        "Name their file with --credentials, or say --no-credentials."
    )


def _outward(environ: Mapping[str, str], *, is_reached_by_others: bool) -> Outward:
    from sellingpartner.intercept.no_proxy import entries  # noqa: PLC0415
    from sellingpartner.intercept.outward import Address, Outward  # noqa: PLC0415

    before = next((environ[name] for name in _BEFORE if environ.get(name)), None)
    past_it = entries(environ.get("NO_PROXY") or environ.get("no_proxy") or "")
    proxy = None if before is None else Address.of(before, "a proxy")
    return Outward(proxy, past_it, spares_this_machine=is_reached_by_others)


def is_own(host: str) -> bool:
    """Whether this machine alone reaches what listens there."""
    return host in {"127.0.0.1", "::1", "localhost"}


def _tell(line: str) -> None:
    print_aside(f"spapi: {line}")
