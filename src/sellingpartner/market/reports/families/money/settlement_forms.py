"""How settlement reports write dates and amounts, by the marketplace that they are for.

Assumed: settlement reports of Europe write the day first, and a comma in amounts where the country does so; all others
write dates as ISO 8601 has them, and amounts with a point and no zero that says nothing.
"""

from __future__ import annotations

from datetime import datetime

from sellingpartner.contract.marketplaces import MARKETPLACES, Region
from sellingpartner.market.amounts import Money

_WITH_COMMA = frozenset({"BE", "DE", "ES", "FR", "IT", "NL", "PL", "SE", "TR"})


class SettlementForm:
    """The form of one marketplace."""

    def __init__(self, marketplace_id: str, currency: str) -> None:
        market = MARKETPLACES[marketplace_id]
        self._day = "%d.%m.%Y" if market.region is Region.EU else "%Y-%m-%d"
        self._has_comma = market.country_code in _WITH_COMMA
        self._currency = currency

    def day(self, moment: datetime) -> str:
        """The date of a moment."""
        return format(moment, self._day)

    def moment(self, moment: datetime) -> str:
        """A moment, to the second."""
        return f"{moment:{self._day} %H:%M:%S} UTC"

    def amount(self, minor: int) -> str:
        """An amount of the settlement's currency."""
        amount = Money(minor, self._currency)
        return str(amount).replace(".", ",") if self._has_comma else shortest(amount)


def iso(moment: datetime) -> str:
    """A moment as the older flat file and XML write it."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}+00:00"


def shortest(amount: Money) -> str:
    """An amount with a point, and as few decimal places as say it, but one: `14.9`, `-39.99`, `40.0`."""
    text = str(amount)
    if "." not in text:
        return text
    return f"{text.rstrip('0')}0" if text.endswith("00") else text.removesuffix("0")
