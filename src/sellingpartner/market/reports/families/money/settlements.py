"""Settlement reports: a row for each amount of each event of a settlement period, in three forms.

They are made by the market itself when a period closes (`market/reports/settling.py`), which names the settlement.
The first row says what the settlement is as a whole; the amounts of all others add up to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sellingpartner.market.money.finances.settled import (
    OTHER,
    SettledEvent,
    SettledLine,
    SettledPart,
    Settlement,
    settled_events,
    settlement_of,
)
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.money.settlement_forms import SettlementForm, iso
from sellingpartner.market.reports.kinds import Rows, report
from sellingpartner.market.reports.settling import SETTLEMENT
from sellingpartner.storage.unit import UnitOfWork

_HEAD = (
    "settlement-id",
    "settlement-start-date",
    "settlement-end-date",
    "deposit-date",
    "total-amount",
    "currency",
    "transaction-type",
    "order-id",
    "merchant-order-id",
    "adjustment-id",
    "shipment-id",
    "marketplace-name",
)
_V2 = (
    *_HEAD,
    "amount-type",
    "amount-description",
    "amount",
    "fulfillment-id",
    "posted-date",
    "posted-date-time",
    "order-item-code",
    "merchant-order-item-id",
    "merchant-adjustment-item-id",
    "sku",
    "quantity-purchased",
    "promotion-id",
)
_V1 = (
    *_HEAD,
    "shipment-fee-type",
    "shipment-fee-amount",
    "order-fee-type",
    "order-fee-amount",
    "fulfillment-id",
    "posted-date",
    "order-item-code",
    "merchant-order-item-id",
    "merchant-adjustment-item-id",
    "sku",
    "quantity-purchased",
    "price-type",
    "price-amount",
    "item-related-fee-type",
    "item-related-fee-amount",
    "misc-fee-amount",
    "other-fee-amount",
    "other-fee-reason-description",
    "promotion-id",
    "promotion-type",
    "promotion-amount",
    "direct-payment-type",
    "direct-payment-amount",
    "other-amount",
)
_PRINCIPAL, _ON_DELIVERY = "Principal", "COD"
_OF_WHOLE = {"shipment_fee": "shipment", "order_fee": "order"}
"""The fees that are of no item, and how their columns begin."""
_PROMOTION, _FEE, _CHARGE, _WITHHELD = "promotion", "fee", "charge", "withheld"

Cells = dict[str, str]


def settlement_asked(unit: UnitOfWork, asked: Asked) -> Settlement:
    """The settlement that a report is of."""
    return settlement_of(unit, int(asked.options[SETTLEMENT]))


@report("GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2")
def by_amount(unit: UnitOfWork, asked: Asked) -> Rows:
    """The current form: what kind of amount a row holds stands beside it."""
    settlement = settlement_asked(unit, asked)
    form = SettlementForm(asked.marketplace_id, settlement.currency)

    def rows() -> Iterator[Cells]:
        yield _whole(settlement, form.moment(settlement.began_at), form.moment(settlement.ended_at)) | {
            "deposit-date": form.moment(settlement.deposited_at),
            "total-amount": form.amount(settlement.total_minor),
        }
        for event in settled_events(unit, settlement.period_id):
            shared = _of_event(settlement, event) | {
                "posted-date": form.day(event.posted_at),
                "posted-date-time": form.moment(event.posted_at),
            }
            for line in event.lines:
                teller = _tells_units(line)
                for part in line.parts:
                    yield shared | _of_line(line) | _amount(line, part, form, tells_units=part is teller)

    return Rows(_V2, _filled(_V2, rows()))


@report("GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE")
def by_column(unit: UnitOfWork, asked: Asked) -> Rows:
    """The older form: each kind of amount has columns of its own.

    Differs: Amazon makes settlement reports as XML and in the older flat form no longer from 2026-11-11 on; the market
    goes on making them.
    """
    settlement = settlement_asked(unit, asked)
    form = SettlementForm(asked.marketplace_id, settlement.currency)

    def rows() -> Iterator[Cells]:
        yield _whole(settlement, iso(settlement.began_at), iso(settlement.ended_at)) | {
            "deposit-date": iso(settlement.deposited_at),
            "total-amount": form.amount(settlement.total_minor),
        }
        for event in settled_events(unit, settlement.period_id):
            shared = _of_event(settlement, event) | {"posted-date": iso(event.posted_at)}
            if not event.is_of_order:
                yield shared | {"transaction-type": _called(event), "other-amount": form.amount(event.minor)}
                continue
            for line in event.lines:
                if line.line.sku:
                    yield shared | _of_line(line) | {"quantity-purchased": str(line.line.quantity)}
                for part in line.parts:
                    yield shared | _of_line(line) | _placed(line, part, form)

    return Rows(_V1, _filled(_V1, rows()))


def _whole(settlement: Settlement, began: str, ended: str) -> Cells:
    return {
        "settlement-id": str(settlement.settlement_id),
        "settlement-start-date": began,
        "settlement-end-date": ended,
        "currency": settlement.currency,
    }


def _of_event(settlement: Settlement, event: SettledEvent) -> Cells:
    return {
        "settlement-id": str(settlement.settlement_id),
        "transaction-type": event.transaction_type,
        "order-id": event.order_id,
        "merchant-order-id": event.reference,
        "adjustment-id": event.adjustment_id,
        "shipment-id": event.shipment_id,
        "marketplace-name": event.marketplace_name,
        "fulfillment-id": event.fulfillment,
    }


def _of_line(line: SettledLine) -> Cells:
    return {
        "order-item-code": line.line.order_item_id,
        "merchant-adjustment-item-id": line.adjustment_item_id,
        "sku": line.line.sku,
    }


def _amount(line: SettledLine, part: SettledPart, form: SettlementForm, *, tells_units: bool) -> Cells:
    return {
        "amount-type": part.amount_type,
        "amount-description": part.description,
        "amount": form.amount(part.minor),
        "quantity-purchased": str(line.line.quantity) if tells_units else "",
        "promotion-id": line.promotion_id if part.place == _PROMOTION else "",
    }


def _tells_units(line: SettledLine) -> SettledPart | None:
    """The part beside which the units of a line are told: what was paid for them, and not a discount of that name.

    Assumed: of units that were sold elsewhere, for which nothing is paid here, they are told beside the first fee.
    """
    if not line.line.sku:
        return None
    paid = (part for part in line.parts if part.place == _CHARGE and part.description == _PRINCIPAL)
    is_elsewhere = all(part.place == _FEE or part.description.startswith(_ON_DELIVERY) for part in line.parts)
    return next(paid, line.parts[0] if is_elsewhere else None)


def _placed(line: SettledLine, part: SettledPart, form: SettlementForm) -> Cells:
    """The columns of an amount.

    Assumed: in the older flat file, withheld tax stands among the fees of an item, and points among its prices.
    """
    told, minor = part.description, form.amount(part.minor)
    if part.place == _PROMOTION:
        return {"promotion-id": line.promotion_id, "promotion-type": told, "promotion-amount": minor}
    if part.place in _OF_WHOLE:
        name = _OF_WHOLE[part.place]
        return {f"{name}-fee-type": told, f"{name}-fee-amount": minor}
    if part.place in {_FEE, _WITHHELD}:
        return {"item-related-fee-type": told, "item-related-fee-amount": minor}
    return {"price-type": told, "price-amount": minor}


def _called(event: SettledEvent) -> str:
    """What has no type of its own is called by its first amount."""
    return event.lines[0].parts[0].description if event.transaction_type == OTHER else event.transaction_type


def _filled(columns: tuple[str, ...], rows: Iterator[Cells]) -> Iterator[tuple[str, ...]]:
    blanks = ("",) * len(columns)
    for row in rows:
        yield tuple(map(row.get, columns, blanks))
