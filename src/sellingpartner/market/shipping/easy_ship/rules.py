"""What Easy Ship does in which country: `data/easy_ship.toml`.

Assumed: the published table of countries could not be read. India schedules one package at a time, the Netherlands and
Poland in bulk alone, as callers report; the United Arab Emirates, Saudi Arabia, Egypt, Singapore and Japan do both.
Brazil, where Easy Ship is Delivery by Amazon, is taken to do so in bulk alone.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.shipping.easy_ship.refusals import NotFoundHere, RegionNotSupported
from sellingpartner.market.shipping.model import Settings


class Rules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One country's."""

    time_zone: str
    carrier_id: str
    carrier_name: str
    tracking: str
    slots: bool
    single: bool
    moves: bool
    bulk: bool
    drop_off: bool
    invoice: bool
    """Whether Amazon writes the invoice."""
    most_grams: int
    is_usual: bool = False
    """Whether orders go by it unless their seller says otherwise."""


@cache
def all_rules() -> dict[str, Rules]:
    """The rules of each country that has Easy Ship."""
    path = files("sellingpartner.market.shipping") / "data" / "easy_ship.toml"
    return msgspec.toml.decode(path.read_bytes(), type=dict[str, Rules])


def rules_for(marketplace_id: str) -> Rules:
    """The rules of a marketplace; raises `NotFoundHere` if it is none, `RegionNotSupported` if it has no Easy Ship."""
    marketplace = MARKETPLACES.get(marketplace_id)
    if marketplace is None:
        raise NotFoundHere(f"{marketplace_id} is no marketplace.")
    rules = all_rules().get(marketplace.country_code)
    if rules is None:
        raise RegionNotSupported(f"There is no Easy Ship in {marketplace.country}.")
    return rules


@cache
def usual_countries() -> tuple[str, ...]:
    """Where orders go by Easy Ship unless their seller says otherwise.

    Assumed: in India, the United Arab Emirates, Saudi Arabia and Egypt, where sellers report that they began with it.
    """
    return tuple(country for country, rules in all_rules().items() if rules.is_usual)


def easy_ship_of(settings: Settings) -> tuple[str, ...]:
    """The countries in which a seller's own orders go by Easy Ship."""
    return usual_countries() if settings.easy_ship is None else settings.easy_ship


@cache
def carriers_of_easy_ship() -> frozenset[str]:
    """The carriers that bring packages of Easy Ship, by the id that their parcels have."""
    return frozenset(f"{rules.carrier_id}{EASY}" for rules in all_rules().values())


EASY = "/EasyShip"
"""What the carrier of a parcel of Easy Ship ends with, so that its moves are known without looking anything up."""
