"""The items of shipments and refunds."""

from __future__ import annotations

from sellingpartner.contract import finances_v0 as v0
from sellingpartner.market.money.finances.events import FinancialEvent
from sellingpartner.market.money.finances.origins import adjustment_item_id
from sellingpartner.market.money.ledger.components import components
from sellingpartner.market.money.ledger.model import EntryLine, Posting
from sellingpartner.server.api.finances_v0.amounts import amount, charges, fees, withheld
from sellingpartner.storage.unit import UnitOfWork


def shipped_items(event: FinancialEvent) -> list[v0.ShipmentItem]:
    """What left, line by line."""
    currency = event.entry.currency
    return [
        v0.ShipmentItem(
            seller_sku=line.sku,
            order_item_id=line.order_item_id,
            quantity_shipped=line.quantity,
            item_charge_list=charges(legs, currency),
            item_fee_list=fees(legs, currency),
            item_tax_withheld_list=withheld(legs, currency),
            promotion_list=_promotions(line, legs, currency),
            cost_of_points_granted=_points(legs, currency, "CostOfPointsGranted"),
        )
        for line, legs in _lines(event)
    ]


def refunded_items(unit: UnitOfWork, event: FinancialEvent) -> list[v0.ShipmentItem]:
    """What was given back, line by line."""
    currency = event.entry.currency
    return [
        v0.ShipmentItem(
            seller_sku=line.sku,
            order_adjustment_item_id=adjustment_item_id(unit, event.entry.entry_id, number),
            quantity_shipped=line.quantity,
            item_charge_adjustment_list=charges(legs, currency),
            item_fee_adjustment_list=fees(legs, currency),
            item_tax_withheld_list=withheld(legs, currency),
            promotion_adjustment_list=_promotions(line, legs, currency),
            cost_of_points_returned=_points(legs, currency, "CostOfPointsReturned"),
        )
        for number, (line, legs) in enumerate(_lines(event), start=1)
    ]


def _lines(event: FinancialEvent) -> list[tuple[EntryLine, list[Posting]]]:
    return [
        (line, [leg for leg in event.legs if leg.line == number])
        for number, line in enumerate(event.entry.detail.lines, start=1)
    ]


def _promotions(line: EntryLine, legs: list[Posting], currency: str) -> list[v0.Promotion]:
    """Assumed: where several promotions take off from an item, finances name the first of them for all."""
    return [
        v0.Promotion(
            promotion_type=components()[leg.component].name,
            promotion_id=line.promotion_ids[0] if line.promotion_ids else None,
            promotion_amount=amount(leg.effect, currency),
        )
        for leg in legs
        if components()[leg.component].place == "promotion"
    ]


def _points(legs: list[Posting], currency: str, component: str) -> v0.Currency | None:
    return next((amount(leg.effect, currency) for leg in legs if leg.component == component), None)
