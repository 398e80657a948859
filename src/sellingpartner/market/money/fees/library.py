"""The fee tables, each read when it is first asked for and then kept.

Referral fees of the United States, United Kingdom, Germany, France, Italy, Spain, Japan, Brazil, Australia and Saudi
Arabia, and fulfillment by Amazon in the United States, the United Kingdom and Japan, are as Amazon publishes them, as
far as that is known; the rest stands in.

Assumed: the rates of Canada and India are older or incomplete; those of Mexico are a guess.

Assumed: a marketplace without a known table takes over that of a similar one, its amounts converted at a fixed rate:
the Netherlands, Belgium, Ireland, Sweden, Poland, Turkey and Egypt that of Germany, South Africa and Singapore that of
the United Kingdom, the Emirates that of Saudi Arabia.

Assumed: fulfillment by Amazon costs in the European Union what it cost in Germany in 2025, less what it fell on average
at the end of that year; in Mexico, Brazil, Australia and around the Gulf it is converted from another marketplace.

Assumed: storage costs in every marketplace but Canada and India what it costs in the United States, converted.

Assumed: removing a unit costs in every marketplace what it costs in the United States, converted.

Assumed: fulfillment in the United States before 2026 costs what is known of 2025, with steps between the known ones,
and 0.77 less for what costs below 10 dollars; British parcels cost 0.26 pounds more until December 2025.

Assumed: European rates before December 2025 are 15 percent where only the later, lower ones are known.

Assumed: the fee for digital services is 2 percent of the other fees in the United Kingdom and 3 percent in France,
Italy, Spain and Canada, whatever country the seller is in; fulfillment across European borders costs 1.6 times as much.

Differs: fees of peak seasons, of dangerous goods and of apparel are those of other goods at other times; fuel and
logistics surcharges, fees for high volumes of listings and India's fee for technology are not there, and no promotion
waives a fee. Estimates leave out what depends on a seller's stock, its returns and its shipments to Amazon.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES
from sellingpartner.market.money.fees.table import FeeTable, Fulfillment, Removal, Selling, Storage, converted

_FOLDER = files("sellingpartner.market.money.fees")
_PARTS = {"selling": Selling, "fulfillment": Fulfillment, "storage": Storage, "removal": Removal}
_GROWING = ("rates", "rates_when_fulfilled")


class _Other(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another marketplace whose table is taken over, and what its currency is worth in one's own."""

    market: str
    times: Decimal = Decimal(1)


@cache
def fee_table(marketplace_id: str) -> FeeTable:
    """The fee table of a marketplace."""
    marketplace = MARKETPLACES[marketplace_id]
    said: dict[str, Any] = msgspec.toml.decode(
        (_FOLDER / f"tables/{marketplace.country_code.lower()}.toml").read_bytes()
    )
    parts: dict[str, Any] = {name: _periods(said, name, marketplace.currency) for name in _PARTS}
    parts |= msgspec.convert(said, dict[str, Decimal])
    return FeeTable(currency=marketplace.currency, **parts)


@cache
def categories_by_department() -> dict[str, str]:
    """The fee category of each department of the browse tree."""
    return msgspec.toml.decode((_FOLDER / "categories.toml").read_bytes(), type=dict[str, str])


def _periods(said: dict[str, Any], name: str, currency: str) -> Any:  # noqa: ANN401 - the type of the part
    """The periods of a part: a later one has what it does not say from the one before."""
    other = said.pop(f"{name}_of", None)
    if other is not None:
        of = msgspec.convert(other, _Other)
        periods = getattr(fee_table(BY_COUNTRY[of.market].marketplace_id), name)
        return converted(periods, of.times, currency)
    whole: dict[str, Any] = {}
    found = []
    for period in said.pop(name):
        grown = {key: whole.get(key, {}) | period[key] for key in _GROWING if key in period}
        whole = whole | period | grown
        found.append(msgspec.convert(whole, _PARTS[name]))
    return tuple(found)
