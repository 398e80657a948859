"""A settlement, event by event: what settlement reports are made of, whatever their form.

The same events as those of v0, under the names that `components.toml` gives them in a settlement; a fee and the tax on
it are one amount, as they are in v0.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from sellingpartner.market.money.finances.events import EventFilter, FinancialEvent, page_of_events
from sellingpartner.market.money.finances.origins import adjustment_item_id, shop_named
from sellingpartner.market.money.ledger.balances.paying_out import arrives_at
from sellingpartner.market.money.ledger.components import Component, components, kind_names
from sellingpartner.market.money.ledger.model import EntryKind, EntryLine, Posting
from sellingpartner.market.money.ledger.periods import Period, period_by_settlement
from sellingpartner.market.money.ledger.questions import payouts_of
from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.unit import UnitOfWork

_AT_ONCE = 500
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CODE_LENGTH = 9
_OF_ORDERS = frozenset(
    {
        EntryKind.SALE,
        EntryKind.MULTI_CHANNEL,
        EntryKind.REFUND,
        EntryKind.GOODWILL,
        EntryKind.GUARANTEE_CLAIM,
        EntryKind.CHARGEBACK,
    }
)
_SHIPMENTS = frozenset({EntryKind.SALE, EntryKind.MULTI_CHANNEL})
_NAMES_ITS_SHOP = _OF_ORDERS | {EntryKind.RETROCHARGE}
"""What else there is names no marketplace."""

OTHER = "other-transaction"


class Settlement(msgspec.Struct, frozen=True, kw_only=True):
    """What a settlement is as a whole."""

    settlement_id: int
    period_id: int
    currency: str
    began_at: datetime
    ended_at: datetime
    deposited_at: datetime
    """When its money is expected in the bank."""
    total_minor: int


class SettledPart(msgspec.Struct, frozen=True):
    """An amount of an event."""

    place: str
    """What of an event it is: a charge, a fee, a promotion."""
    amount_type: str
    description: str
    minor: int


class SettledLine(msgspec.Struct, frozen=True, kw_only=True):
    """What of an event belongs to one line of an order, or to none."""

    line: EntryLine
    adjustment_item_id: str = ""
    parts: list[SettledPart]

    @property
    def promotion_id(self) -> str:
        """Assumed: where several promotions take off from an item, settlements name the first of them for all."""
        return self.line.promotion_ids[0] if self.line.promotion_ids else ""


class SettledEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event of a settlement."""

    transaction_type: str
    kind: str
    order_id: str
    reference: str
    """How its seller knows what it is about: an order of the shop by the same number, a removal order by its own."""
    adjustment_id: str
    shipment_id: str
    marketplace_name: str
    fulfillment: str
    posted_at: datetime
    lines: list[SettledLine]

    @property
    def is_of_order(self) -> bool:
        """Whether it is about the items of an order: sold, or given back."""
        return self.kind in _OF_ORDERS

    @property
    def minor(self) -> int:
        """What it comes to."""
        return sum(part.minor for line in self.lines for part in line.parts)


def settlement_of(unit: UnitOfWork, settlement_id: int) -> Settlement:
    """A settlement by its number; raises `NotFound`.

    Assumed: a settlement without a transfer has the end of its period for its deposit date.
    """
    period = period_by_settlement(unit, settlement_id)
    return Settlement(
        settlement_id=settlement_id,
        period_id=period.period_id,
        currency=period.currency,
        began_at=period.began_at,
        ended_at=period.ends_at,
        deposited_at=_deposited_at(unit, period),
        total_minor=period.balance_minor,
    )


def settled_events(unit: UnitOfWork, period_id: int) -> Iterator[SettledEvent]:
    """The events of a period, in the order in which they began to count; few at a time are in memory."""
    after = None
    while True:
        page = page_of_events(unit, EventFilter(period_id=period_id), after, _AT_ONCE)
        for event in page.events:
            yield _settled(unit, event)
        after = page.next_key
        if after is None:
            return


def has_settled(unit: UnitOfWork, period_id: int) -> bool:
    """Whether anything counts in a period."""
    return bool(page_of_events(unit, EventFilter(period_id=period_id), limit=1).events)


def _deposited_at(unit: UnitOfWork, period: Period) -> datetime:
    sent = next((one for one in payouts_of(unit, period.currency) if one.period_id == period.period_id), None)
    return period.ends_at if sent is None else arrives_at(unit, sent)


def _settled(unit: UnitOfWork, event: FinancialEvent) -> SettledEvent:
    entry, detail, first = event.entry, event.entry.detail, event.first
    is_sale, is_of_order = entry.kind in _SHIPMENTS, entry.kind in _OF_ORDERS
    return SettledEvent(
        transaction_type=(first.settled_as if first else "") or kind_names(entry.kind).settled_as or OTHER,
        kind=entry.kind,
        order_id=entry.order_id or "",
        reference=detail.reason if entry.kind == EntryKind.REMOVAL else (entry.order_id or "") if is_of_order else "",
        adjustment_id=(detail.refund_id or "") if is_of_order and not is_sale else "",
        shipment_id=_code(unit, entry.order_id or "", detail.shipment_id or "") if is_sale else "",
        marketplace_name=shop_named(entry) if entry.kind in _NAMES_ITS_SHOP else "",
        fulfillment=detail.fulfillment if is_of_order else "",
        posted_at=event.posted_at,
        lines=_lines(unit, event, is_back=is_of_order and not is_sale),
    )


def _lines(unit: UnitOfWork, event: FinancialEvent, *, is_back: bool) -> list[SettledLine]:
    known = components()
    by_line: dict[int, dict[tuple[str, int], tuple[Component, int]]] = {}
    for leg in event.legs:
        component = known[leg.component]
        key = _key(component, leg)
        _, before = by_line.setdefault(leg.line, {}).get(key, (component, 0))
        by_line[leg.line][key] = (component, before + leg.effect)
    lines = event.entry.detail.lines
    return [
        SettledLine(
            line=lines[number - 1] if number else EntryLine(),
            adjustment_item_id=adjustment_item_id(unit, event.entry.entry_id, number) if is_back and number else "",
            parts=[_part(component, minor) for component, minor in parts.values()],
        )
        for number, parts in by_line.items()
    ]


def _key(component: Component, leg: Posting) -> tuple[str, int]:
    """What is added up: a fee and the tax on it; of all else each posting stands alone."""
    if component.place == "fee":
        return component.tax_of or component.key, 0
    return component.key, leg.number


def _part(component: Component, minor: int) -> SettledPart:
    amount_type, description = component.settlement or (OTHER, component.name)
    return SettledPart(component.place, amount_type, description, minor)


def _code(unit: UnitOfWork, order_id: str, reference: str) -> str:
    """The nine signs by which settlements know a package."""
    number, signs = number_of(unit.seed, unit.seller_id, "settled shipment", order_id, reference), []
    for _ in range(_CODE_LENGTH):
        number, sign = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[sign])
    return "".join(signs)
