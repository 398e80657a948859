"""Refunds: the buyer's money goes back, the tax with it, and the commission less what Amazon keeps of it.

Assumed: an A-to-z claim and a chargeback take the same amounts as a refund of the seller's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.events.orders import Line, RefundIssued
from sellingpartner.market.money.fees.referral import money_of
from sellingpartner.market.money.ledger import holds, store
from sellingpartner.market.money.ledger.components import TAX
from sellingpartner.market.money.ledger.model import Entry, EntryDetail, EntryKind, Leg, NewEntry, Posting, to_seller
from sellingpartner.market.money.ledger.policies import defaults
from sellingpartner.market.money.ledger.posting import post
from sellingpartner.market.money.ledger.selling.sales import lines_of, seller_now
from sellingpartner.market.money.ledger.selling.withholding import Places, model_of, paid, withheld
from sellingpartner.market.orders.returns import FUNDED_CLAIM
from sellingpartner.storage.unit import UnitOfWork, on

GUARANTEE_CLAIM, CHARGEBACK = "GuaranteeClaim", "Chargeback"
"""The reasons of refunds that somebody else than the seller decides on."""

_KINDS = {GUARANTEE_CLAIM: EntryKind.GUARANTEE_CLAIM, CHARGEBACK: EntryKind.CHARGEBACK}
_BACK = frozenset({EntryKind.REFUND, *_KINDS.values()})
_GOES_BACK = ("Commission", "DigitalServicesFee")
"""The fees that a refund gives back; those of fulfillment stay."""

_KEPT_ONE_IN = 5
"""Of the commission that goes back, a fifth is kept, up to a limit."""


class _Shipped(msgspec.Struct):
    """What of an order's item was posted: by sales, and less what refunds took back."""

    sold: Counter[str]
    left: Counter[str]


@on(RefundIssued)
def post_refund(unit: UnitOfWork, fact: RefundIssued) -> None:
    """Post what a buyer gets back; of what was sold before there was a ledger, nothing."""
    if fact.reason == FUNDED_CLAIM:
        return
    known = store.entries_of_order(unit, fact.order_id)
    if not any(one.kind == EntryKind.SALE for one in known):
        return
    postings = store.legs_of(unit, [one.entry_id for one in known])
    country = MARKETPLACES[fact.marketplace_id].country_code
    is_same_state = any(leg.component == "TCS-CGST" for legs in postings.values() for leg in legs)
    places = Places(country=country, seller_country=seller_now(unit).country or country, is_same_state=is_same_state)
    legs: list[Leg] = []
    for number, line in enumerate(fact.lines, start=1):
        shipped = _shipped(known, postings, line.order_item_id)
        parts = [*paid(line.amounts, model_of(country)), *withheld(line.amounts, places)]
        parts += _fees_back(shipped, line, Counter(dict(parts)), fact.currency)
        legs += [to_seller(component, minor, number) for component, minor in parts if minor]
    if not legs:
        return
    held = holds.open_holds(unit, fact.order_id)
    post(
        unit,
        NewEntry(
            kind=_KINDS.get(fact.reason, EntryKind.REFUND),
            source=f"refund:{fact.refund_id}",
            marketplace_id=fact.marketplace_id,
            currency=fact.currency,
            legs=tuple(legs),
            detail=EntryDetail(
                lines=lines_of(fact.lines), refund_id=fact.refund_id, reason=fact.reason, fulfillment=fact.channel
            ),
            order_id=fact.order_id,
            is_held=bool(held),
            matures_at=held[0].matures_at if held else None,
            held_because=held[0].reason if held else "",
        ),
    )


def _shipped(entries: Sequence[Entry], postings: dict[int, list[Posting]], item_id: str) -> _Shipped:
    """Sum up what was posted for an item, by component."""
    sold: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for entry in entries:
        if entry.kind != EntryKind.SALE and entry.kind not in _BACK:
            continue
        lines = {number for number, line in enumerate(entry.detail.lines, 1) if line.order_item_id == item_id}
        for leg in postings[entry.entry_id]:
            if leg.line in lines:
                left[leg.component] += leg.effect
                if entry.kind == EntryKind.SALE:
                    sold[leg.component] += leg.effect
    return _Shipped(sold, left)


def _fees_back(shipped: _Shipped, line: Line, paid_back: Counter[str], currency: str) -> list[tuple[str, int]]:
    """The share of the fees that goes back, less what of the commission is kept."""
    part, whole = -_value(paid_back), _value(shipped.sold)
    if part <= 0 or whole <= 0:
        return []
    is_last = part >= _value(shipped.left)
    back = {
        key: _share(-shipped.sold[key], part, whole, -shipped.left[key], is_last=is_last)
        for name in _GOES_BACK
        for key in (name, name + TAX)
    }
    shipping = -(line.amounts.shipping - line.amounts.shipping_discount)
    for key, charged in (("ShippingChargeback", shipping), ("GiftwrapChargeback", -line.amounts.gift_wrap)):
        back[key] = max(min(charged, -shipped.left[key]), 0)
    points = -shipped.left["CostOfPointsGranted"] - shipped.left["CostOfPointsReturned"]
    back["CostOfPointsReturned"] = _share(-shipped.sold["CostOfPointsGranted"], part, whole, points, is_last=is_last)
    return [*back.items(), *_kept(back, currency)]


def _kept(back: dict[str, int], currency: str) -> list[tuple[str, int]]:
    """What Amazon keeps of the commission that goes back, and of the tax on it; rounded up, each by itself."""
    cap = money_of(defaults().refund_cap[currency], currency).minor
    return [("RefundCommission" + end, -min(-(-back["Commission" + end] // _KEPT_ONE_IN), cap)) for end in ("", TAX)]


def _value(parts: Counter[str]) -> int:
    """The price without tax, less what a promotion took off."""
    return parts["Principal"] + parts["PromotionPrincipal"]


def _share(fee: int, part: int, whole: int, left: int, *, is_last: bool) -> int:
    """A fee's part that goes back, rounded half up, and never more than is left of it; the last refund takes that."""
    if is_last:
        return max(left, 0)
    return max(min((2 * fee * part + whole) // (2 * whole), left), 0)
