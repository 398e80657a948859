"""What a person is told when a market is ready: where everything is, and what to try first."""

from __future__ import annotations

import shlex
import sys
from typing import TextIO, cast

from rich.console import Console
from rich.text import Text

from sellingpartner.market.listings.questions import count_of_skus
from sellingpartner.market.market import Market
from sellingpartner.server.control.endpoint import PREFIX
from sellingpartner.server.gateway.http import SANDBOX
from sellingpartner.server.logging import outlet_to
from sellingpartner.server.process.credentials import TOKEN_PATH, Credentials, application_of
from sellingpartner.server.process.people import People
from sellingpartner.server.process.settings import DEFAULT_CREDENTIALS, Settings


def announce(market: Market, settings: Settings, credentials: Credentials) -> None:
    """Print it."""
    application, seller = application_of(market, credentials)
    url = settings.base_url
    # Nothing is broken into lines: it is there to be copied.
    # And where nobody can read it, the market is open all the same.
    console = Console(file=cast("TextIO", outlet_to(sys.stdout)), highlight=False, markup=False, soft_wrap=True)
    lasts = "nothing is lost." if not market.database.is_memory else "nothing of it will be left: it lives in memory."
    console.print(Text("The market is open.", "bold"), f"Ctrl-C closes it; {lasts}\n")
    for name, value in (
        ("API", url),
        ("Sandbox", f"{url}{SANDBOX}"),
        ("Tokens", f"{url}{TOKEN_PATH}"),
        ("Control", f"{url}{PREFIX}status"),
        *_tls(settings),
        ("Console", f"{url}/console  as {_visitors(settings, credentials.people)}; passwords in the credentials"),
        ("Seller", f"{seller.name}  {seller.seller_id}"),
        ("Application", f"{application.name}  {application.application_id}"),
        ("Credentials", str(settings.credentials)),
        ("Market", _state(market, settings)),
    ):
        console.print(Text(f"{name:<13}", "dim"), value)
    has_goods = _has_goods(market)
    if not has_goods:
        console.print(
            "\nThe market is empty: it has a seller and an application, and no goods that buyers could order."
        )
    console.print("\nTry it, in another terminal:\n")
    for line in _steps(settings, url, has_goods=has_goods):
        console.print(f"  {line}")
    console.print("")


def _visitors(settings: Settings, people: People) -> str:
    """Who may come to the pages."""
    shops = f"{people.seller_email} or {people.developer_email}"
    if settings.control_key:
        return f"the operator (with the control key), {shops}"
    return shops if settings.is_public else f"the operator, {shops}"


def _tls(settings: Settings) -> list[tuple[str, str]]:
    if settings.tls_port is None:
        return []
    authority = settings.tls_folder / "ca.pem"
    return [("TLS", f"port {settings.tls_port}, under Amazon's names; its authority is {authority}")]


def _steps(settings: Settings, url: str, *, has_goods: bool) -> tuple[str, ...]:
    """Commands that can be copied as they are, wherever the market is and wherever its credentials lie."""
    is_usual = settings.credentials == DEFAULT_CREDENTIALS
    to, file = ("", "") if is_usual else (f" --url {url}", f" --credentials {shlex.quote(str(settings.credentials))}")
    call = f'curl {url}/sellers/v1/marketplaceParticipations -H "x-amz-access-token: $(spapi token{file}{to})"'
    if not has_goods:
        return (
            call,
            f"spapi listing put MUG-BLUE --title 'A Blue Mug' --price 15 --stock 10{to}",
            f"spapi order place --sku MUG-BLUE{to}",
            f"spapi status{to}",
            f"spapi seller create 'A Second Shop' --marketplace DE{to}",
            f"spapi application create 'Another Application'{to}",
        )
    return (
        call,
        f"spapi status{to}",
        f"spapi order place{to}",
        f"spapi clock advance P1D{to}",
        f"spapi requests --refused{to}",
    )


def _has_goods(market: Market) -> bool:
    with market.read() as unit:
        return count_of_skus(unit) > 0


def _state(market: Market, settings: Settings) -> str:
    clock = f"{market.clock.mode.value} clock, {market.clock.now():%Y-%m-%d %H:%M} UTC"
    return f"{clock}; limits {settings.limits}; {market.database.url.render_as_string()}"
