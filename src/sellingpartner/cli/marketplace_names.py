"""Marketplaces as people name them."""

from __future__ import annotations

from sellingpartner.contract.marketplaces import BY_COUNTRY


def marketplace_id_of(name: str) -> str:
    """The id of a country's marketplace (`US`, `de`); whatever else was said is taken for an id."""
    found = BY_COUNTRY.get("GB" if name.upper() == "UK" else name.upper())
    return name if found is None else found.marketplace_id
