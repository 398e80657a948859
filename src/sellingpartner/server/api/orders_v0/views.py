"""An order as Orders v0 shows it.

Three things are hidden: prices and the address while nobody has paid; what Amazon shows of one channel only; and
personal data, of which the caller's restricted data token names what it may see.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

import msgspec

from sellingpartner.contract import orders_v0 as v0
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.buyer import Address, BuyerTax
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.purchase import OrderType, PaymentMethod
from sellingpartner.market.orders.reading.showing import (
    ADDRESSED,
    BRAZIL,
    MARKETPLACE_CNPJ,
    TURKEY,
    Now,
    has_taxed_buyer,
    may_be_called,
    names_the_marketplaces_tax,
    promises_delivery,
    shows_total,
)
from sellingpartner.server.gateway.views import view

BUYER: Final = "buyerInfo"
ADDRESS: Final = "shippingAddress"
TAX: Final = "buyerTaxInformation"

StoreNames = Callable[[], Mapping[str, str]]
"""Asks what the seller is called in each marketplace."""

# By dictionary: an enumeration that looks a value up takes twenty times as long, four times an order.
_STATUSES = {one: v0.OrderStatus(one.value) for one in OrderStatus}
_CHANNELS = {one: v0.FulfillmentChannel(one.value) for one in FulfillmentChannel}
_PAYMENT_METHODS = {one: v0.PaymentMethod(one.value) for one in PaymentMethod}
_ORDER_TYPES = {one: v0.OrderType(one.value) for one in OrderType}


def date_text(moment: datetime) -> str:
    """A date as Amazon prints it: `2026-11-23T18:00:00Z`."""
    # A fifth of what `isoformat` takes, and an order shows six.
    text: str = msgspec.to_builtins(moment)
    return text[:19] + "Z"


def money(amount: Money) -> v0.Money:
    """An amount as the API writes it."""
    return v0.Money(currency_code=amount.currency, amount=str(amount))


@view
def order_view(order: Order, elements: frozenset[str], *, now: Now, store_names: StoreNames) -> v0.Order:
    """An order with the personal data that `elements` names."""
    is_seller_fulfilled = order.channel is FulfillmentChannel.MFN
    return v0.Order(
        amazon_order_id=order.order_id,
        seller_order_id=order.seller_order_id or order.order_id,
        purchase_date=date_text(order.purchased_at),
        last_update_date=date_text(order.updated_at),
        order_status=_STATUSES[order.status],
        fulfillment_channel=_CHANNELS[order.channel],
        sales_channel=order.sales_channel,
        ship_service_level=order.service_level,
        order_total=_total(order),
        number_of_items_shipped=order.quantity_shipped,
        number_of_items_unshipped=order.quantity_unshipped,
        payment_execution_detail=_cash_on_delivery(order),
        payment_method=_PAYMENT_METHODS[order.payment_method],
        payment_method_details=list(order.payment_details),
        marketplace_id=order.marketplace_id,
        shipment_service_level_category=order.service.value,
        easy_ship_shipment_status=_easy_ship(order),
        order_type=_ORDER_TYPES[order.order_type],
        earliest_ship_date=date_text(order.earliest_ship_at) if is_seller_fulfilled else None,
        latest_ship_date=date_text(order.latest_ship_at) if is_seller_fulfilled else None,
        earliest_delivery_date=date_text(order.earliest_delivery_at) if is_seller_fulfilled else None,
        latest_delivery_date=_latest_delivery(order),
        is_business_order=order.is_business,
        is_prime=order.is_prime,
        is_premium_order=order.is_premium,
        is_global_express_enabled=order.is_global_express,
        replaced_order_id=order.replaces_order_id,
        is_replacement_order=order.replaces_order_id is not None,
        is_sold_by_ab=False,
        buyer_invoice_preference=_invoice_preference(order),
        buyer_tax_information=_buyer_tax_information(order) if TAX in elements else None,
        fulfillment_instruction=_instruction(order),
        is_ispu=order.is_store_pickup,
        is_access_point_order=order.is_access_point,
        marketplace_tax_info=_marketplace_tax(order),
        seller_display_name=_display_name(order, store_names),
        shipping_address=shipping_address(order, now=now, is_open=ADDRESS in elements),
        buyer_info=buyer_info(order) if BUYER in elements else v0.BuyerInfo(),
        automated_shipping_settings=v0.AutomatedShippingSettings(has_automated_shipping_settings=False),
        has_regulated_items=order.review is not None,
        electronic_invoice_status=_invoice_status(order),
    )


@view
def buyer_view(order: Order, *, is_open: bool) -> v0.OrderBuyerInfo:
    """Who buys, to whom may know."""
    info = buyer_info(order) if is_open else v0.BuyerInfo()
    return v0.OrderBuyerInfo(
        amazon_order_id=order.order_id,
        buyer_email=info.buyer_email,
        buyer_name=info.buyer_name,
        buyer_county=info.buyer_county,
        buyer_tax_info=info.buyer_tax_info,
        purchase_order_number=info.purchase_order_number,
    )


@view
def address_view(order: Order, *, now: Now, is_open: bool) -> v0.OrderAddress:
    """Where an order goes, to whom may know all of it."""
    return v0.OrderAddress(
        amazon_order_id=order.order_id,
        buyer_company_name=order.buyer.company_name if is_open else None,
        shipping_address=shipping_address(order, now=now, is_open=is_open),
        delivery_preferences=delivery_preferences(order) if is_open else None,
    )


def buyer_info(order: Order) -> v0.BuyerInfo:
    """Who buys.

    Differs: Amazon was seen to give the relay email address without a restricted data token; this market counts it
    as personal data like the rest.
    """
    return v0.BuyerInfo(
        buyer_email=order.buyer.email,
        buyer_name=order.buyer.name,
        buyer_county=order.buyer.county if order.marketplace_id == BRAZIL else None,
        buyer_tax_info=_buyer_tax(order, order.buyer.tax),
        purchase_order_number=order.buyer.purchase_order_number,
    )


def shipping_address(order: Order, *, now: Now, is_open: bool) -> v0.Address | None:
    """Where an order goes: in full, or the town and country that are left to who may not know more."""
    if order.status not in ADDRESSED:
        return None
    address = order.address
    if not is_open:
        return v0.Address(
            city=address.city,
            state_or_region=address.state_or_region,
            postal_code=address.postal_code,
            country_code=address.country_code,
        )
    return v0.Address(
        name=address.name,
        company_name=address.company_name,
        address_line1=address.line_1,
        address_line2=address.line_2,
        address_line3=address.line_3,
        city=address.city,
        county=address.county,
        district=address.district,
        state_or_region=address.state_or_region,
        municipality=address.municipality,
        postal_code=address.postal_code,
        country_code=address.country_code,
        phone=address.phone if may_be_called(order, now) else None,
        address_type=_address_type(address),
    )


def delivery_preferences(order: Order) -> v0.DeliveryPreferences | None:
    """What the buyer wrote for whoever delivers."""
    if order.status not in ADDRESSED or order.address.instructions is None:
        return None
    return v0.DeliveryPreferences(address_instructions=order.address.instructions)


def _address_type(address: Address) -> v0.AddressType:
    return v0.AddressType.COMMERCIAL if address.is_commercial else v0.AddressType.RESIDENTIAL


def _total(order: Order) -> v0.Money | None:
    return money(order.total) if shows_total(order) else None


def _latest_delivery(order: Order) -> str | None:
    return date_text(order.latest_delivery_at) if promises_delivery(order) else None


def _cash_on_delivery(order: Order) -> list[v0.PaymentExecutionDetailItem] | None:
    if order.payment_method is not PaymentMethod.COD or order.is_unpaid:
        return None
    return [v0.PaymentExecutionDetailItem(payment=money(order.total), payment_method=PaymentMethod.COD.value)]


def _easy_ship(order: Order) -> v0.EasyShipShipmentStatus | None:
    return None if order.easy_ship_status is None else v0.EasyShipShipmentStatus(order.easy_ship_status)


def _invoice_status(order: Order) -> v0.ElectronicInvoiceStatus | None:
    return None if order.invoice_status is None else v0.ElectronicInvoiceStatus(order.invoice_status.value)


def _instruction(order: Order) -> v0.FulfillmentInstruction | None:
    if order.supply_source_id is None:
        return None
    return v0.FulfillmentInstruction(fulfillment_supply_source_id=order.supply_source_id)


def _invoice_preference(order: Order) -> v0.BuyerInvoicePreference | None:
    if order.marketplace_id != TURKEY:
        return None
    business = order.buyer.invoice_tax is not None
    return v0.BuyerInvoicePreference.BUSINESS if business else v0.BuyerInvoicePreference.INDIVIDUAL


def _buyer_tax_information(order: Order) -> v0.BuyerTaxInformation | None:
    tax = order.buyer.invoice_tax
    if tax is None or order.marketplace_id != TURKEY:
        return None
    return v0.BuyerTaxInformation(
        buyer_legal_company_name=tax.company_legal_name,
        buyer_business_address=tax.business_address,
        buyer_tax_registration_id=tax.registration_id,
        buyer_tax_office=tax.tax_office,
    )


def _buyer_tax(order: Order, tax: BuyerTax | None) -> v0.BuyerTaxInfo | None:
    if tax is None or not has_taxed_buyer(order):
        return None
    return v0.BuyerTaxInfo(
        company_legal_name=tax.company_legal_name,
        taxing_region=tax.taxing_region,
        tax_classifications=[v0.TaxClassification(name=one.name, value=one.value) for one in tax.classifications],
    )


def _marketplace_tax(order: Order) -> v0.MarketplaceTaxInfo | None:
    if not names_the_marketplaces_tax(order):
        return None
    return v0.MarketplaceTaxInfo(tax_classifications=[v0.TaxClassification(name="CNPJ", value=MARKETPLACE_CNPJ)])


def _display_name(order: Order, store_names: StoreNames) -> str | None:
    if not names_the_marketplaces_tax(order):
        return None
    return store_names().get(order.marketplace_id, MARKETPLACES[order.marketplace_id].name)
