"""What is done to a market before it is served: the demo world, its buyers, the ready credentials."""

from __future__ import annotations

from sellingpartner.market.market import Market
from sellingpartner.server.process.credentials import Credentials, ready_credentials
from sellingpartner.server.process.demo_world import prepare_demo_world
from sellingpartner.server.process.scenario import begin_as
from sellingpartner.server.process.settings import CannotServe, Settings
from sellingpartner.storage.away import DatabaseAway


def prepare(market: Market, settings: Settings) -> Credentials:
    """Make a market ready; raises `CannotServe`."""
    try:
        chosen = settings.chosen
        if settings.scenario is None:
            prepare_demo_world(market, settings)
        else:
            chosen = begin_as(market, settings.scenario, settings)
        return ready_credentials(market, settings.credentials, settings.base_url, chosen)
    except DatabaseAway as away:
        shown = market.database.url.render_as_string()
        message = f"The database {shown} cannot be written: {away.reason.rstrip('.')}."
        raise CannotServe(message) from away
