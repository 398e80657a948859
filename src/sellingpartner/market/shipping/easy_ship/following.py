"""Orders wait to be scheduled; packages and orders follow their parcels."""

from __future__ import annotations

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.events.orders import OrderCanceled, OrderPaid
from sellingpartner.market.events.shipping import ParcelMoved
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.packages import Parcel as Package
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping.easy_ship.booking import show
from sellingpartner.market.shipping.easy_ship.model import PENDING_SCHEDULE, EasyPackage, PackageStatus
from sellingpartner.market.shipping.easy_ship.rules import all_rules, carriers_of_easy_ship, easy_ship_of, rules_for
from sellingpartner.market.shipping.easy_ship.store import find_package, save_package
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.parcels.tracking import call_off
from sellingpartner.market.shipping.store import settings_of
from sellingpartner.storage.unit import UnitOfWork, on


@on(OrderPaid)
def offer_easy_ship(unit: UnitOfWork, fact: OrderPaid) -> None:
    """Let a paid order wait to be scheduled, where its seller ships by Easy Ship."""
    country = MARKETPLACES[fact.marketplace_id].country_code
    if fact.channel != FulfillmentChannel.MFN.value or country not in all_rules():
        return
    if country in easy_ship_of(settings_of(unit)):
        orders.set_easy_ship_status(unit, fact.order_id, PENDING_SCHEDULE)


@on(ParcelMoved)
def follow(unit: UnitOfWork, fact: ParcelMoved) -> None:
    """Have package and order follow their parcel; the hand-over ships the order."""
    if fact.order_id is None or fact.carrier not in carriers_of_easy_ship():
        return
    package = find_package(unit, fact.order_id)
    if package is None or fact.package_reference is None:
        return
    states = package.scanned(ParcelStatus(fact.status))
    save_package(unit, package)
    show(unit, package, states)
    if fact.status == ParcelStatus.ACCEPTED.value:
        _ship(unit, package, fact.package_reference)


@on(OrderCanceled)
def cancel_label(unit: UnitOfWork, fact: OrderCanceled) -> None:
    """Fetch nothing that was canceled."""
    package = find_package(unit, fact.order_id)
    if package is not None and package.status is PackageStatus.READY_FOR_PICKUP:
        call_off(unit, package.package_id)


def _ship(unit: UnitOfWork, package: EasyPackage, reference: str) -> None:
    order, rules = order_of(unit, package.order_id), rules_for(package.marketplace_id)
    parcel = Package(
        reference=reference,
        shipped_at=unit.now,
        quantities=order.unshipped_quantities(),
        carrier_code=rules.carrier_id,
        carrier_name=rules.carrier_name,
        method=rules.carrier_name,
        tracking_number=package.tracking_id,
        carrier_status=ParcelStatus.ACCEPTED.value,
    )
    orders.ship(unit, package.order_id, parcel, is_tracked=False)
