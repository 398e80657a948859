"""What a transfer costs and what arrives: exchange rates by the day, fees by how much was sent before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.contract.marketplaces import Region
from sellingpartner.market.amounts import exponent_of
from sellingpartner.market.money.ledger.policies import home_of
from sellingpartner.market.money.wallet.model import Charged, Rate
from sellingpartner.market.money.wallet.refusals import Wrong
from sellingpartner.market.time.chance import number_of, wide_number_of

_MOVES = 1000
_IN_ALL = Decimal(100_000)
_PERCENT = Decimal(100)
_PLACES = Decimal("0.000001")
_ONE = Decimal(1)


class _Tier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    percent: Decimal
    below: Decimal | None = None


class _Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    third_party: Decimal


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    per_dollar: Mapping[str, Decimal]
    exchange: Sequence[_Tier]
    tax: Mapping[str, Decimal]
    limits: _Limits


@cache
def _table() -> _Table:
    place = files("sellingpartner.market.money.wallet") / "rates.toml"
    return msgspec.toml.decode(place.read_bytes(), type=_Table)


def is_known(currency: str) -> bool:
    """Whether money can be sent in a currency."""
    return currency in _table().per_dollar


def rate_of(
    seed: int, day: date, *, minor: int, currency: str, to_currency: str, sent_dollars: Decimal = Decimal(0)
) -> Rate:
    """What becomes of an amount that is sent on a day, by somebody who has sent so much into other currencies."""
    for one in (currency, to_currency):
        if not is_known(one):
            message = (
                f"{one[:10]!r} is no currency that can be sent; those are {', '.join(sorted(_table().per_dollar))}."
            )
            raise Wrong(message)
    rate_id = f"{wide_number_of(seed, 'exchange rate', currency, to_currency, day.isoformat()):032x}"
    if currency == to_currency:
        return Rate(
            currency=currency,
            base_minor=minor,
            rate_id=rate_id,
            base_rate=_ONE,
            effective_rate=_ONE,
            to_currency=to_currency,
            arrives_minor=minor,
        )
    rate = (_worth(seed, day, to_currency) / _worth(seed, day, currency)).quantize(_PLACES, ROUND_HALF_UP)
    fees = _fees(minor, currency, sent_dollars)
    left = minor - sum(one.minor for one in fees)
    shift = exponent_of(to_currency) - exponent_of(currency)
    arrives = int((left * rate).scaleb(shift).to_integral_value(ROUND_HALF_UP))
    effective = Decimal(arrives).scaleb(-shift) / minor if minor else rate
    return Rate(
        currency=currency,
        base_minor=minor,
        rate_id=rate_id,
        base_rate=rate,
        effective_rate=effective.quantize(_PLACES, ROUND_HALF_UP),
        to_currency=to_currency,
        arrives_minor=arrives,
        fees=fees,
    )


def dollars(seed: int, day: date, minor: int, currency: str) -> Decimal:
    """What an amount is worth in US dollars on a day."""
    return Decimal(minor).scaleb(-exponent_of(currency)) / _worth(seed, day, currency)


def most_to_others() -> Decimal:
    """How many US dollars may go to somebody else at once."""
    return _table().limits.third_party


def _worth(seed: int, day: date, currency: str) -> Decimal:
    """How much of a currency a US dollar buys on a day."""
    usual = _table().per_dollar[currency]
    if currency == "USD":
        return usual
    moved = number_of(seed, "exchange rate", currency, day.isoformat()) % (2 * _MOVES + 1) - _MOVES
    return usual * (_IN_ALL + moved) / _IN_ALL


def _fees(minor: int, currency: str, sent_dollars: Decimal) -> tuple[Charged, ...]:
    known = _table()
    percent = next(tier.percent for tier in known.exchange if tier.below is None or sent_dollars < tier.below)
    fee = Charged(kind="TRANSACTION_FEE", percent=str(percent), minor=_share(minor, percent))
    region: Region = home_of(currency).region
    tax = known.tax.get(region.value)
    if tax is None:
        return (fee,)
    return fee, Charged(kind="TAX", percent=str(tax), minor=_share(fee.minor, tax))


def _share(minor: int, percent: Decimal) -> int:
    return int((minor * percent / _PERCENT).to_integral_value(ROUND_HALF_UP))
