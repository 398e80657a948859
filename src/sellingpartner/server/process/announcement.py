"""What a person is told when a market is ready: where everything is, and what to try first."""

from __future__ import annotations

import sys
from typing import TextIO, cast

from rich.console import Console
from rich.text import Text

from sellingpartner.market.market import Market
from sellingpartner.server.control.endpoint import PREFIX
from sellingpartner.server.logging import outlet_to
from sellingpartner.server.process.credentials import TOKEN_PATH, Credentials, application_of
from sellingpartner.server.process.settings import Settings


def announce(market: Market, settings: Settings, credentials: Credentials) -> None:
    """Print it."""
    application, seller = application_of(market, credentials)
    url, people = settings.base_url, credentials.people
    # Nothing is broken into lines: it is there to be copied.
    # And where nobody can read it, the market is open all the same.
    console = Console(file=cast("TextIO", outlet_to(sys.stdout)), highlight=False, markup=False, soft_wrap=True)
    lasts = "nothing is lost." if not market.database.is_memory else "nothing of it will be left: it lives in memory."
    console.print(Text("The market is open.", "bold"), f"Ctrl-C closes it; {lasts}\n")
    for name, value in (
        ("API", url),
        ("Tokens", f"{url}{TOKEN_PATH}"),
        ("Control", f"{url}{PREFIX}status"),
        (
            "Console",
            f"{url}/console  as {people.seller_email} or {people.developer_email}; passwords in the credentials",
        ),
        ("Seller", f"{seller.name}  {seller.seller_id}"),
        ("Application", f"{application.name}  {application.application_id}"),
        ("Credentials", str(settings.credentials)),
        ("Market", _state(market, settings)),
    ):
        console.print(Text(f"{name:<13}", "dim"), value)
    console.print("\nTry it:\n")
    call = f'curl {url}/sellers/v1/marketplaceParticipations -H "x-amz-access-token: $(spapi token)"'
    console.print(f"  {call}\n")
    console.print("  spapi order place    spapi status    spapi clock advance P1D    spapi requests --refused\n")


def _state(market: Market, settings: Settings) -> str:
    clock = f"{market.clock.mode.value} clock, {market.clock.now():%Y-%m-%d %H:%M} UTC"
    return f"{clock}; limits {settings.limits}; {market.database.url.render_as_string()}"
