"""Which offers are in the program: those that Amazon puts in by itself, and those that their sellers do."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.subscriptions import OfferEnrolled
from sellingpartner.market.listings.conditions import NEW, type_of
from sellingpartner.market.listings.model import FulfillmentChannel, Record
from sellingpartner.market.listings.questions import records_in
from sellingpartner.market.listings.store import record_of
from sellingpartner.market.subscriptions.model import Enrollment
from sellingpartner.market.subscriptions.program import program
from sellingpartner.market.subscriptions.tables import program_offers
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

_PAGE = 500
_COLUMNS = ("sku", "marketplace_id", "percent", "is_suspended")
_mine = (program_offers.c.seller_id == bindparam("of_seller")) & (program_offers.c.marketplace_id == bindparam("here"))
_all = Question(select(*(program_offers.c[name] for name in _COLUMNS)).where(_mine), Enrollment)
_keep = Prepared(upsert(program_offers, lambda offered: {name: offered[name] for name in ("percent", "is_suspended")}))


class NotInTheProgram(InvalidInput):
    """Nobody can subscribe to an offer."""


class TermsImpossible(NotInTheProgram):
    """The program knows no such discount, no such quantity or no such interval."""


def enroll(unit: UnitOfWork, sku: str, marketplace_id: str, *, percent: int, is_suspended: bool = False) -> None:
    """Put an offer into the program, or change it; raises `NotInTheProgram`."""
    if marketplace_id not in program().marketplace_ids:
        message = f"Subscribe & Save is not in marketplace {marketplace_id}."
        raise NotInTheProgram(message)
    if percent not in program().percents:
        message = f"A seller takes {', '.join(map(str, program().percents))} percent off; {percent} was said."
        raise TermsImpossible(message)
    record = record_of(unit, sku, marketplace_id)
    if record is None or record.asin is None:
        message = f"There is no listing with SKU {sku!r} in marketplace {marketplace_id}."
        raise NotInTheProgram(message)
    row = {"seller_id": unit.seller_id, "sku": sku, "marketplace_id": marketplace_id}
    _keep.run(unit.connection, row | {"percent": percent, "is_suspended": is_suspended})
    unit.emit(OfferEnrolled(sku=sku, marketplace_id=marketplace_id, percent=percent))


def enrollment_of(unit: UnitOfWork, record: Record) -> Enrollment | None:
    """What an offer is in the program; None where it is not."""
    return _of(record, _by_hand(unit, record.marketplace_id))


def enrolled_in(unit: UnitOfWork, marketplace_id: str) -> list[tuple[Record, Enrollment]]:
    """Every offer of the program in a marketplace, in the order of SKU."""
    by_hand, found, after = _by_hand(unit, marketplace_id), list[tuple[Record, Enrollment]](), ""
    while page := records_in(unit, marketplace_id, after=after, limit=_PAGE):
        for record in page:
            enrolled = _of(record, by_hand)
            if enrolled is not None:
                found.append((record, enrolled))
        after = page[-1].sku
    return found


def _by_hand(unit: UnitOfWork, marketplace_id: str) -> dict[str, Enrollment]:
    key = {"of_seller": unit.seller_id, "here": marketplace_id}
    return {one.sku: one for one in _all.all(unit.connection, key)}


def _of(record: Record, by_hand: dict[str, Enrollment]) -> Enrollment | None:
    if record.asin is None or record.price_minor is None:
        return None
    if record.sku in by_hand:
        return by_hand[record.sku]
    is_taken = (
        record.marketplace_id in program().marketplace_ids
        and record.product_type in program().product_types
        and record.fulfillment_channel == FulfillmentChannel.AFN.value
        and type_of(record.condition, record.condition_subtype) == NEW
    )
    percent = program().automatic_percent
    return (
        Enrollment(sku=record.sku, marketplace_id=record.marketplace_id, percent=percent, is_automatic=True)
        if is_taken
        else None
    )
