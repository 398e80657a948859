"""What a person is told when a market is ready: where everything is, and what to try first."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from sellingpartner.market.market import Market
from sellingpartner.server.control.endpoint import PREFIX
from sellingpartner.server.process.credentials import TOKEN_PATH, Credentials, application_of
from sellingpartner.server.process.settings import Settings


def announce(market: Market, settings: Settings, credentials: Credentials) -> None:
    """Print it."""
    application, seller = application_of(market, credentials)
    url = settings.base_url
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim")
    facts.add_column(overflow="fold")
    for name, value in (
        ("API", url),
        ("Tokens", f"{url}{TOKEN_PATH}"),
        ("Control", f"{url}{PREFIX}status"),
        ("Seller", f"{seller.name}  {seller.seller_id}"),
        ("Application", f"{application.name}  {application.application_id}"),
        ("Credentials", str(settings.credentials)),
        ("Market", _state(market, settings)),
    ):
        facts.add_row(name, value)
    console = Console(highlight=False)
    console.print("[bold]The market is open.[/bold] Ctrl-C closes it; nothing is lost.\n")
    console.print(facts)
    console.print("\nTry it:\n")
    # One line, whatever the width: it is there to be copied.
    console.print(_curl(settings), soft_wrap=True, markup=False)
    console.print("spapi order place    spapi status    spapi requests --refused\n", markup=False)


def _state(market: Market, settings: Settings) -> str:
    clock = f"{market.clock.mode.value} clock, {market.clock.now():%Y-%m-%d %H:%M} UTC"
    return f"{clock}; limits {settings.limits}; {market.database.url.render_as_string()}"


def _curl(settings: Settings) -> str:
    return (
        f"set -a; . {settings.credentials}; set +a; curl -s $SP_API_BASE_URL/sellers/v1/marketplaceParticipations "
        '-H "x-amz-access-token: $(curl -s $SP_API_OAUTH_URL -d grant_type=refresh_token '
        "-d client_id=$SP_API_CLIENT_ID -d client_secret=$SP_API_CLIENT_SECRET "
        '--data-urlencode refresh_token=$SP_API_REFRESH_TOKEN | sed \'s/.*"access_token":"\\([^"]*\\).*/\\1/\')"'
    )
