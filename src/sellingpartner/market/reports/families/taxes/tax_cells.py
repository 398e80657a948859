"""What reports on taxes say of a line, whatever they call it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.orders.taxes.collecting import collection_of, sale_of, tax_area
from sellingpartner.market.reports.families.taxes.taxed_lines import Part, TaxedLine
from sellingpartner.market.reports.writing.values import padded

Cell = Callable[[TaxedLine], str]

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
EUROPE: Final = ("BE", "DE", "ES", "FR", "GB", "IE", "IT", "NL", "PL", "SE")
"""The marketplaces whose sellers have reports on VAT."""


def money(line: TaxedLine, minor: int) -> str:
    """An amount of a line's currency.

    Assumed: reports on taxes write amounts with two decimal places.
    """
    return padded(minor, line.order.currency)


def amount(of: Callable[[TaxedLine], int]) -> Cell:
    """A cell of an amount."""
    return lambda line: money(line, of(line))


def part_cells(line_part: Callable[[TaxedLine], Part]) -> tuple[Cell, ...]:
    """A part with tax, its tax, without it; then what a promotion took off, the same way."""
    return (
        amount(lambda line: line_part(line).net + line_part(line).tax),
        amount(lambda line: line_part(line).tax),
        amount(lambda line: line_part(line).net),
        amount(lambda line: line_part(line).promo_net + line_part(line).promo_tax),
        amount(lambda line: line_part(line).promo_tax),
        amount(lambda line: line_part(line).promo_net),
    )


def day_utc(at: datetime | None) -> str:
    """A day in the report on VAT calculation: `31-Jul-2021 UTC`.

    Assumed: days in the report on VAT calculation are written so, as a public reader of it maps names of months.
    """
    return "" if at is None else f"{at.day:02d}-{_MONTHS[at.month - 1].capitalize()}-{at.year} UTC"


def day_numbers(at: datetime | None) -> str:
    """A day in numbers: `31-07-2021`."""
    return "" if at is None else f"{at:%d-%m-%Y}"


def month_of(at: datetime) -> str:
    """A month: `2024-JAN`."""
    return f"{at.year}-{_MONTHS[at.month - 1]}"


def seller_number(line: TaxedLine) -> str:
    """The seller's tax number, if it has one."""
    business = line.seller.profile.business
    return "" if business is None else business.tax_number or ""


def seller_country(line: TaxedLine) -> str:
    """Where the seller is registered, if it has a number."""
    return (line.seller.country_code or "") if seller_number(line) else ""


def buyer_number(line: TaxedLine) -> str:
    """A business buyer's tax number, where its country's orders show one."""
    kinds = line.order.buyer.tax.classifications if line.order.buyer.tax is not None else ()
    return kinds[0].value if kinds else ""


def buyer_country(line: TaxedLine) -> str:
    """Where a business buyer is registered."""
    return line.order.address.country_code if buyer_number(line) else ""


def scheme(line: TaxedLine) -> str:
    """By which European scheme the tax is paid, where the marketplace pays it by one."""
    by = collection_of(sale_of(line.order))
    return "" if by is None or by.scheme is None else {"IOSS": "IOSS", "UOSS": "UNION-OSS"}[by.scheme]


def leaves_the_union(line: TaxedLine) -> bool:
    """Whether goods leave the area that taxes their sale as one."""
    return line.order.address.country_code not in tax_area(line.origin.country)


def home(line: TaxedLine) -> str:
    """The marketplace's country."""
    return MARKETPLACES[line.order.marketplace_id].country_code
