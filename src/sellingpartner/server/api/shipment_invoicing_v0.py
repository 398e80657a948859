"""Shipment invoicing v0: invoices that sellers hand in for what Amazon ships for them in Brazil."""

from __future__ import annotations

from decimal import Decimal

from sellingpartner.contract import shipment_invoicing_v0 as v0
from sellingpartner.contract.shipment_invoicing_v0 import (
    GetInvoiceStatus,
    GetInvoiceStatusResponse,
    GetShipmentDetails,
    GetShipmentDetailsResponse,
    SubmitInvoice,
    SubmitInvoiceResponse,
)
from sellingpartner.market.accounts.questions import seller_of
from sellingpartner.market.amounts import Money
from sellingpartner.market.invoicing.commands import submit
from sellingpartner.market.invoicing.model import Awaiting, as_invoiced
from sellingpartner.market.invoicing.questions import awaiting_of
from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.orders.reading.showing import MARKETPLACE_CNPJ, has_taxed_buyer
from sellingpartner.market.time.chance import chance
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PAYMENTS = (v0.PaymentMethodEnum.CREDIT_CARD, v0.PaymentMethodEnum.PIX, v0.PaymentMethodEnum.BANK_SLIP)
_CARD_BRANDS = ("Visa", "Mastercard", "Elo")


@handles(GetShipmentDetails)
def get_shipment_details(unit: UnitOfWork, request: GetShipmentDetails) -> GetShipmentDetailsResponse:
    """What the invoice of a shipment must say; all of it is shown by restricted token only."""
    one = awaiting_of(unit, request.shipment_id)
    return GetShipmentDetailsResponse(payload=_details(unit, one, order_of(unit, one.order_id)))


@handles(SubmitInvoice)
def submit_invoice(unit: UnitOfWork, request: SubmitInvoice) -> SubmitInvoiceResponse:
    """Hand an invoice in."""
    submit(unit, request.shipment_id, request.invoice_content, request.content_md5_value, request.marketplace_id)
    return SubmitInvoiceResponse()


@handles(GetInvoiceStatus)
def get_invoice_status(unit: UnitOfWork, request: GetInvoiceStatus) -> GetInvoiceStatusResponse:
    """Whether the invoice of a shipment is there, and in order."""
    one = awaiting_of(unit, request.shipment_id)
    status = as_invoiced(order_of(unit, one.order_id).invoice_status)
    info = v0.ShipmentInvoiceStatusInfo(
        amazon_shipment_id=one.shipment_id, invoice_status=v0.ShipmentInvoiceStatus(status.value)
    )
    return GetInvoiceStatusResponse(payload=v0.ShipmentInvoiceStatusResponse(shipments=info))


def _details(unit: UnitOfWork, one: Awaiting, order: Order) -> v0.ShipmentDetail:
    return v0.ShipmentDetail(
        warehouse_id=one.center,
        amazon_order_id=order.order_id,
        amazon_shipment_id=one.shipment_id,
        purchase_date=order.purchased_at,
        shipping_address=_address(order),
        payment_method_details=list(order.payment_details),
        payments=[_payment(unit, order)],
        marketplace_id=order.marketplace_id,
        seller_id=unit.seller_id,
        buyer_name=order.buyer.name,
        buyer_county=order.buyer.county,
        buyer_tax_info=_buyer_tax(order),
        marketplace_tax_info=v0.MarketplaceTaxInfo(
            taxing_region="BR",
            tax_classifications=[v0.TaxClassification(name="CNPJ", value=MARKETPLACE_CNPJ)],
        ),
        seller_display_name=seller_of(unit, unit.seller_id).name,
        shipment_items=[_item(order, item) for item in order.items if item.held],
    )


def _address(order: Order) -> v0.Address:
    said = order.address
    kind = v0.AddressTypeEnum.COMMERCIAL if said.is_commercial else v0.AddressTypeEnum.RESIDENTIAL
    return v0.Address(
        name=said.name,
        address_line1=said.line_1,
        address_line2=said.line_2,
        address_line3=said.line_3,
        city=said.city,
        county=said.county,
        district=said.district,
        state_or_region=said.state_or_region,
        postal_code=said.postal_code,
        country_code=said.country_code,
        phone=said.phone,
        address_type=kind,
    )


def _payment(unit: UnitOfWork, order: Order) -> v0.PaymentInformation:
    """Assumed: a buyer in Brazil pays an order at once, by a method that the order's seed chooses."""
    luck = chance(unit, "payment in Brazil", order.order_id)
    method = luck.choice(_PAYMENTS)
    is_card = method is v0.PaymentMethodEnum.CREDIT_CARD
    return v0.PaymentInformation(
        payment_method=method,
        card_brand=luck.choice(_CARD_BRANDS) if is_card else None,
        payment_value=_money(order, order.total.minor),
        authorization_code=f"{luck.randrange(10**6):06d}" if is_card else None,
    )


def _buyer_tax(order: Order) -> v0.BuyerTaxInfo | None:
    tax = order.buyer.tax
    if tax is None or not has_taxed_buyer(order):
        return None
    return v0.BuyerTaxInfo(
        company_legal_name=tax.company_legal_name,
        taxing_region=tax.taxing_region,
        tax_classifications=[v0.TaxClassification(name=one.name, value=one.value) for one in tax.classifications],
    )


def _item(order: Order, item: OrderItem) -> v0.ShipmentItem:
    amounts = item.held_amounts
    return v0.ShipmentItem(
        asin=item.asin,
        seller_sku=item.sku,
        order_item_id=item.order_item_id,
        title=item.title,
        quantity_ordered=Decimal(item.held),
        item_price=_money(order, amounts.price),
        shipping_price=_money(order, amounts.shipping),
        gift_wrap_price=_money(order, amounts.gift_wrap),
        shipping_discount=_money(order, amounts.shipping_discount),
        promotion_discount=_money(order, amounts.promotion_discount),
        serial_numbers=list(item.serial_numbers) or None,
    )


def _money(order: Order, minor: int) -> v0.Money:
    return v0.Money(currency_code=order.currency, amount=str(Money(minor, order.currency)))
