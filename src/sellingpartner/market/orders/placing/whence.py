"""Where the goods of an order leave from, as far as anybody must know when it is placed."""

from __future__ import annotations

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import seller_of
from sellingpartner.market.centers.questions import point_of
from sellingpartner.market.inventory.commands import Near
from sellingpartner.market.inventory.questions import country_of_units
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.taxes.collecting import depends_on_origin
from sellingpartner.market.supply.questions import known_source
from sellingpartner.storage.unit import UnitOfWork


def near_buyer(order: Order) -> Near:
    """From where Amazon is to take an order's units: out of the country that its tax goes by, near its buyer."""
    country = order.from_country or MARKETPLACES[order.marketplace_id].country_code
    to = order.address
    return Near(country, point_of(to.country_code, to.postal_code, to.state_or_region or ""))


def say_whence(unit: UnitOfWork, order: Order) -> None:
    """Note where the seller's business is and where the goods leave from, if it matters and is not where the shop is.

    Assumed: what a seller ships leaves from its supply source, or else from where its business is. What Amazon ships
    leaves from the shop's country if units lie there, and else from the country of the nearest center that has some.
    """
    if not depends_on_origin(order.address.country_code):
        return
    home = MARKETPLACES[order.marketplace_id].country_code
    established = seller_of(unit, unit.seller_id).country_code or home
    leaves = established
    if order.channel is FulfillmentChannel.AFN:
        leaves = country_of_units(unit, order.items[0].sku, order.place, near_buyer(order)) or home
    source = None if order.supply_source_id is None else known_source(unit, order.supply_source_id)
    if source is not None:
        leaves = source.address.country_code
    order.seller_country = None if established == home else established
    order.from_country = None if leaves == home else leaves
