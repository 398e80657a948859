"""What is done to a market before it is served: the demo world, its buyers, the ready credentials."""

from __future__ import annotations

from sellingpartner.market.market import Market
from sellingpartner.server.process.credentials import Credentials, ready_credentials
from sellingpartner.server.process.demo_world import prepare_demo_world
from sellingpartner.server.process.scenario import begin_as
from sellingpartner.server.process.settings import CannotServe, Chosen, Settings
from sellingpartner.server.process.worlds import begin_with
from sellingpartner.storage.away import DatabaseAway


def prepare(market: Market, settings: Settings) -> Credentials:
    """Make a market ready; raises `CannotServe`."""
    try:
        chosen = _begun(market, settings)
        return ready_credentials(market, settings.credentials, settings.base_url, chosen)
    except DatabaseAway as away:
        shown = market.database.url.render_as_string()
        message = f"The database {shown} cannot be written: {away.reason.rstrip('.')}."
        raise CannotServe(message) from away


def _begun(market: Market, settings: Settings) -> Chosen:
    """Have a new market begin as it is to; returns the credentials that it is to have."""
    if settings.world is not None and settings.scenario is not None:
        message = "A market begins as a world or as a scenario; leave --world or --scenario away."
        raise CannotServe(message)
    if settings.world is not None:
        return begin_with(market, settings.world, settings)
    if settings.scenario is not None:
        return begin_as(market, settings.scenario, settings)
    prepare_demo_world(market, settings)
    return settings.chosen
