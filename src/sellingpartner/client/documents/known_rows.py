"""Typed rows of the reports that most sellers read.

The columns are those that Amazon sends; further ones are in `row.columns` and in `client.drift`. A cell that is empty,
or is not what its column should hold, is None. Listings reports have their headers in many languages; those that are
known are in `_headers.toml`.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from sellingpartner.client.documents.row import Row


class OrderLine(Row, kw_only=True):
    """A line of an order, in the flat files of all orders."""

    report_types: ClassVar[tuple[str, ...]] = (
        "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL",
        "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL",
    )

    amazon_order_id: str | None = None
    merchant_order_id: str | None = None
    purchase_date: datetime | None = None
    last_updated_date: datetime | None = None
    order_status: str | None = None
    fulfillment_channel: str | None = None
    sales_channel: str | None = None
    order_channel: str | None = None
    ship_service_level: str | None = None
    product_name: str | None = None
    sku: str | None = None
    asin: str | None = None
    item_status: str | None = None
    quantity: int | None = None
    currency: str | None = None
    item_price: Decimal | None = None
    item_tax: Decimal | None = None
    shipping_price: Decimal | None = None
    shipping_tax: Decimal | None = None
    gift_wrap_price: Decimal | None = None
    gift_wrap_tax: Decimal | None = None
    item_promotion_discount: Decimal | None = None
    ship_promotion_discount: Decimal | None = None
    ship_city: str | None = None
    ship_state: str | None = None
    ship_postal_code: str | None = None
    ship_country: str | None = None
    promotion_ids: str | None = None
    is_business_order: bool | None = None
    purchase_order_number: str | None = None
    price_designation: str | None = None


class Listing(Row, kw_only=True):
    """A SKU, in the report of all listings."""

    report_types: ClassVar[tuple[str, ...]] = ("GET_MERCHANT_LISTINGS_ALL_DATA",)

    item_name: str | None = None
    item_description: str | None = None
    listing_id: str | None = None
    seller_sku: str | None = None
    price: Decimal | None = None
    quantity: int | None = None
    open_date: datetime | None = None
    item_is_marketplace: bool | None = None
    product_id_type: int | None = None
    item_note: str | None = None
    item_condition: int | None = None
    asin1: str | None = None
    asin2: str | None = None
    asin3: str | None = None
    product_id: str | None = None
    pending_quantity: int | None = None
    fulfillment_channel: str | None = None
    merchant_shipping_group: str | None = None
    status: str | None = None


class FbaStock(Row, kw_only=True):
    """A SKU in Amazon's hands, in the reports of FBA inventory."""

    report_types: ClassVar[tuple[str, ...]] = (
        "GET_FBA_MYI_UNSUPPRESSED_INVENTORY_DATA",
        "GET_FBA_MYI_ALL_INVENTORY_DATA",
    )

    sku: str | None = None
    fnsku: str | None = None
    asin: str | None = None
    product_name: str | None = None
    condition: str | None = None
    your_price: Decimal | None = None
    mfn_listing_exists: bool | None = None
    mfn_fulfillable_quantity: int | None = None
    afn_listing_exists: bool | None = None
    afn_warehouse_quantity: int | None = None
    afn_fulfillable_quantity: int | None = None
    afn_unsellable_quantity: int | None = None
    afn_reserved_quantity: int | None = None
    afn_total_quantity: int | None = None
    per_unit_volume: Decimal | None = None
    afn_inbound_working_quantity: int | None = None
    afn_inbound_shipped_quantity: int | None = None
    afn_inbound_receiving_quantity: int | None = None
    afn_researching_quantity: int | None = None
    afn_reserved_future_supply: int | None = None
    afn_future_supply_buyable: int | None = None


class SettlementLine(Row, kw_only=True):
    """An amount of a settlement; the first row says the settlement's total and dates, and no amount."""

    report_types: ClassVar[tuple[str, ...]] = ("GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2",)

    settlement_id: str | None = None
    settlement_start_date: datetime | None = None
    settlement_end_date: datetime | None = None
    deposit_date: datetime | None = None
    total_amount: Decimal | None = None
    currency: str | None = None
    transaction_type: str | None = None
    order_id: str | None = None
    merchant_order_id: str | None = None
    adjustment_id: str | None = None
    shipment_id: str | None = None
    marketplace_name: str | None = None
    amount_type: str | None = None
    amount_description: str | None = None
    amount: Decimal | None = None
    fulfillment_id: str | None = None
    posted_date: str | None = None
    """A day, in whichever order its marketplace writes one; `posted_date_time` is the moment."""
    posted_date_time: datetime | None = None
    order_item_code: str | None = None
    merchant_order_item_id: str | None = None
    merchant_adjustment_item_id: str | None = None
    sku: str | None = None
    quantity_purchased: int | None = None
    promotion_id: str | None = None


KNOWN: dict[str, type[Row]] = {
    name: kind for kind in (OrderLine, Listing, FbaStock, SettlementLine) for name in kind.report_types
}
"""The rows that a report's type means."""


def rows_of(report_type: str) -> type[Row]:
    """The type of a report's rows."""
    return KNOWN.get(report_type, Row)
