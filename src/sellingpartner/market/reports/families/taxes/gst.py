"""India's reports for merchants: the goods and services tax on each line that was sold or given back.

Goods that stay in their seller's state are taxed by the state and by the union, half each; others by the union.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.taxes.tax_cells import Cell, amount, buyer_number, seller_number
from sellingpartner.market.reports.families.taxes.taxed_lines import Part, TaxedLine, taxed_in_time
from sellingpartner.market.reports.kinds import Charset, Empty, Rows, Window, report
from sellingpartner.market.reports.writing.cells import columns_of, table
from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.unit import UnitOfWork

_COUNTRIES = ("IN",)
_HALF = Decimal("0.5")
_PERIOD, _RECENT = Window(default_days=30), Window(oldest_days=45, default_days=30)


def _stays(line: TaxedLine) -> bool:
    """Whether goods stay in their seller's state, as the ledger took it when it collected tax at source."""
    return "TCS-CGST" in line.effects or "TCS-SGST" in line.effects


def _central(line: TaxedLine, tax: int) -> int:
    return tax // 2 if _stays(line) else 0


def _of_state(line: TaxedLine, tax: int) -> int:
    return tax - tax // 2 if _stays(line) else 0


def _of_union(line: TaxedLine, tax: int) -> int:
    return 0 if _stays(line) else tax


_SHARES = {"Cgst": _central, "Sgst": _of_state, "Igst": _of_union}


def _taxes(prefix: str, of: Callable[[TaxedLine], Part]) -> dict[str, Cell]:
    """The tax on a part, by who takes it."""

    def taken(share: Callable[[TaxedLine, int], int]) -> Cell:
        return amount(lambda line: share(line, of(line).tax))

    return {f"{prefix}{name} Tax": taken(share) for name, share in _SHARES.items()}


def _promo(prefix: str, of: Callable[[TaxedLine], Part]) -> dict[str, Cell]:
    return {
        f"{prefix} Promo Discount": amount(lambda line: of(line).promo_net + of(line).promo_tax),
        f"{prefix} Promo Discount Basis": amount(lambda line: of(line).promo_net),
        f"{prefix} Promo Tax": amount(lambda line: of(line).promo_tax),
    }


def _whole(prefix: str, of: Callable[[TaxedLine], Part]) -> dict[str, Cell]:
    return {
        f"{prefix} Amount": amount(lambda line: of(line).net + of(line).tax),
        f"{prefix} Amount Basis": amount(lambda line: of(line).net),
    }


def _rate(line: TaxedLine, share: Decimal) -> str:
    return f"{(line.rate * share).normalize():f}"


def _at_source(component: str) -> dict[str, Cell]:
    """What was collected at source, of the seller's proceeds: above zero where it was taken."""
    name = component.capitalize()
    return {
        f"Tcs {name} Amount": amount(lambda line: -line.effects[f"TCS-{component}"]),
        f"Tcs {name} Rate": lambda line: _source_rate(line, component),
    }


def _source_rate(line: TaxedLine, component: str) -> str:
    """Assumed: of what is collected at source the rate is told as it comes out of the amounts, to four places."""
    net = sum(part.net + part.promo_net for _, part in line.parts)
    taken = -line.effects[f"TCS-{component}"]
    return f"{(Decimal(taken) / net).quantize(Decimal('0.0001')):f}" if taken and net else "0"


def _due(line: TaxedLine) -> int:
    return sum(part.due for _, part in line.parts)


def _net(line: TaxedLine) -> int:
    return sum(part.net + part.promo_net for _, part in line.parts)


def _bill_from(name: str) -> Cell:
    def cell(line: TaxedLine) -> str:
        known = line.seller.profile.business or line.seller.profile.contact
        return "" if known is None else (getattr(known.address, name) or "").upper()

    return cell


def _date(at: datetime | None) -> str:
    return "" if at is None else f"{at:%Y-%m-%d %H:%M:%S}"


# Assumed: no goods of the market have codes for customs (HSN) or taxes, or bear a cess; no union territory has a tax of
# its own.
_ZERO = (
    "Utgst Rate", "Compensatory Cess Rate", "Utgst Tax", "Compensatory Cess Tax", "Shipping Utgst Tax",
    "Shipping Cess Tax Amount", "Gift Wrap Utgst Tax", "Gift Wrap Compensatory Cess Tax", "Tcs Utgst Rate",
    "Tcs Utgst Amount",
)  # fmt: skip

_CELLS: Final[Mapping[str, Cell]] = {
    **dict.fromkeys(("Hsn/sac", "Product Tax Code"), lambda _: ""),
    **dict.fromkeys(_ZERO, lambda _: "0"),
    **_whole("Principal", lambda line: line.price),
    **_taxes("", lambda line: line.price),
    **_promo("Item", lambda line: line.price),
    **_whole("Shipping", lambda line: line.shipping),
    **_taxes("Shipping ", lambda line: line.shipping),
    **_promo("Shipping", lambda line: line.shipping),
    **_whole("Gift Wrap", lambda line: line.gift_wrap),
    **_taxes("Gift Wrap ", lambda line: line.gift_wrap),
    **_promo("Gift Wrap", lambda line: line.gift_wrap),
    **_at_source("CGST"),
    **_at_source("SGST"),
    **_at_source("IGST"),
    "Seller Gstin": seller_number,
    "Invoice Date": lambda line: _date(line.shipped_at or line.entry.posted_at),
    "Transaction Type": lambda line: "Refund" if line.is_back else "Shipment",
    "Order Id": lambda line: line.order.order_id,
    "Shipment Id": lambda line: line.shipment_id,
    "Shipment Date": lambda line: _date(line.shipped_at),
    "Order Date": lambda line: _date(line.order.purchased_at),
    "Shipment Item Id": lambda line: f"{line.shipment_id}{line.number:02d}",
    "Quantity": lambda line: str(line.line.quantity),
    "Item Description": lambda line: line.item.title,
    "Asin": lambda line: line.item.asin,
    "Sku": lambda line: line.item.sku,
    "Bill From City": _bill_from("city"),
    "Bill From State": _bill_from("state"),
    "Bill From Country": _bill_from("country_code"),
    "Bill From Postal Code": _bill_from("postal_code"),
    "Ship From City": lambda line: line.origin.city.upper(),
    "Ship From State": lambda line: line.origin.state.upper(),
    "Ship From Country": lambda line: line.origin.country,
    "Ship From Postal Code": lambda line: line.origin.postal_code,
    "Ship To City": lambda line: line.order.address.city.upper(),
    "Ship To State": lambda line: (line.order.address.state_or_region or "").upper(),
    "Ship To Country": lambda line: line.order.address.country_code,
    "Ship To Postal Code": lambda line: line.order.address.postal_code,
    "Invoice Amount": amount(lambda line: _net(line) + _due(line)),
    "Tax Exclusive Gross": amount(_net),
    "Total Tax Amount": amount(_due),
    "Cgst Rate": lambda line: _rate(line, _HALF) if _stays(line) else "0",
    "Sgst Rate": lambda line: _rate(line, _HALF) if _stays(line) else "0",
    "Igst Rate": lambda line: "0" if _stays(line) else _rate(line, Decimal(1)),
    "Warehouse Id": lambda line: line.origin.code,
    "Fulfillment Channel": lambda line: line.order.channel.value,
    "Payment Method Code": lambda line: line.order.payment_method.value,
    "Credit Note Date": lambda line: _date(line.entry.posted_at) if line.is_back else "",
    # Assumed: in reports on GST, bills go to the address that the goods go to.
    "Bill To City": lambda line: line.order.address.city.upper(),
    "Bill To State": lambda line: (line.order.address.state_or_region or "").upper(),
    "Bill To Country": lambda line: line.order.address.country_code,
    "Bill To Postalcode": lambda line: line.order.address.postal_code,
    "Customer Bill To Gstid": buyer_number,
    "Customer Ship To Gstid": buyer_number,
    "Buyer Name": lambda line: line.order.buyer.name,
}


@report("GST_MTR_B2C", window=_PERIOD, empty=Empty.CANCELLED, charset=Charset.UTF8, countries=_COUNTRIES)
@report("GET_GST_MTR_B2C_CUSTOM", window=_RECENT, empty=Empty.CANCELLED, charset=Charset.UTF8, countries=_COUNTRIES)
def to_consumers(unit: UnitOfWork, asked: Asked) -> Rows:
    """Sales to whoever has no tax number."""
    lines = _lines(unit, asked, has_number=False)
    return table(columns_of("taxes/gst.toml", "b2c"), lines, _cells(unit))


@report("GST_MTR_B2B", window=_PERIOD, empty=Empty.CANCELLED, charset=Charset.UTF8, countries=_COUNTRIES)
def to_businesses(unit: UnitOfWork, asked: Asked) -> Rows:
    """Sales to businesses with a tax number.

    Assumed: the scheduled type takes no restricted data token, so that the buyer's name is left out in it.
    """
    columns = (*columns_of("taxes/gst.toml", "b2c"), *columns_of("taxes/gst.toml", "b2b"))
    return table(columns, _lines(unit, asked, has_number=True), _cells(unit), hidden=("Buyer Name",))


@report("GET_GST_MTR_B2B_CUSTOM", window=_PERIOD, empty=Empty.CANCELLED, charset=Charset.UTF8, countries=_COUNTRIES)
def to_named_businesses(unit: UnitOfWork, asked: Asked) -> Rows:
    """The same, with the buyer's name."""
    columns = (*columns_of("taxes/gst.toml", "b2c"), *columns_of("taxes/gst.toml", "b2b"))
    return table(columns, _lines(unit, asked, has_number=True), _cells(unit))


def _lines(unit: UnitOfWork, asked: Asked, *, has_number: bool) -> Iterator[TaxedLine]:
    return (line for line in taxed_in_time(unit, asked) if bool(buyer_number(line)) == has_number)


def _cells(unit: UnitOfWork) -> Mapping[str, Cell]:
    """Assumed: a package has an invoice and a refund a credit note, each with a number of Amazon's own."""
    return {
        **_CELLS,
        "Invoice Number": lambda line: _number(unit, "IN", line.order.order_id, line.shipment_id),
        "Credit Note No": lambda line: (
            _number(unit, "CN", line.order.order_id, line.entry.source) if line.is_back else ""
        ),
    }


def _number(unit: UnitOfWork, letters: str, *of: str) -> str:
    return f"{letters}-{number_of(unit.seed, letters, unit.seller_id, *of) % 10**9:09d}"
