"""What `program.toml` says of the program."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.contract.marketplaces import BY_COUNTRY


class Program(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules of Subscribe & Save."""

    promotion: str
    countries: tuple[str, ...]
    percents: tuple[int, ...]
    automatic_percent: int
    interval_days: tuple[int, ...]
    most_units: int
    product_types: frozenset[str]

    @property
    def marketplace_ids(self) -> tuple[str, ...]:
        """Where the program is."""
        return tuple(BY_COUNTRY[country].marketplace_id for country in self.countries)


@cache
def program() -> Program:
    """All of it, read once."""
    place = files("sellingpartner.market.subscriptions") / "program.toml"
    return msgspec.toml.decode(place.read_bytes(), type=Program)
