"""Amazon's fulfillment centers.

Assumed: each country has one, from which all that is sold in its shop leaves; Amazon has many, and moves stock among
them. Codes and towns have the form of Amazon's, and no test of software should depend on them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.market.accounts.questions import home_marketplace
from sellingpartner.storage.unit import UnitOfWork


class Center(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A fulfillment center."""

    code: str
    city: str
    state: str = ""
    postal_code: str


@cache
def _centers() -> dict[str, Center]:
    path = files("sellingpartner.market.inventory") / "centers.toml"
    return msgspec.toml.decode(path.read_bytes(), type=dict[str, Center])


def center_of(country_code: str) -> Center:
    """The fulfillment center of a country."""
    return _centers()[country_code]


def country_of_stock(unit: UnitOfWork) -> str:
    """The country in whose center all lies that this unit's seller has with Amazon.

    Differs: Amazon spreads a seller's units over countries; here they lie where the seller is at home.
    """
    return home_marketplace(unit).country_code
