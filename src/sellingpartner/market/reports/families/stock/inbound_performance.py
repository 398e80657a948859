"""What was wrong with shipments as fulfillment centers took them in: a row for each problem with a SKU."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.inbound.model import Box, Defect, Shipment
from sellingpartner.market.inbound.questions import boxes_going, defect_kinds, defects_between
from sellingpartner.market.inbound.receiving.defect_kinds import CONTENTS, DefectKind
from sellingpartner.market.listings.fnskus import fnsku_of
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.shelf import Listed, listed
from sellingpartner.market.reports.families.stock.fba_stock import DAILY
from sellingpartner.market.reports.kinds import Empty, Rows, Window, report
from sellingpartner.market.reports.writing.columns import Columns, nothing, table
from sellingpartner.market.reports.writing.values import amount, moment
from sellingpartner.storage.unit import UnitOfWork


class _Problem(NamedTuple):
    shipment: Shipment
    defect: Defect
    kind: DefectKind
    listed: Listed | None
    fnsku: str
    box_id: str

    @property
    def fee(self) -> Money | None:
        """What it cost, if anything."""
        if not self.defect.fee_minor:
            return None
        return Money(self.defect.fee_minor, MARKETPLACES[self.shipment.marketplace_id].currency)


_COLUMNS: Columns[_Problem] = {
    "issue-reported-date": lambda one: moment(one.defect.found_at),
    "shipment-creation-date": lambda one: moment(one.shipment.created_at),
    "fba-shipment-id": lambda one: one.shipment.confirmation_id or "",
    "fba-carton-id": lambda one: one.box_id,
    "fulfillment-center-id": lambda one: one.shipment.center,
    "sku": lambda one: one.defect.sku,
    "fnsku": lambda one: one.fnsku,
    "asin": lambda one: "" if one.listed is None else one.listed.record.asin or "",
    "product-name": lambda one: "" if one.listed is None else one.listed.title,
    "problem-type": lambda one: one.kind.problem,
    "problem-quantity": lambda one: str(one.defect.units),
    "expected-quantity": lambda one: str(one.shipment.sent[one.defect.sku]),
    "received-quantity": lambda one: str(one.shipment.received.get(one.defect.sku, 0)),
    "performance-measurement-unit": lambda one: one.kind.unit,
    "coaching-level": lambda one: one.defect.coaching.value,
    "fee-type": lambda one: one.kind.fee_name if one.fee is not None else "",
    "currency": lambda one: "" if one.fee is None else one.fee.currency,
    "fee-total": lambda one: amount(one.fee),
    "problem-level": lambda one: one.kind.level,
    # Differs: nobody has written down what an alert's status can be.
    "alert-status": nothing,
}


@report("GET_FBA_FULFILLMENT_INBOUND_NONCOMPLIANCE_DATA", window=Window(), empty=Empty.CANCELLED, repeats=DAILY)
def problems(unit: UnitOfWork, asked: Asked) -> Rows:
    """Problems by when they were found, shipment by shipment."""
    return table(_COLUMNS, _problems(unit, asked))


def _problems(unit: UnitOfWork, asked: Asked) -> Iterator[_Problem]:
    kinds = defect_kinds()
    boxes: list[Box] = []
    before = ""
    for shipment, defect in defects_between(unit, asked.marketplace_id, asked.start, asked.end):
        if shipment.shipment_id != before:
            boxes = [box for box, _ in boxes_going(unit, shipment)]
            known = listed(unit, asked, shipment.sent)
            before = shipment.shipment_id
        yield _Problem(
            shipment,
            defect,
            kinds[defect.kind],
            known.get(defect.sku),
            fnsku_of(unit, defect.sku),
            _box_of(boxes, defect),
        )


def _box_of(boxes: list[Box], defect: Defect) -> str:
    """The first box that holds the SKU, or of which nobody has told what it holds."""
    for box in boxes:
        holds = any(item.msku == defect.sku for item in box.items)
        if holds if defect.kind != CONTENTS else not box.items:
            return box.box_id or ""
    return ""
