"""Units that come to lie in AWD without a shipment: what a market begins with, and what is put there by hand."""

from __future__ import annotations

from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.distribution.checking import check_skus
from sellingpartner.market.distribution.eligibility import HERE
from sellingpartner.market.distribution.lots import put_lot
from sellingpartner.market.distribution.model import Lot
from sellingpartner.market.distribution.refusals import BadRequest, NoSuchRegion
from sellingpartner.market.distribution.rules import rules
from sellingpartner.market.inventory.commands import move
from sellingpartner.market.inventory.model import Condition, Reason, Spot
from sellingpartner.storage.unit import UnitOfWork

UNITS_OF_CASE = 10
_CASE_VOLUME = 28_316_847
"""A cubic foot in cubic millimeters: how large cases are of which nobody said so."""
_MOST = 10**6


def store_by_hand(
    unit: UnitOfWork,
    sku: str,
    units: int,
    *,
    reference: str,
    units_of_case: int = UNITS_OF_CASE,
    region: str | None = None,
) -> None:
    """Let units of a SKU lie in AWD, in cases of a cubic foot; raises `BadRequest`."""
    check_marketplaces(unit, unit.seller_id, [HERE])
    check_skus(unit, [sku])
    if not 0 < units <= _MOST or not 0 < units_of_case <= rules().most_units_of_case:
        raise BadRequest(f"{units} units in cases of {units_of_case} cannot be; there are up to {_MOST} units.")
    regions = rules().regions
    if region is not None and region not in regions:
        raise NoSuchRegion(f"There is no region {region[:40]!r}; there are {', '.join(regions)}.")
    center = regions[region or next(iter(regions))][0]
    to = Spot(Condition.SELLABLE, center)
    move(unit, sku, units, from_=None, to=to, reason=Reason.RECEIVED, reference=reference)
    lot = Lot(
        lot=0,
        sku=sku,
        center=center,
        expires_at=None,
        units=units,
        held=0,
        units_of_case=units_of_case,
        unit_volume=max(_CASE_VOLUME // units_of_case, 1),
    )
    put_lot(unit, lot)
