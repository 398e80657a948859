"""India: units that Amazon moves from one state to another, which the union taxes as a supply.

Units that go from one fulfillment center to another are a transfer; units that leave one for their seller are a
removal. What stays in its state is taxed by nobody.

Assumed: units are worth their price in the marketplace, without the tax in it; each transfer of a SKU out of a center
has an invoice. A seller is registered once, not in each state; e-invoices are not filed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sellingpartner.market.accounts.questions import seller_of
from sellingpartner.market.amounts import Money
from sellingpartner.market.centers.model import Center
from sellingpartner.market.centers.questions import center
from sellingpartner.market.inbound.questions import compliance_of
from sellingpartner.market.inventory.model import Condition, Place, Reason
from sellingpartner.market.inventory.questions import Step, steps_backwards
from sellingpartner.market.orders.taxes.rates import rule_for
from sellingpartner.market.removals.questions import removals_between
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.shelf import Listed, listed
from sellingpartner.market.reports.families.stock.removals import BEFORE_IT_LEAVES
from sellingpartner.market.reports.kinds import Charset, Empty, Rows, Window, report
from sellingpartner.market.reports.writing.columns import Cell, Columns, nothing, table
from sellingpartner.market.reports.writing.values import padded
from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.unit import UnitOfWork

_COUNTRIES = ("IN",)
_TRANSFER, _REMOVAL = "FC_TRANSFER", "FC_REMOVAL"


class _Where(NamedTuple):
    code: str
    city: str
    state: str
    country: str
    postal_code: str

    @classmethod
    def of(cls, found: Center) -> _Where:
        """Where a fulfillment center is."""
        return cls(found.code, found.city, found.state or "", found.country_code, found.postal_code)


class _Move(NamedTuple):
    kind: str
    reference: str
    at: datetime
    sku: str
    units: int
    origin: _Where
    to: _Where


class _Line(NamedTuple):
    move: _Move
    listed: Listed | None
    hsn_code: str
    value: Money
    """With the tax in it."""
    tax: int
    rate: Decimal
    gstin: str
    invoice: str

    @property
    def net(self) -> int:
        """The value without the tax."""
        return self.value.minor - self.tax


def _place(prefix: str, name: str) -> Columns[_Line]:
    def of(line: _Line) -> _Where:
        return line.move.origin if name == "origin" else line.move.to

    cells: dict[str, Cell[_Line]] = {
        f"{prefix} Fc": lambda line: of(line).code,
        f"{prefix} City": lambda line: of(line).city.upper(),
        f"{prefix} State": lambda line: of(line).state.upper(),
        f"{prefix} Country": lambda line: of(line).country,
        f"{prefix} Postal Code": lambda line: of(line).postal_code,
    }
    return cells


def _zero(_: _Line) -> str:
    return "0"


_NOT_OF_THE_UNION: Columns[_Line] = {
    f"{tax} {what}": _zero for tax in ("Sgst", "Utgst", "Cgst", "Compensatory Cess") for what in ("Rate", "Amount")
}
_COLUMNS: Columns[_Line] = {
    "Gstin Of Receiver": lambda line: line.gstin,
    "Transaction Type": lambda line: line.move.kind,
    "Transaction Id": lambda line: line.move.reference,
    "Order Id": lambda line: line.move.reference,
    **_place("Ship From", "origin"),
    **_place("Ship To", "to"),
    "Invoice Number": lambda line: line.invoice,
    "Invoice Date": lambda line: f"{line.move.at:%d/%m/%y %H:%M}",
    "Invoice Value": lambda line: padded(line.value.minor, line.value.currency),
    "Asin": lambda line: "" if line.listed is None else line.listed.record.asin or "",
    "Sku": lambda line: line.move.sku,
    "Quantity": lambda line: str(line.move.units),
    "Hsn Code": lambda line: line.hsn_code,
    "Taxable Value": lambda line: padded(line.net, line.value.currency),
    "Igst Rate": lambda line: f"{line.rate.normalize():f}",
    "Igst Amount": lambda line: padded(line.tax, line.value.currency),
    **_NOT_OF_THE_UNION,
    "Gstin Of Supplier": lambda line: line.gstin,
    "Irn Number": nothing,
    "Irn Filing Status": nothing,
    "Irn Date": nothing,
    "Irn Error Code": nothing,
}


@report(
    "GST_MTR_STOCK_TRANSFER_REPORT", window=Window(), empty=Empty.CANCELLED, charset=Charset.UTF8, countries=_COUNTRIES
)
@report("GET_GST_STR_ADHOC", window=Window(), empty=Empty.CANCELLED, charset=Charset.UTF8, countries=_COUNTRIES)
def stock_transfers(unit: UnitOfWork, asked: Asked) -> Rows:
    """What left one state for another in some time: transfers first, then removals, each as they left."""
    return table(_COLUMNS, _lines(unit, asked))


def _lines(unit: UnitOfWork, asked: Asked) -> Iterator[_Line]:
    business = seller_of(unit, unit.seller_id).profile.business
    gstin = "" if business is None else business.tax_number or ""
    for move in (*_transfers(unit, asked), *_removals(unit, asked)):
        if move.origin.state.upper() != move.to.state.upper():
            yield _line(unit, asked, move, gstin)


def _line(unit: UnitOfWork, asked: Asked, move: _Move, gstin: str) -> _Line:
    known = listed(unit, asked, [move.sku]).get(move.sku)
    price = None if known is None else known.terms.price
    value = Money(0, "INR") if price is None else price * move.units
    rule = rule_for("IN", move.to.state)
    told = [] if known is None else compliance_of(unit, asked.marketplace_id, [move.sku])
    hsn_code = next((one.details.hsn_code or "" for one in told if one.details is not None), "")
    number = number_of(unit.seed, "stock transfer", unit.seller_id, move.reference, move.origin.code, move.sku) % 10**9
    invoice = f"{move.origin.code}-{number:09d}"
    return _Line(move, known, hsn_code, value, rule.tax_of(value.minor), rule.rate, gstin, invoice)


def _transfers(unit: UnitOfWork, asked: Asked) -> list[_Move]:
    """What went from center to center. Only transfers are kept of what moved, which is few."""
    left: defaultdict[str, list[Step]] = defaultdict(list)
    goes_to: dict[str, str] = {}
    for step in steps_backwards(unit, Place.FBA, asked.start, asked.end):
        if step.reason != Reason.TRANSFERRED.value or step.center is None:
            continue
        if step.condition == Condition.TRANSSHIPMENT.value and step.units > 0:
            goes_to[step.reference] = step.center
        elif step.condition == Condition.SELLABLE.value and step.units < 0:
            left[step.reference].append(step)
    found = [
        _Move(
            _TRANSFER,
            step.reference,
            step.at,
            step.sku,
            -step.units,
            _Where.of(center(str(step.center))),
            _Where.of(center(goes_to[step.reference])),
        )
        for steps in left.values()
        for step in steps
        if step.reference in goes_to
    ]
    return sorted((one for one in found if one.origin.country in _COUNTRIES), key=lambda one: (one.at, one.reference))


def _removals(unit: UnitOfWork, asked: Asked) -> Iterator[_Move]:
    """What left a center for its seller."""
    for order in removals_between(unit, asked.start - BEFORE_IT_LEAVES, asked.end):
        address = order.address
        for shipment in order.shipments:
            if address is None or not asked.start <= shipment.shipped_at < asked.end:
                continue
            origin = _Where.of(center(shipment.center))
            to = _Where("", address.city or "", address.state or "", address.country_code, address.postal_code or "")
            for packed in shipment.packed if origin.country in _COUNTRIES else ():
                yield _Move(_REMOVAL, order.removal_id, shipment.shipped_at, packed.sku, packed.units, origin, to)
