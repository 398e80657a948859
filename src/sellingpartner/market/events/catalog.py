"""What happens to the items of the catalog."""

from __future__ import annotations

from sellingpartner.storage.events import Event


class CatalogItemChanged(Event):
    """What a marketplace's catalog says of an item changed; `attributes` names what of it, also for a new item."""

    asin: str
    marketplace_id: str
    attributes: tuple[str, ...]


class ItemProductTypeChanged(Event):
    """An item was put under another product type."""

    asin: str
    marketplace_id: str
    previous: str
    current: str


class ProductTypesReleased(Event):
    """The market has other product type definitions than before, in all marketplaces."""

    version: str
    new_product_types: tuple[str, ...]
