"""Services: `charge` is the one way to be charged for one, and two come every month: the plan, and what is stored.

Assumed: a professional account is charged on the first of the month, in the currency of its first marketplace; storage
of a month is charged between the 7th and the 15th of the next one, at the average of what lay there.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from sellingpartner.contract.errors import InvalidArgument
from sellingpartner.contract.sellers_v1 import SellingPlan
from sellingpartner.market.accounts.questions import home_marketplace, seller_of
from sellingpartner.market.events.accounts import SellerJoined
from sellingpartner.market.events.money import MonthCharged
from sellingpartner.market.money.fees.referral import money_of
from sellingpartner.market.money.ledger.components import components
from sellingpartner.market.money.ledger.model import (
    Account,
    Entry,
    EntryDetail,
    EntryKind,
    EntryLine,
    NewEntry,
    to_seller,
)
from sellingpartner.market.money.ledger.policies import defaults
from sellingpartner.market.money.ledger.posting import post
from sellingpartner.market.money.ledger.selling.income_tax import withhold_income_tax
from sellingpartner.market.money.ledger.services.storage_charges import keep_charges
from sellingpartner.market.money.ledger.services.storing import Kept, stored_units
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork, on

_CHARGED = frozenset({Account.SERVICES})


class SubscriptionIsCharged(Due):
    """A month begins, and with it the plan's next month."""


class StorageIsCharged(Due):
    """What lay in Amazon's warehouses in a month (`2026-11`) is charged, and its income tax is withheld."""

    month: str


class ServiceCharge(msgspec.Struct, frozen=True, kw_only=True):
    """What a seller is to be charged for a service; an amount below zero gives something back."""

    component: str
    minor: int
    currency: str
    source: str
    marketplace_id: str | None = None
    sku: str | None = None
    asin: str = ""
    quantity: int = 0
    description: str = ""
    reason: str = ""


def charge(unit: UnitOfWork, wanted: ServiceCharge) -> Entry:
    """Charge a seller for a service."""
    component = components().get(wanted.component)
    if component is None or component.account not in _CHARGED or component.place != "fee":
        services = [key for key, one in components().items() if one.account in _CHARGED and one.place == "fee"]
        known = ", ".join(key for key in services if components()[key].tax_of is None)
        message = f"{wanted.component!r} is no service that is charged; those are {known}."
        raise InvalidArgument(message)
    if not wanted.minor:
        message = f"A charge of nothing for {wanted.component} is no charge; it must be more or less."
        raise InvalidArgument(message)
    lines = (EntryLine(sku=wanted.sku, asin=wanted.asin, quantity=wanted.quantity),) if wanted.sku else ()
    return post(
        unit,
        NewEntry(
            kind=EntryKind.SERVICE_FEE,
            source=wanted.source,
            marketplace_id=wanted.marketplace_id,
            currency=wanted.currency,
            legs=(to_seller(wanted.component, -wanted.minor, 1 if lines else 0),),
            detail=EntryDetail(
                lines=lines, description=wanted.description or component.description, reason=wanted.reason
            ),
        ),
    )


@on(SellerJoined)
def begin_months(unit: UnitOfWork, fact: SellerJoined) -> None:
    """Let the months of an account begin with the first that begins after it was opened."""
    opened = seller_of(unit, fact.seller_id)
    before, unit.seller_id = unit.seller_id, fact.seller_id
    try:
        later(unit, SubscriptionIsCharged(), at=_next_month(opened.joined_at))
    finally:
        unit.seller_id = before


@when(SubscriptionIsCharged)
def charge_subscription(unit: UnitOfWork, _due: SubscriptionIsCharged) -> None:
    """Charge the plan, and see to what is stored, for as long as the account is there."""
    gone = (unit.now - timedelta(days=1)).strftime("%Y-%m")
    later(unit, SubscriptionIsCharged(), at=_next_month(unit.now))
    luck = chance(unit, "storage is charged", gone)
    later(unit, StorageIsCharged(month=gone), at=unit.now + timedelta(days=6, minutes=luck.randrange(8 * 24 * 60)))
    if seller_of(unit, unit.seller_id).profile.selling_plan is not SellingPlan.PROFESSIONAL:
        return
    home = home_marketplace(unit)
    fee = money_of(defaults().subscription[home.currency], home.currency)
    if not fee.minor:
        return
    charge(
        unit,
        ServiceCharge(
            component="Subscription",
            minor=fee.minor,
            currency=fee.currency,
            marketplace_id=home.marketplace_id,
            source=f"subscription:{unit.now:%Y-%m}",
        ),
    )


@when(StorageIsCharged)
def charge_storage(unit: UnitOfWork, due: StorageIsCharged) -> None:
    """Charge what lay at Amazon in a month: the space that it took, and a surcharge on what has lain there for long."""
    begins = datetime.strptime(due.month, "%Y-%m").replace(tzinfo=unit.now.tzinfo)
    home = home_marketplace(unit)
    withhold_income_tax(unit, begins, _next_month(begins))
    unit.emit(MonthCharged(begins=begins, ends=_next_month(begins)))
    stored = list(stored_units(unit, home.marketplace_id, begins, _next_month(begins)))
    keep_charges(unit, due.month, home.marketplace_id, stored)
    for kind, component in ((Kept.SPACE, "FBAStorageFee"), (Kept.AGE, "FBALongTermStorageFee")):
        minor = sum(one.amount.minor for one in stored if one.kind is kind)
        if minor:
            charge(
                unit,
                ServiceCharge(
                    component=component,
                    minor=minor,
                    currency=home.currency,
                    marketplace_id=home.marketplace_id,
                    source=f"{component}:{due.month}",
                ),
            )


def _next_month(moment: datetime) -> datetime:
    first = moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (first + timedelta(days=32)).replace(day=1)
