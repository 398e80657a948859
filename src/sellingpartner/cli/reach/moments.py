"""Moments as people write them at the command line; how long ago is counted by the clock of whoever is called."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.reach.connection import SANDBOX, SOON, Connection
from sellingpartner.cli.reach.served import is_amazon
from sellingpartner.client import SellingPartner
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.market_v1 import GetClock

_AGO = re.compile(r"(\d{1,5})([dhm])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


def moment_of(text: str, option: str, client: SellingPartner | None = None) -> datetime:
    """A date, a time (UTC unless it says its zone), or how long ago: `2026-11-02`, `2026-11-02T09:00`, `30d`.

    Ago is before what the market's clock shows, if the client calls a market that says it; else this machine's.
    """
    ago = _AGO.fullmatch(text)
    if ago:
        return _now_where(client).replace(microsecond=0) - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    return day_or_time(text, option, ", or how long ago: 30d, 12h, 15m")


def day_or_time(text: str, option: str, besides: str = "") -> datetime:
    """A date, or a time (UTC unless it says its zone): `2026-11-02`, `2026-11-02T09:00`."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        either = "write" if besides else "write a day or a time, such as"
        message = f"{option} is {text!r}; {either} 2026-11-02, 2026-11-02T09:00:00Z{besides}."
        raise CannotDo(message) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _now_where(client: SellingPartner | None) -> datetime:
    address = None if client is None else client.credentials.base_url
    if client is None or not address or is_amazon(address):
        return datetime.now(UTC)
    key = os.environ.get("SPAPI_CONTROL_KEY")
    is_sandbox = client.credentials.sandbox or address.rstrip("/").endswith(SANDBOX)
    market = Connection(url=address.rstrip("/").removesuffix(SANDBOX), control_key=key, sandbox=is_sandbox)
    try:
        return market.send(GetClock(), timeout=SOON).now
    except (CannotDo, SellingPartnerError):  # not everybody who may call a market may ask for its clock
        return datetime.now(UTC)
