"""ITEM_PRODUCT_TYPE_CHANGE and BRANDED_ITEM_CONTENT_CHANGE: what the catalog says of an item that a seller offers."""

from __future__ import annotations

from collections.abc import Callable

from sellingpartner.contract.message import Message
from sellingpartner.contract.notifications.branded_item_content_change import BrandedItemContentChangeNotification
from sellingpartner.contract.notifications.item_product_type_change import ItemProductTypeChangeNotification
from sellingpartner.market.catalog.questions import item_of
from sellingpartner.market.events.catalog import CatalogItemChanged, ItemProductTypeChanged
from sellingpartner.market.notifications.subscriptions import is_wanted, wanting
from sellingpartner.market.notifications.telling import tell_one
from sellingpartner.market.offers.questions import contest_of
from sellingpartner.storage.unit import UnitOfWork, on

_TOLD = ("bullet_point", "item_name", "product_description")
_IMAGES = (
    "main_product_image_locator",
    *(f"other_product_image_locator_{number}" for number in range(1, 9)),
    "swatch_product_image_locator",
)
"""If any of them changes, all are named: which picture it was is not told."""


@on(ItemProductTypeChanged)
def tell_of_type(unit: UnitOfWork, fact: ItemProductTypeChanged) -> None:
    """An item was put under another product type."""

    def content() -> Message:
        return ItemProductTypeChangeNotification(
            marketplace_id=fact.marketplace_id,
            asin=fact.asin,
            previous_product_type=fact.previous,
            current_product_type=fact.current,
        )

    _tell_those_concerned(unit, "ITEM_PRODUCT_TYPE_CHANGE", fact.marketplace_id, fact.asin, content)


@on(CatalogItemChanged)
def tell_of_content(unit: UnitOfWork, fact: CatalogItemChanged) -> None:
    """What buyers read or see of an item changed."""
    told = [name for name in _TOLD if name in fact.attributes]
    if any("image_locator" in name for name in fact.attributes):
        told += _IMAGES
    if not told:
        return

    def content() -> Message | None:
        brand = item_of(unit, fact.asin).brand
        if not brand:
            return None
        return BrandedItemContentChangeNotification(
            marketplace_id=fact.marketplace_id, brand_name=brand, asin=fact.asin, attributes_changed=told
        )

    _tell_those_concerned(unit, "BRANDED_ITEM_CONTENT_CHANGE", fact.marketplace_id, fact.asin, content)


def _tell_those_concerned(
    unit: UnitOfWork, notification_type: str, marketplace_id: str, asin: str, content: Callable[[], Message | None]
) -> None:
    """Assumed: a seller has to do with a brand's item if it offers the item; who owns a brand is not kept."""
    message = content() if any(is_wanted(unit, notification_type)) else None
    if message is None:
        return
    for seller_id in sorted({each.offer.seller_id for each in contest_of(unit, marketplace_id, asin).contenders}):
        for subscription in wanting(unit, notification_type, seller_id):
            tell_one(unit, subscription, message)
