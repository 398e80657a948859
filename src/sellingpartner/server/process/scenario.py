"""A new market that begins as a scenario says; one that has begun so goes on."""

from __future__ import annotations

from typing import Literal

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.market import Market
from sellingpartner.market.scenarios.building import build
from sellingpartner.market.scenarios.reading import named
from sellingpartner.server.process.beginning import is_to_begin
from sellingpartner.server.process.settings import CannotServe, Chosen, Settings

_BUILT = "scenario"


def limits_of(scenario: str | None) -> Literal["real", "off", "x10"] | None:
    """The usage plans that a scenario asks for; raises `CannotServe` for one that cannot be read."""
    try:
        return None if scenario is None else named(scenario).limits
    except SellingPartnerError as reason:
        raise CannotServe(str(reason)) from reason


def begin_as(market: Market, scenario: str, settings: Settings) -> Chosen:
    """Build it, if the market is new; returns the credentials of it, what was chosen otherwise before them."""
    if not is_to_begin(market, _BUILT, scenario, "--scenario"):
        return settings.chosen
    try:
        made = build(market, named(scenario))
    except SellingPartnerError as reason:
        raise CannotServe(str(reason)) from reason
    market.remember(_BUILT, scenario)
    chosen = settings.chosen
    return Chosen(
        client_id=chosen.client_id or made.client_id,
        client_secret=chosen.client_secret or made.client_secret,
        refresh_token=chosen.refresh_token or (made.refresh_token if made.is_let_in else None),
    )
