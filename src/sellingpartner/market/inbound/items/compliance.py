"""What India wants to know of items: kept by SKU, and shown again."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

import msgspec
from sqlalchemy import select

from sellingpartner.market.inbound.items.goods import check_marketplace, records_named
from sellingpartner.market.inbound.model import TaxDetails
from sellingpartner.market.inbound.operations import begin, carries_out_for_items
from sellingpartner.market.inbound.problems import Problem
from sellingpartner.market.inbound.refusals import BadRequest, InvalidMskus
from sellingpartner.market.inbound.tables import inbound_compliance
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

KIND = "updateItemComplianceDetails"
_TAX_TYPES = frozenset({"CGST", "SGST", "IGST", "TOTAL_TAX"})
_HSN_CODE = re.compile(r"\d{4,8}")
_MOST_PERCENT = 100

_keep = Prepared(upsert(inbound_compliance, lambda offered: {"document": offered.document}))


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a seller says of an item."""

    marketplace_id: str
    msku: str
    details: TaxDetails


class Compliance(NamedTuple):
    """An item, and what was said of it."""

    msku: str
    asin: str | None
    fnsku: str | None
    details: TaxDetails | None


def set_compliance(unit: UnitOfWork, marketplace_id: str, msku: str, details: TaxDetails) -> str:
    """Have it kept how an item is taxed; returns the operation's id. Raises `BadRequest`."""
    check_marketplace(unit, marketplace_id)
    try:
        records_named(unit, [msku], marketplace_id)
    except InvalidMskus:
        raise BadRequest("The requested msku does not exist for the specified marketplace.") from None
    _check(details)
    told = Told(marketplace_id=marketplace_id, msku=msku, details=details)
    return begin(unit, KIND, payload=told)


@carries_out_for_items(KIND, Told)
def keep_compliance(unit: UnitOfWork, told: Told) -> list[Problem]:
    """Keep how an item is taxed: what was said before of it is over."""
    row = {
        "seller_id": unit.seller_id,
        "sku": told.msku,
        "marketplace_id": told.marketplace_id,
        "document": told.details,
    }
    _keep.run(unit.connection, row)
    return []


def compliance_of(unit: UnitOfWork, marketplace_id: str, mskus: Collection[str]) -> list[Compliance]:
    """What was said of some items, in their order; raises `BadRequest`."""
    check_marketplace(unit, marketplace_id)
    records = records_named(unit, mskus, marketplace_id)
    at = inbound_compliance.c
    mine = select(at.sku, at.document).where(
        at.seller_id == unit.seller_id, at.marketplace_id == marketplace_id, at.sku.in_(sorted(records))
    )
    told = {row.sku: row.document for row in unit.execute(mine)}
    return [Compliance(msku, one.asin, one.fnsku, told.get(msku)) for msku, one in records.items()]


def _check(details: TaxDetails) -> None:
    """Assumed: Amazon publishes the types of tax, and neither the form of the rest nor how a wrong one is refused."""
    if details.hsn_code is not None and _HSN_CODE.fullmatch(details.hsn_code) is None:
        raise BadRequest("ERROR: The hsnCode must have 4 to 8 digits.")
    if details.declared_amount is not None and details.declared_amount < 0:
        raise BadRequest("ERROR: The declaredValue must not be negative.")
    for rate in details.rates:
        if rate.tax_type is not None and rate.tax_type not in _TAX_TYPES:
            raise BadRequest(f"ERROR: The taxType must be one of {', '.join(sorted(_TAX_TYPES))}.")
        if any(one is not None and not 0 <= one <= _MOST_PERCENT for one in (rate.gst_rate, rate.cess_rate)):
            raise BadRequest("ERROR: A tax rate must be from 0 to 100 percent.")
