"""Events in the lists of Finances v0, each as its list has it. A list that holds nothing is there, empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from sellingpartner.contract import finances_v0 as v0
from sellingpartner.market.listings.fnskus import fnsku_of
from sellingpartner.market.money.finances.events import FinancialEvent
from sellingpartner.market.money.finances.origins import shop_named
from sellingpartner.market.money.ledger.components import components
from sellingpartner.market.money.ledger.questions import debt_of, period_of, policy_of, transaction_id_of
from sellingpartner.market.orders.questions import seller_order_ids
from sellingpartner.server.api.finances_v0.amounts import amount, charges, fees, second, total, withheld
from sellingpartner.server.api.finances_v0.item_views import refunded_items, shipped_items
from sellingpartner.storage.unit import UnitOfWork


class Asked(msgspec.Struct, frozen=True):
    """What views need besides an event."""

    unit: UnitOfWork
    seller_order_ids: Mapping[str, str]


View = Callable[[Asked, FinancialEvent], object]


def financial_events(unit: UnitOfWork, events: list[FinancialEvent]) -> v0.FinancialEvents:
    """Events by list, and by their date in each."""
    wire = dict(zip(v0.FinancialEvents.__struct_encode_fields__, v0.FinancialEvents.__struct_fields__, strict=True))
    lists: dict[str, Any] = {name: [] for name in wire.values()}
    asked = Asked(unit, seller_order_ids(unit, {one.entry.order_id for one in events if one.entry.order_id}))
    for event in events:
        lists[wire[event.list_name]].append(_VIEWS[event.list_name](asked, event))
    return v0.FinancialEvents(**lists)


def _shipment(asked: Asked, event: FinancialEvent) -> v0.ShipmentEvent:
    currency = event.entry.currency
    return v0.ShipmentEvent(
        **_of_order(asked, event),
        posted_date=second(event.posted_at),
        order_charge_list=charges(event.legs, currency, "order_charge") or None,
        shipment_fee_list=fees(event.legs, currency, "shipment_fee") or None,
        order_fee_list=fees(event.legs, currency, "order_fee") or None,
        shipment_item_list=shipped_items(event),
    )


def _refund(asked: Asked, event: FinancialEvent) -> v0.ShipmentEvent:
    return v0.ShipmentEvent(
        **_of_order(asked, event),
        posted_date=second(event.posted_at),
        shipment_item_adjustment_list=refunded_items(asked.unit, event),
    )


def _of_order(asked: Asked, event: FinancialEvent) -> dict[str, Any]:
    order_id = event.entry.order_id
    return {
        "amazon_order_id": order_id,
        "seller_order_id": asked.seller_order_ids.get(order_id or "", order_id),
        "marketplace_name": _marketplace_name(event),
    }


def _marketplace_name(event: FinancialEvent) -> str | None:
    return shop_named(event.entry) or None


def _retrocharge(_: Asked, event: FinancialEvent) -> v0.RetrochargeEvent:
    currency = event.entry.currency
    parts = {components()[leg.component].place: leg.effect for leg in event.legs}
    return v0.RetrochargeEvent(
        retrocharge_event_type="Retrocharge",
        amazon_order_id=event.entry.order_id,
        posted_date=second(event.posted_at),
        base_tax=amount(parts.get("base_tax", 0), currency),
        shipping_tax=amount(parts.get("shipping_tax", 0), currency),
        marketplace_name=_marketplace_name(event),
        retrocharge_tax_withheld_list=withheld(event.legs, currency),
    )


def _service_fee(_: Asked, event: FinancialEvent) -> v0.ServiceFeeEvent:
    """A service; it has no date, as Amazon's has none."""
    line = event.entry.detail.lines[0] if event.entry.detail.lines else None
    first = event.first
    return v0.ServiceFeeEvent(
        amazon_order_id=event.entry.order_id,
        fee_reason=first.description or first.name if first else None,
        fee_list=fees(event.legs, event.entry.currency),
        seller_sku=line.sku or None if line else None,
        asin=line.asin or None if line else None,
        fee_description=event.entry.detail.description or None,
    )


def _adjustment(asked: Asked, event: FinancialEvent) -> v0.AdjustmentEvent:
    currency = event.entry.currency
    worth = [sum(leg.effect for leg in event.legs if leg.line == number) for number in _numbers(event)]
    items = [
        v0.AdjustmentItem(
            quantity=str(line.quantity),
            per_unit_amount=amount(minor // (line.quantity or 1), currency),
            total_amount=amount(minor, currency),
            seller_sku=line.sku,
            asin=line.asin or None,
            transaction_number=transaction_id_of(asked.unit, event.entry.entry_id),
        )
        for minor, line in zip(worth, event.entry.detail.lines, strict=True)
    ]
    return v0.AdjustmentEvent(
        adjustment_type=event.first.name if event.first else None,
        posted_date=second(event.posted_at),
        adjustment_amount=total(event.legs, currency),
        adjustment_item_list=items or None,
    )


def _numbers(event: FinancialEvent) -> range:
    return range(1, len(event.entry.detail.lines) + 1)


def _debt_recovery(asked: Asked, event: FinancialEvent) -> v0.DebtRecoveryEvent:
    currency, debt_id = event.entry.currency, event.entry.detail.debt_id
    recovered, items = total(event.legs, currency), []
    if debt_id is not None:
        debt = debt_of(asked.unit, debt_id)
        period = period_of(asked.unit, debt.period_id)
        items = [
            v0.DebtRecoveryItem(
                recovery_amount=recovered,
                original_amount=amount(debt.amount_minor, currency),
                group_begin_date=second(period.began_at),
                group_end_date=second(period.ends_at),
            )
        ]
    card = v0.ChargeInstrument(
        description="Credit card", tail=policy_of(asked.unit, currency).bank_tail, amount=recovered
    )
    return v0.DebtRecoveryEvent(
        debt_recovery_type="DebtPayment",
        recovery_amount=recovered,
        over_payment_credit=amount(0, currency),
        debt_recovery_item_list=items,
        charge_instrument_list=[card],
    )


def _safe_t(asked: Asked, event: FinancialEvent) -> v0.SAFETReimbursementEvent:
    return v0.SAFETReimbursementEvent(
        posted_date=second(event.posted_at),
        safet_claim_id=transaction_id_of(asked.unit, event.entry.entry_id)[:12],
        reimbursed_amount=total(event.legs, event.entry.currency),
        reason_code=event.entry.detail.reason or None,
        safet_reimbursement_item_list=[],
    )


def _disbursement(asked: Asked, event: FinancialEvent) -> v0.AdhocDisbursementEvent:
    """Assumed: a payout on demand is called by the name that listTransactions has for it."""
    return v0.AdhocDisbursementEvent(
        transaction_type="AdhocDisbursement",
        posted_date=second(event.posted_at),
        transaction_id=transaction_id_of(asked.unit, event.entry.entry_id),
        transaction_amount=total(event.legs, event.entry.currency),
    )


def _failed_disbursement(asked: Asked, event: FinancialEvent) -> v0.FailedAdhocDisbursementEvent:
    """Assumed: a payout on demand that the bank refuses is told of as a refund with the status `Declined`."""
    payout_id = str(event.entry.detail.payout_id)
    return v0.FailedAdhocDisbursementEvent(
        funds_transfers_type="Refund",
        transfer_id=transaction_id_of(asked.unit, event.entry.entry_id),
        disbursement_id=payout_id,
        payment_disbursement_type="BankAccount",
        status="Declined",
        transfer_amount=total(event.legs, event.entry.currency),
        posted_date=second(event.posted_at),
    )


def _tax_withholding(_: Asked, event: FinancialEvent) -> v0.TaxWithholdingEvent:
    """Income tax of a month.

    Differs: an event of withheld income tax does not tell the amount that the tax was taken on.
    """
    return v0.TaxWithholdingEvent(
        posted_date=second(event.posted_at),
        withheld_amount=total(event.legs, event.entry.currency),
        tax_withholding_period=_month(event.entry.detail.reason),
    )


def _month(text: str) -> v0.TaxWithholdingPeriod | None:
    try:
        begins = datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC)
    except ValueError:
        return None
    return v0.TaxWithholdingPeriod(
        start_date=begins, end_date=(begins + timedelta(days=32)).replace(day=1) - timedelta(seconds=1)
    )


def _removal(asked: Asked, event: FinancialEvent) -> v0.RemovalShipmentEvent:
    currency = event.entry.currency
    items = [
        v0.RemovalShipmentItem(
            removal_shipment_item_id=transaction_id_of(asked.unit, event.entry.entry_id)[:12],
            fulfillment_network_sku=fnsku_of(asked.unit, line.sku),
            quantity=line.quantity,
            revenue=_placed(event, number, ("charge",), currency),
            fee_amount=_placed(event, number, ("fee",), currency),
            tax_withheld=_placed(event, number, ("withheld",), currency),
        )
        for number, line in enumerate(event.entry.detail.lines, start=1)
    ]
    return v0.RemovalShipmentEvent(
        posted_date=second(event.posted_at),
        order_id=event.entry.detail.reason,
        transaction_type="WHOLESALE_LIQUIDATION",
        removal_shipment_item_list=items,
    )


def _placed(event: FinancialEvent, number: int, places: tuple[str, ...], currency: str) -> v0.Currency:
    legs = (leg for leg in event.legs if leg.line == number and components()[leg.component].place in places)
    return total(legs, currency)


_VIEWS: Mapping[str, View] = {
    "ShipmentEventList": _shipment,
    "RefundEventList": _refund,
    "GuaranteeClaimEventList": _refund,
    "ChargebackEventList": _refund,
    "RetrochargeEventList": _retrocharge,
    "ServiceFeeEventList": _service_fee,
    "AdjustmentEventList": _adjustment,
    "DebtRecoveryEventList": _debt_recovery,
    "SAFETReimbursementEventList": _safe_t,
    "AdhocDisbursementEventList": _disbursement,
    "FailedAdhocDisbursementEventList": _failed_disbursement,
    "TaxWithholdingEventList": _tax_withholding,
    "RemovalShipmentEventList": _removal,
}
