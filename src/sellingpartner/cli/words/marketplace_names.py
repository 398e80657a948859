"""Marketplaces as people name them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from cyclopts import Parameter
from cyclopts.completion import CompletionContext

from sellingpartner.cli.failures import CannotDo
from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES

_LETTERS = 2
_OTHER_NAMES = {"UK": "GB"}


def marketplace_words(_: CompletionContext) -> list[tuple[str, str]]:
    """The countries of marketplaces, with their ids, as the shell offers them."""
    return [(country, one.marketplace_id) for country, one in sorted(BY_COUNTRY.items())]


NAMED = Parameter(completer=marketplace_words)
"""An option that names a marketplace."""

Marketplace = Annotated[str | None, NAMED]
"""The one that is meant, where it may be left out."""


def marketplace_id_of(name: str) -> str:
    """The id of a country's marketplace (`US`, `de`); whatever else was said is taken for an id."""
    country = _OTHER_NAMES.get(name.upper(), name.upper())
    found = BY_COUNTRY.get(country)
    if found is None and len(name) == _LETTERS:
        message = f"{name} is not a marketplace; write one of {', '.join(sorted(BY_COUNTRY))}, or a marketplace's id."
        raise CannotDo(message)
    return name if found is None else found.marketplace_id


def marketplace_meant(name: str | None) -> str | None:
    """The same, where one need not be said."""
    return None if name is None else marketplace_id_of(name)


def countries_of(marketplace_ids: Sequence[str]) -> list[str]:
    """The marketplaces as people name them; one that is not known by its id."""
    return sorted(MARKETPLACES[one].country_code if one in MARKETPLACES else one for one in marketplace_ids)
