"""What the catalog knows about an item."""

from __future__ import annotations

import msgspec

from sellingpartner.market.amounts import Money


class NewItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item as it is described to the catalog, before it has an ASIN. Weights are grams, lengths millimeters."""

    product_type: str
    title: str
    brand: str
    bullet_points: tuple[str, ...] = ()
    description: str | None = None
    color: str | None = None
    size: str | None = None
    material: str | None = None
    browse_node_id: str | None = None
    gtin: str | None = None
    weight_grams: int | None = None
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    list_price: Money | None = None
    parent_asin: str | None = None
    variation_theme: str | None = None
    image_url: str | None = None
    sales_rank: int | None = None


class Item(NewItem, frozen=True, kw_only=True):
    """An item of the catalog, under the ASIN that it keeps for good."""

    asin: str
