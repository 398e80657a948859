"""Who buys: name, address, tax registrations. All of it is personal data."""

from __future__ import annotations

import msgspec


class TaxClassification(msgspec.Struct, frozen=True, kw_only=True):
    """A tax registration: its kind and its number."""

    name: str
    value: str


class BuyerTax(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A business buyer's tax registrations (Brazil, Mexico, India)."""

    company_legal_name: str | None = None
    taxing_region: str | None = None
    classifications: tuple[TaxClassification, ...] = ()


class InvoiceTax(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a business invoice must say of the buyer (Turkey)."""

    company_legal_name: str | None = None
    business_address: str | None = None
    registration_id: str | None = None
    tax_office: str | None = None


class Buyer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person or a business that orders. Without an email address the market gives a relay address."""

    name: str
    email: str = ""
    company_name: str | None = None
    county: str | None = None
    tax: BuyerTax | None = None
    invoice_tax: InvoiceTax | None = None
    purchase_order_number: str | None = None


def registered(country_code: str, company: str | None, number: str) -> tuple[BuyerTax | None, InvoiceTax | None]:
    """A business's tax number as orders of a country's shop show it; nowhere else do they show one."""
    if country_code == "TR":
        return None, InvoiceTax(company_legal_name=company, registration_id=number)
    name = _CLASSIFICATIONS.get(country_code)
    if name is None:
        return None, None
    kinds = (TaxClassification(name=name, value=number),)
    return BuyerTax(company_legal_name=company, taxing_region=country_code, classifications=kinds), None


_CLASSIFICATIONS = {"BR": "CNPJ", "MX": "RFC", "IN": "GST"}
"""What a country calls the number."""


class Address(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where an order is to go."""

    name: str
    line_1: str
    city: str
    postal_code: str
    country_code: str
    line_2: str | None = None
    line_3: str | None = None
    company_name: str | None = None
    county: str | None = None
    district: str | None = None
    state_or_region: str | None = None
    municipality: str | None = None
    phone: str | None = None
    is_commercial: bool = False
    instructions: str | None = None
