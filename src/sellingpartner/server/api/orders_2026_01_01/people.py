"""Who buys, where an order goes, and who is taxed: personal data, as far as the caller may see it."""

from __future__ import annotations

from typing import Final

from sellingpartner.contract import orders_2026_01_01 as v2026
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.reading.showing import (
    ADDRESSED,
    BRAZIL,
    MARKETPLACE_CNPJ,
    TURKEY,
    Now,
    has_taxed_buyer,
    may_be_called,
    names_the_marketplaces_tax,
)
from sellingpartner.server.api.orders_2026_01_01.asking import Asked, Sight

_BUYER: Final = "BUYER"
_INVOICE_STATUSES = {"NotRequired": "NOT_REQUIRED", "NotFound": "NOT_FOUND"}
_REGISTRATIONS = frozenset({"BUSINESS", "VAT", "CST", "CPF", "CNPJ"})


def buyer(asked: Asked) -> v2026.Buyer | None:
    """Who buys, of an order that is paid and was not canceled.

    Assumed: in Orders 2026-01-01 company and purchase order number are shown where the buyer's name is.
    """
    order = asked.order
    if order.status not in ADDRESSED:
        return None
    may_write = Sight.DELIVERY in asked.sight and order.channel is FulfillmentChannel.MFN
    knows = bool(asked.sight)
    return v2026.Buyer(
        buyer_name=order.buyer.name if knows else None,
        buyer_email=order.buyer.email if may_write else None,
        buyer_company_name=order.buyer.company_name if knows else None,
        buyer_purchase_order_number=order.buyer.purchase_order_number if knows else None,
    )


def recipient(asked: Asked, now: Now) -> v2026.Recipient | None:
    """Where an order goes: in full, or the town and country that are left to who may not know more."""
    order = asked.order
    if order.status not in ADDRESSED:
        return None
    capabilities = ["HAS_ACCESS_POINT"] if order.is_access_point else None
    if Sight.DELIVERY not in asked.sight:
        return v2026.Recipient(
            delivery_address=v2026.CustomerAddress(
                city=order.address.city,
                state_or_region=order.address.state_or_region,
                country_code=order.address.country_code,
                address_type=_address_type(order),
            ),
            delivery_preference=v2026.DeliveryPreference(delivery_capabilities=capabilities) if capabilities else None,
        )
    instructions = order.address.instructions
    return v2026.Recipient(
        delivery_address=_address(order, order.address, now),
        delivery_preference=v2026.DeliveryPreference(
            address_instruction=instructions, delivery_capabilities=capabilities
        )
        if instructions or capabilities
        else None,
    )


def order_tax(asked: Asked) -> v2026.OrderTax | None:
    """Who is taxed, and how the invoice stands."""
    registrations = [*_buyer_registrations(asked), *_marketplace_registration(asked.order)]
    invoicing = _invoicing(asked.order)
    if not registrations and invoicing is None:
        return None
    return v2026.OrderTax(tax_registrations=registrations or None, tax_invoicing=invoicing)


def _address(order: Order, address: Address, now: Now) -> v2026.CustomerAddress:
    return v2026.CustomerAddress(
        name=address.name,
        company_name=address.company_name,
        address_line1=address.line_1,
        address_line2=address.line_2,
        address_line3=address.line_3,
        city=address.city,
        district_or_county=address.district or address.county,
        state_or_region=address.state_or_region,
        municipality=address.municipality,
        postal_code=address.postal_code,
        country_code=address.country_code,
        phone=address.phone if may_be_called(order, now) else None,
        extended_fields=_extended(address) if order.marketplace_id == BRAZIL else None,
        address_type=_address_type(order),
    )


def _address_type(order: Order) -> str:
    if order.is_access_point or order.is_store_pickup:
        return "PICKUP_POINT"
    return "COMMERCIAL" if order.address.is_commercial else "RESIDENTIAL"


def _extended(address: Address) -> v2026.AddressExtendedFields:
    """The parts of a Brazilian street's line: `Rua das Flores, 123`."""
    street, _, number = address.line_1.partition(",")
    return v2026.AddressExtendedFields(
        street_name=street.strip(),
        street_number=number.strip() or None,
        complement=address.line_2,
        neighborhood=address.district,
    )


def _buyer_registrations(asked: Asked) -> list[v2026.OrderTaxRegistration]:
    """The buyer's registrations: of a business in Turkey for its invoice, in Brazil, Mexico and India for its taxes."""
    order, invoice, tax = asked.order, asked.order.buyer.invoice_tax, asked.order.buyer.tax
    if Sight.TAXES not in asked.sight:
        return []
    if order.marketplace_id == TURKEY and invoice is not None:
        office = v2026.TaxRegistrationAttribute(key="TAX_OFFICE", value=invoice.tax_office)
        return [
            v2026.OrderTaxRegistration(
                entity_type=_BUYER,
                legal_name=invoice.company_legal_name,
                tax_registration_type="BUSINESS",
                tax_registration_number=invoice.registration_id,
                tax_registration_address=v2026.CustomerAddress(
                    company_name=invoice.company_legal_name, address_line1=invoice.business_address, country_code="TR"
                ),
                tax_registration_attributes=[office] if invoice.tax_office else None,
            )
        ]
    if tax is None or not has_taxed_buyer(order):
        return []
    return [
        v2026.OrderTaxRegistration(
            entity_type=_BUYER,
            legal_name=tax.company_legal_name,
            # Assumed: a tax registration of a kind that Orders 2026-01-01 does not list is a business's.
            tax_registration_type=one.name if one.name in _REGISTRATIONS else "BUSINESS",
            tax_registration_number=one.value,
        )
        for one in tax.classifications
    ]


def _marketplace_registration(order: Order) -> list[v2026.OrderTaxRegistration]:
    """In Brazil an invoice names the marketplace's registration."""
    if not names_the_marketplaces_tax(order):
        return []
    return [
        v2026.OrderTaxRegistration(
            entity_type="MARKETPLACE", tax_registration_type="CNPJ", tax_registration_number=MARKETPLACE_CNPJ
        )
    ]


def _invoicing(order: Order) -> v2026.OrderTaxInvoicing | None:
    status = order.invoice_status
    preference = None
    if order.marketplace_id == TURKEY:
        preference = "BUSINESS" if order.buyer.invoice_tax is not None else "INDIVIDUAL"
    if status is None and preference is None:
        return None
    return v2026.OrderTaxInvoicing(
        buyer_invoice_preference=preference,
        invoice_status=None if status is None else _INVOICE_STATUSES.get(status.value, status.value.upper()),
    )
