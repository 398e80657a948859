"""The demo world of a new market: built once, with a bar to look at; its buyers come or stay away."""

from __future__ import annotations

import sys
from typing import TextIO, cast

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from sellingpartner.market import demo
from sellingpartner.market.accounts.questions import all_sellers
from sellingpartner.market.market import Market
from sellingpartner.server.logging import outlet_to
from sellingpartner.server.process.settings import CannotServe, Settings
from sellingpartner.server.process.uncollected import uncollected

_BUILT = "demo world"
_BEGUN = "demo world begun"


def has_demo_world(market: Market) -> bool:
    """Whether the market was built with the demo world."""
    return market.known(_BUILT) is not None


class HalfBuilt(CannotServe):
    """The demo world was never finished, and nobody was ever let in, so nothing of worth is in the database."""

    def __init__(self, market: Market) -> None:
        shown = market.database.url.render_as_string()
        super().__init__(
            f"The demo world in {shown} was left half built; empty that database, or choose another --database."
        )


def prepare_demo_world(market: Market, settings: Settings) -> None:
    """Build it if it is wanted and the market is new, and let its buyers come or keep them away.

    A world that another version of this program built goes on as it is.
    """
    built = market.known(_BUILT)
    if built is None and market.known(_BEGUN) is not None:
        raise HalfBuilt(market)
    if settings.has_demo and built is None and _is_new(market):
        build(market)
    demo.set_buyers(market, come=not settings.is_quiet)


def _is_new(market: Market) -> bool:
    with market.read() as unit:
        return not all_sellers(unit)


def build(market: Market) -> None:
    """Build the demo world in a market that has nothing yet, and show how far it has come."""
    market.remember(_BEGUN, demo.VERSION)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[what]}"))
    console = Console(file=cast("TextIO", outlet_to(sys.stderr)))
    what = "Building the demo world, once"
    if not console.is_terminal:
        console.print(f"{what}; it takes some seconds to a minute.")
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=1.0, what="")
        with uncollected():
            demo.build_demo_world(market, lambda done, what: bar.update(task, completed=done, what=what))
