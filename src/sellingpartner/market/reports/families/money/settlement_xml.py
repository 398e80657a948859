"""Settlement reports as XML: an element for each event of a settlement period, as they follow one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sellingpartner.market.amounts import Money
from sellingpartner.market.money.finances.settled import OTHER, SettledEvent, SettledLine, SettledPart, settled_events
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.money.settlement_forms import iso, shortest
from sellingpartner.market.reports.families.money.settlements import settlement_asked
from sellingpartner.market.reports.kinds import Inner, Tree, report
from sellingpartner.market.reports.writing.xml import element
from sellingpartner.storage.unit import UnitOfWork

_ORDER = "Order"
_WHOLE = {
    "shipment_fee": ("ShipmentFees", "Fee"),
    "order_fee": ("OrderFees", "Fee"),
    "order_charge": ("OrderPrice", "Component"),
}
"""Assumed: in XML what is of a shipment or an order, and of no item, stands in an element beside its Fulfillment."""
_FEES = frozenset({"fee", "withheld"})

Element = Any
"""An element of lxml."""


@report("GET_V2_SETTLEMENT_REPORT_DATA_XML")
def as_xml(unit: UnitOfWork, asked: Asked) -> Tree:
    """The whole settlement in one envelope."""
    settlement = settlement_asked(unit, asked)
    writer = _Writer(settlement.currency)
    return Tree(
        "AmazonEnvelope",
        map(writer.event, settled_events(unit, settlement.period_id)),
        head=[
            element("Header", element("DocumentVersion", "1.01"), element("MerchantIdentifier", unit.seller_id)),
            element("MessageType", "SettlementReport"),
        ],
        within=[
            Inner("Message", [element("MessageID", "1")]),
            Inner(
                "SettlementReport",
                [
                    element(
                        "SettlementData",
                        element("AmazonSettlementID", str(settlement.settlement_id)),
                        writer.amount(settlement.total_minor, "TotalAmount"),
                        element("StartDate", iso(settlement.began_at)),
                        element("EndDate", iso(settlement.ended_at)),
                        element("DepositDate", iso(settlement.deposited_at)),
                    )
                ],
            ),
        ],
    )


class _Writer:
    """Writes events with amounts of one currency."""

    def __init__(self, currency: str) -> None:
        self._currency = currency

    def amount(self, minor: int, name: str = "Amount") -> Element:
        """An amount, which says its currency."""
        return element(name, shortest(Money(minor, self._currency)), currency=self._currency)

    def event(self, event: SettledEvent) -> Element:
        """An event."""
        if not event.is_of_order:
            return self._other(event)
        is_sale = event.transaction_type == _ORDER
        return element(
            _ORDER if is_sale else "Refund",
            _said("AmazonOrderID", event.order_id),
            _said("MerchantOrderID", event.reference),
            _said("ShipmentID", event.shipment_id),
            _said("AdjustmentID", event.adjustment_id),
            _said("MarketplaceName", event.marketplace_name),
            *(self._list(*_WHOLE[place], list(_of(line, {place}))) for line in event.lines for place in _WHOLE),
            element(
                "Fulfillment",
                _said("MerchantFulfillmentID", event.fulfillment),
                element("PostedDate", iso(event.posted_at)),
                *(
                    self._sold(line) if is_sale else self._given_back(line)
                    for line in event.lines
                    if line.line.sku or not is_sale
                ),
            ),
        )

    def _sold(self, line: SettledLine) -> Element:
        charges, fees, promotions, points = _sorted(line)
        return element(
            "Item",
            _said("AmazonOrderItemCode", line.line.order_item_id),
            _said("SKU", line.line.sku),
            element("Quantity", str(line.line.quantity)),
            self._list("ItemPrice", "Component", charges),
            self._list("ItemFees", "Fee", fees),
            *(self._promotion("Promotion", line, part) for part in promotions),
            *(element("CostOfPointsGranted", self.amount(part.minor)) for part in points),
        )

    def _given_back(self, line: SettledLine) -> Element:
        charges, fees, promotions, points = _sorted(line)
        return element(
            "AdjustedItem",
            _said("AmazonOrderItemCode", line.line.order_item_id),
            _said("MerchantAdjustmentItemID", line.adjustment_item_id),
            _said("SKU", line.line.sku),
            self._list("ItemPriceAdjustments", "Component", charges),
            self._list("ItemFeeAdjustments", "Fee", fees),
            *(self._promotion("PromotionAdjustment", line, part) for part in promotions),
            *(element("CostOfPointsReturned", self.amount(part.minor)) for part in points),
        )

    def _list(self, name: str, each: str, parts: Sequence[SettledPart]) -> Element | None:
        if not parts:
            return None
        return element(
            name, *(element(each, element("Type", one.description), self.amount(one.minor)) for one in parts)
        )

    def _promotion(self, name: str, line: SettledLine, part: SettledPart) -> Element:
        return element(
            name,
            _said("MerchantPromotionID", line.promotion_id),
            element("Type", part.description),
            self.amount(part.minor),
        )

    def _other(self, event: SettledEvent) -> Element:
        """Assumed: what is of no order's items is an OtherTransaction in XML, with its type, order, date and amount."""
        first = event.lines[0].parts[0]
        return element(
            "OtherTransaction",
            _said("AmazonOrderID", event.order_id),
            element(
                "TransactionType", first.description if event.transaction_type == OTHER else event.transaction_type
            ),
            element("PostedDate", iso(event.posted_at)),
            self.amount(event.minor),
        )


def _said(name: str, text: str) -> Element | None:
    return element(name, text) if text else None


def _sorted(line: SettledLine) -> tuple[list[SettledPart], list[SettledPart], list[SettledPart], list[SettledPart]]:
    """What was paid; fees, among them what was withheld; promotions; points."""
    return (
        list(_of(line, {"charge"})),
        list(_of(line, _FEES)),
        list(_of(line, {"promotion"})),
        list(_of(line, {"points"})),
    )


def _of(line: SettledLine, places: Iterable[str]) -> Iterator[SettledPart]:
    wanted = frozenset(places)
    return (part for part in line.parts if part.place in wanted)
