"""What a test may say of a market in short: a country for its marketplace, a moment as text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES
from sellingpartner.market.scenarios.model import Scenario
from sellingpartner.market.scenarios.reading import named

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
"""What time it is in a test unless it says otherwise."""
US = BY_COUNTRY["US"].marketplace_id


def marketplaces_of(said: Sequence[str]) -> tuple[str, ...]:
    """The ids of marketplaces that are named by id or by country; raises `ValueError` for one that is none."""
    named = (said,) if isinstance(said, str) else tuple(said)
    unknown = [one for one in named if one not in MARKETPLACES and one not in BY_COUNTRY]
    if unknown or not named:
        what = f"{', '.join(unknown)} is no marketplace" if unknown else "A market has at least one marketplace"
        message = f"{what}; write an id such as ATVPDKIKX0DER, or a country: {', '.join(BY_COUNTRY)}."
        raise ValueError(message)
    return tuple(one if one in MARKETPLACES else BY_COUNTRY[one].marketplace_id for one in named)


def scenario_of(said: str | Path | Scenario) -> Scenario:
    """A scenario that is given, or that is named; raises `ValueError` for one that is none."""
    if isinstance(said, Scenario):
        return said
    try:
        return named(said)
    except (InvalidInput, NotFound) as reason:
        raise ValueError(reason.told) from reason


def moment_of(said: datetime | str) -> datetime:
    """A moment that is given, or written as `2026-11-02T09:00:00Z`; in UTC where it names no zone."""
    moment = datetime.fromisoformat(said) if isinstance(said, str) else said
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
