"""Amazon's fulfillment centers.

Assumed: each country has one, from which all that is sold in its shop leaves; Amazon has many, and moves stock among
them. Codes and towns have the form of Amazon's, and no test of software should depend on them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec


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
