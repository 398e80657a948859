"""PRODUCT_TYPE_DEFINITIONS_CHANGE: other product type definitions are in force, in each marketplace of a seller."""

from __future__ import annotations

from collections.abc import Sequence

from sellingpartner.contract.notifications.product_type_definitions_change import (
    ProductTypeDefinitionsChangeNotification,
)
from sellingpartner.market.accounts.questions import all_sellers, participations_of
from sellingpartner.market.events.catalog import ProductTypesReleased
from sellingpartner.market.notifications.model import Subscription
from sellingpartner.market.notifications.subscriptions import is_wanted, wanting
from sellingpartner.market.notifications.telling import tell_one
from sellingpartner.market.product_types.questions import types_in
from sellingpartner.storage.unit import UnitOfWork, on

_TYPE = "PRODUCT_TYPE_DEFINITIONS_CHANGE"


@on(ProductTypesReleased)
def tell_of_definitions(unit: UnitOfWork, fact: ProductTypesReleased) -> None:
    """Every seller is told by whom it has let in, once a marketplace."""
    if not any(is_wanted(unit, _TYPE)):
        return
    for seller in all_sellers(unit):
        wants = wanting(unit, _TYPE, seller.seller_id)
        for here in participations_of(unit, seller.seller_id) if wants else ():
            _tell_in(unit, wants, fact, here.marketplace_id)


def _tell_in(unit: UnitOfWork, wants: Sequence[Subscription], fact: ProductTypesReleased, marketplace_id: str) -> None:
    available = types_in([marketplace_id])
    new = [name for name in fact.new_product_types if name in available]
    for subscription in wants:
        told = ProductTypeDefinitionsChangeNotification(
            marketplace_id=marketplace_id,
            account_id=subscription.seller_id,
            product_type_version=fact.version,
            new_product_types=new or None,
        )
        tell_one(unit, subscription, told)
