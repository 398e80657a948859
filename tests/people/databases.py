"""Where a test's database lies: in a file of its own, or on the PostgreSQL server of the run, emptied."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.testing import TestMarket


def url_of(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    """The URL of a database of a kind, `sqlite` or `postgresql`, that several processes can open."""
    if kind == "sqlite":
        return f"sqlite:///{folder / 'market.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


class Home(NamedTuple):
    """Where an account is lived: in a country, and in a database."""

    country: str
    url: str

    def opened(self) -> TestMarket:
        """A market of that country."""
        return TestMarket(self.url, marketplaces=[BY_COUNTRY[self.country].marketplace_id])
