"""Sales: a package leaves, and what its buyer pays, what is withheld and what Amazon takes is posted at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.contract.sellers_v1 import SellingPlan
from sellingpartner.market.accounts.questions import seller_of
from sellingpartner.market.events.orders import Line, PackageChanged, PackageFact, PackageShipped
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.money.ledger import holds
from sellingpartner.market.money.ledger.model import EntryDetail, EntryKind, EntryLine, Leg, NewEntry, to_seller
from sellingpartner.market.money.ledger.policies import policy_of
from sellingpartner.market.money.ledger.posting import post
from sellingpartner.market.money.ledger.selling.bases import basis_of
from sellingpartner.market.money.ledger.selling.charging import Seller, Sold, fees_of
from sellingpartner.market.money.ledger.selling.low_stock import LOW_STOCK, fee_for_low_stock
from sellingpartner.market.money.ledger.selling.withholding import Places, model_of, paid, withheld
from sellingpartner.market.time.chance import chance
from sellingpartner.storage.unit import UnitOfWork, on

_LATEST_INVOICE = (30, 45)
"""Assumed: after how many days a business that is invoiced has paid."""


@on(PackageShipped)
def post_sale(unit: UnitOfWork, fact: PackageShipped) -> None:
    """Post what left, line by line."""
    _post(unit, fact, f"shipped:{fact.order_id}:{fact.package_reference}")


@on(PackageChanged)
def post_correction(unit: UnitOfWork, fact: PackageChanged) -> None:
    """Post by how much more or less left than had been said, with the signs of what moved."""
    if fact.lines:
        number = unit.next_number("corrections")
        _post(unit, fact, f"changed:{fact.order_id}:{fact.package_reference}:{number}")


def seller_now(unit: UnitOfWork) -> Seller:
    """What of this unit's seller decides on its fees and taxes."""
    profile = seller_of(unit, unit.seller_id).profile
    known = profile.business or profile.contact
    is_individual = profile.selling_plan is SellingPlan.INDIVIDUAL
    if known is None:
        return Seller("", "", is_individual)
    return Seller(known.address.country_code, known.address.state or "", is_individual)


def lines_of(lines: tuple[Line, ...]) -> tuple[EntryLine, ...]:
    """The lines of an order, as an entry keeps them."""
    return tuple(
        EntryLine(
            order_item_id=line.order_item_id,
            sku=line.sku,
            asin=line.asin,
            quantity=line.quantity,
            promotion_ids=line.promotion_ids,
        )
        for line in lines
    )


def _post(unit: UnitOfWork, fact: PackageFact, source: str) -> None:
    if fact.is_from_outside:
        return  # nobody paid for it here
    seller = seller_now(unit)
    legs = tuple(leg for number, line in enumerate(fact.lines, 1) for leg in _legs(unit, fact, seller, line, number))
    if not legs:
        return  # a replacement costs nothing
    held = holds.open_holds(unit, fact.order_id)
    days = policy_of(unit, fact.currency).deferral_days
    until, because = (held[0].matures_at, held[0].reason) if held else _matures(unit, fact, days)
    is_held = bool(held) or until > unit.now
    post(
        unit,
        NewEntry(
            kind=EntryKind.SALE,
            source=source,
            marketplace_id=fact.marketplace_id,
            currency=fact.currency,
            legs=legs,
            detail=EntryDetail(
                lines=lines_of(fact.lines), shipment_id=fact.package_reference, fulfillment=fact.channel
            ),
            order_id=fact.order_id,
            is_held=is_held,
            matures_at=until,
            held_because=because,
        ),
    )
    if is_held and not held and not fact.is_tracked:  # what is tracked is told of when it arrives, or is given up
        holds.look_when_matured(unit, fact.order_id, until)


def _matures(unit: UnitOfWork, fact: PackageFact, days: int) -> tuple[datetime, str]:
    """Until when a sale is held, as long as nobody has told of its delivery, and why."""
    if not days:
        return unit.now, ""
    if fact.is_invoiced:
        luck = chance(unit, "invoice is paid", fact.order_id)
        return holds.on_the_hour(unit.now + timedelta(days=luck.randint(*_LATEST_INVOICE))), "B2B"
    arrives_at = max(fact.latest_delivery_at or unit.now, unit.now)
    return holds.on_the_hour(arrives_at + timedelta(days=days)), "DD7"


def _legs(unit: UnitOfWork, fact: PackageFact, seller: Seller, line: Line, number: int) -> list[Leg]:
    country = MARKETPLACES[fact.marketplace_id].country_code
    places = Places(
        country=country,
        seller_country=seller.country or country,
        is_same_state=bool(seller.state) and fact.ship_to == f"{country}-{seller.state}",
    )
    is_amazons = fact.channel == FulfillmentChannel.AFN
    sold = Sold(
        marketplace_id=fact.marketplace_id,
        currency=fact.currency,
        quantity=line.quantity,
        amounts=line.amounts,
        points=line.points,
        basis=basis_of(unit, line.asin, fact.marketplace_id),
        is_amazon_fulfilled=is_amazons,
        is_individual=seller.is_individual,
    )
    parts = [
        *paid(line.amounts, model_of(country)),
        *withheld(line.amounts, places),
        *fees_of(sold, unit.now.date()),
    ]
    if is_amazons:
        more = fee_for_low_stock(unit, line.sku, sold.basis.package, fact.marketplace_id)
        parts += [(LOW_STOCK, -more * line.quantity)] if more else []
    if line.points:
        parts.append(("CostOfPointsGranted", -line.points))
    return [to_seller(component, minor, number) for component, minor in parts]
