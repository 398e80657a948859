"""What AWD costs: boxes as they are received and as they have arrived at FBA, and the space that is taken, each month.

Storage of a month is charged on the 6th of the next, as Amazon does, at the average of what lay there.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sellingpartner.market.amounts import Money
from sellingpartner.market.distribution.questions import HERE, spaces_used
from sellingpartner.market.events.distribution import AwdShipmentClosed, AwdUnitsStored, ReplenishmentArrived
from sellingpartner.market.money.fees.distribution import (
    awd_inbound_fee,
    awd_outbound_fee,
    awd_storage_fee,
    awd_transport_fee,
)
from sellingpartner.market.money.ledger.services.charges import ServiceCharge, charge
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork, on

_CHARGED_ON = timedelta(days=5)


class AwdStorageIsCharged(Due):
    """What lay in AWD in a month (`2026-11`) is charged."""

    month: str


@on(AwdUnitsStored)
def begin_months(unit: UnitOfWork, _fact: AwdUnitsStored) -> None:
    """Let storage be charged each month from the first on in which something lay there."""
    if unit.next_number("awd months") == 1:
        _charge_later(unit, _first_of(unit.now))


@on(AwdShipmentClosed)
def charge_receipt(unit: UnitOfWork, fact: AwdShipmentClosed) -> None:
    """Charge the boxes that came."""
    fee = awd_inbound_fee(fact.boxes, unit.now.date())
    _charge(unit, "AWDProcessingFee", fee, f"awd-in:{fact.shipment_id}")


@on(ReplenishmentArrived)
def charge_replenishment(unit: UnitOfWork, fact: ReplenishmentArrived) -> None:
    """Charge the boxes that have arrived at FBA, and their way."""
    today = unit.now.date()
    _charge(unit, "AWDProcessingFee", awd_outbound_fee(fact.boxes, today), f"awd-out:{fact.shipment_id}")
    _charge(unit, "AWDTransportationFee", awd_transport_fee(fact.volume_mm3, today), f"awd-way:{fact.shipment_id}")


@when(AwdStorageIsCharged)
def charge_storage(unit: UnitOfWork, due: AwdStorageIsCharged) -> None:
    """Charge the average space of a month, and see to the next one."""
    begins = datetime.strptime(due.month, "%Y-%m").replace(tzinfo=unit.now.tzinfo)
    ends = _first_of(begins + timedelta(days=32))
    _charge_later(unit, ends)
    total = Money.zero("USD")
    for used in spaces_used(unit, begins, ends):
        total += awd_storage_fee(used.region, used.volume_mm3, begins.date(), is_smart=used.is_automatic)
    _charge(unit, "AWDStorageFee", total, f"awd-storage:{due.month}")


def _charge_later(unit: UnitOfWork, month: datetime) -> None:
    ends = _first_of(month + timedelta(days=32))
    later(unit, AwdStorageIsCharged(month=f"{month:%Y-%m}"), at=ends + _CHARGED_ON)


def _charge(unit: UnitOfWork, component: str, fee: Money, source: str) -> None:
    if fee.minor:
        charge(
            unit,
            ServiceCharge(
                component=component,
                minor=fee.minor,
                currency=fee.currency,
                source=source,
                marketplace_id=HERE,
            ),
        )


def _first_of(moment: datetime) -> datetime:
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
