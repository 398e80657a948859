"""What the catalog knows about an item."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import cached_property

import msgspec

from sellingpartner.market import attributes as reading
from sellingpartner.market.amounts import Money
from sellingpartner.market.attributes import Attributes, Dimensions, Measure


class ItemClassification(StrEnum):
    """What kind of entry of the catalog an item is."""

    BASE_PRODUCT = "BASE_PRODUCT"
    OTHER = "OTHER"
    PRODUCT_BUNDLE = "PRODUCT_BUNDLE"
    VARIATION_PARENT = "VARIATION_PARENT"


class VendorDetails(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What Amazon's own buyers keep of an item that a vendor supplies; categories are a value and its name."""

    brand_code: str | None = None
    manufacturer_code: str | None = None
    manufacturer_code_parent: str | None = None
    product_category: tuple[str, str] | None = None
    product_subcategory: tuple[str, str] | None = None
    product_group: str | None = None
    replenishment_category: str | None = None


class NewItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item in plain values, before it has an ASIN. Weights are grams, lengths millimeters, the package's as well.

    Texts are in the language of each marketplace. An item without marketplaces is in those of the seller who adds it;
    one that the market adds for nobody is in all.
    """

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
    marketplaces: tuple[str, ...] = ()


class NewCatalogItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item in attributes, before it has an ASIN."""

    product_type: str
    attributes: Attributes
    marketplaces: tuple[str, ...]
    item_classification: ItemClassification = ItemClassification.BASE_PRODUCT
    classification_id: str | None = None
    """Where in the browse tree it stands; by default where its product type does."""
    parent_asin: str | None = None
    variation_theme: str | None = None
    vendor: VendorDetails | None = None
    popularity: float = 0.0
    """How well it sells already, against other items: about as many units as were sold of it this month."""


class Item(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """An item of the catalog, under the ASIN that it keeps for good. What it says may differ by marketplace."""

    asin: str
    number: int
    product_type: str
    brand: str
    marketplaces: tuple[str, ...]
    parent_asin: str | None
    variation_theme: str | None
    classification_id: str | None
    item_classification: ItemClassification
    vendor: VendorDetails | None
    added_at: datetime
    updated_at: datetime
    document: bytes
    """Its attributes as they are kept."""

    @cached_property
    def attributes(self) -> Attributes:
        """Its attributes in every marketplace and language; not to be changed."""
        return reading.decode(self.document)

    def in_marketplace(self, marketplace_id: str) -> Attributes:
        """Those of its attributes that hold in a marketplace."""
        return reading.in_marketplace(self.attributes, marketplace_id)

    def is_in(self, marketplace_id: str) -> bool:
        """Whether a marketplace has the item."""
        return marketplace_id in self.marketplaces

    def title(self, marketplace_id: str, language: str | None = None) -> str:
        """What it is called there; empty if it has no name."""
        return self.text("item_name", marketplace_id, language) or ""

    def text(self, name: str, marketplace_id: str, language: str | None = None) -> str | None:
        """The text of an attribute."""
        return reading.text(self.attributes, name, marketplace_id, language)

    def texts(self, name: str, marketplace_id: str, language: str | None = None) -> list[str]:
        """All texts of an attribute, such as bullet points."""
        return reading.texts(self.attributes, name, marketplace_id, language)

    def item_dimensions(self, marketplace_id: str) -> Dimensions | None:
        """How large the thing itself is."""
        return reading.dimensions(self.attributes, "item_dimensions", marketplace_id)

    def item_weight(self, marketplace_id: str) -> Measure | None:
        """What the thing itself weighs."""
        return reading.measure(self.attributes, "item_weight", marketplace_id)

    def package_dimensions(self, marketplace_id: str) -> Dimensions | None:
        """How large the package is in which it is shipped."""
        return reading.dimensions(self.attributes, "item_package_dimensions", marketplace_id)

    def package_weight(self, marketplace_id: str) -> Measure | None:
        """What the package weighs with the thing in it."""
        return reading.measure(self.attributes, "item_package_weight", marketplace_id)

    def list_price(self, marketplace_id: str, currency: str) -> Money | None:
        """What its maker thinks it should cost."""
        # What is asked of many items at once: to read this attribute alone takes a fifth of the time.
        said = self.attributes if "attributes" in self.__dict__ else reading.decode_one(self.document, "list_price")
        for entry in reading.entries(said, "list_price", marketplace_id):
            if entry.get("currency") == currency:
                return reading.money(entry.get("value", entry.get("value_with_tax")), currency)
        return None


class Ranks(msgspec.Struct, frozen=True, kw_only=True):
    """Where an item stands among what is sold in a marketplace: 1 sells best."""

    display_group: str
    rank: int
    classification_id: str | None
    classification_rank: int | None
