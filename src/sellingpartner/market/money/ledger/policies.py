"""What a seller's account has been settled on, by currency: how long money is held, what is kept, where it goes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files

import msgspec
from sqlalchemy import bindparam, select

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES, Marketplace
from sellingpartner.market.money.fees.referral import money_of
from sellingpartner.market.money.ledger.tables import money_policies
from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.memory import Recollection
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

_MOST_DAYS, _PERCENT = 90, 100


class Defaults(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What holds for whoever has settled on nothing else."""

    deferral_days: int
    reserve_percent: int
    period_days: int
    minimum: Mapping[str, Decimal]
    refund_cap: Mapping[str, Decimal]
    subscription: Mapping[str, Decimal]
    research_days: Mapping[str, int]
    """By what is paid in the end."""
    reserve_while: Mapping[str, int]
    """By how the account stands."""


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """How a seller's money of a currency is held and paid out."""

    currency: str
    deferral_days: int
    """How many days after its delivery the money of a sale is held; by 0 it is available at once."""
    reserve_percent: int
    """What part of a period's balance is kept for the next one."""
    bank_tail: str
    """The last digits of the bank account."""
    bank_works: bool
    """Whether the bank takes a transfer."""
    card_works: bool
    """Whether a debt can be charged to the seller's card."""
    minimum_minor: int
    """What is less than this is kept for the next period."""
    pays_into_wallet: bool = False
    """Whether payouts go into the Seller Wallet, and not to the bank account."""


_NAMES = tuple(money_policies.c[name] for name in Policy.__struct_fields__)
_find = Question(
    select(*_NAMES).where(
        money_policies.c.seller_id == bindparam("of_seller"), money_policies.c.currency == bindparam("of_currency")
    ),
    Policy,
)
_KNOWN: Recollection[tuple[str, str], Policy] = Recollection()
"""What a transaction has read of policies, by seller and currency."""
_CHANGING = tuple(name for name in Policy.__struct_fields__ if name != "currency")
_keep = Prepared(upsert(money_policies, lambda offered: {name: offered[name] for name in _CHANGING}))


@cache
def defaults() -> Defaults:
    """The defaults, read once."""
    place = files("sellingpartner.market.money.ledger") / "policies.toml"
    return msgspec.toml.decode(place.read_bytes(), type=Defaults)


def policy_of(unit: UnitOfWork, currency: str) -> Policy:
    """What holds for this seller."""
    known, key = _KNOWN.of(unit.memory), (unit.seller_id, currency)
    found = known.get(key)
    if found is None:
        kept = _find.first(unit.connection, {"of_seller": unit.seller_id, "of_currency": currency})
        found = kept or _default(unit.seed, unit.seller_id, currency)
        if unit.is_alone:
            known[key] = found
    return found


def change_policy(
    unit: UnitOfWork,
    currency: str,
    *,
    deferral_days: int | None = None,
    reserve_percent: int | None = None,
    bank_works: bool | None = None,
    card_works: bool | None = None,
    minimum_minor: int | None = None,
    pays_into_wallet: bool | None = None,
) -> Policy:
    """Settle on something else; what is not said stays. What is held already keeps its date until it is delivered."""
    given = {
        "deferral_days": deferral_days,
        "reserve_percent": reserve_percent,
        "bank_works": bank_works,
        "card_works": card_works,
        "minimum_minor": minimum_minor,
        "pays_into_wallet": pays_into_wallet,
    }
    if currency not in defaults().minimum:
        message = f"{currency!r} is no currency of a marketplace; those are {', '.join(defaults().minimum)}."
        raise InvalidInput(message)
    changed = msgspec.structs.replace(
        policy_of(unit, currency), **{name: value for name, value in given.items() if value is not None}
    )
    _check(changed)
    _keep.run(unit.connection, {"seller_id": unit.seller_id} | msgspec.structs.asdict(changed))
    _KNOWN.forget(unit.memory)
    return changed


def account_tail(policy: Policy) -> str:
    """The last digits of the account that payouts go to; those of a wallet are zeros."""
    return "000" if policy.pays_into_wallet else policy.bank_tail


def period_length() -> timedelta:
    """How long a settlement period is."""
    return timedelta(days=defaults().period_days)


@cache
def home_of(currency: str) -> Marketplace:
    """The marketplace whose calendar a currency's banks keep.

    Assumed: euros are transferred on the working days of Germany.
    """
    those = [one for one in MARKETPLACES.values() if one.currency == currency]
    return next((one for one in those if one.country_code == "DE"), those[0])


def _check(policy: Policy) -> None:
    if not 0 <= policy.deferral_days <= _MOST_DAYS:
        message = f"Money is held for 0 to {_MOST_DAYS} days after delivery, not for {policy.deferral_days}."
        raise InvalidInput(message)
    if not 0 <= policy.reserve_percent <= _PERCENT:
        message = f"Of a balance 0 to 100 percent are kept in reserve, not {policy.reserve_percent}."
        raise InvalidInput(message)
    if not 0 <= policy.minimum_minor < 2**53:
        message = f"The least that is transferred is 0 minor units or more, not {policy.minimum_minor}."
        raise InvalidInput(message)


@lru_cache(maxsize=1000)
def _default(seed: int, seller_id: str, currency: str) -> Policy:
    said = defaults()
    return Policy(
        currency=currency,
        deferral_days=said.deferral_days,
        reserve_percent=said.reserve_percent,
        bank_tail=f"{number_of(seed, seller_id, 'bank account') % 1000:03d}",
        bank_works=True,
        card_works=True,
        minimum_minor=money_of(said.minimum[currency], currency).minor,
    )
