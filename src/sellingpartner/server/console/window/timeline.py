"""The life of an order: what happened to it, who called for it, who was told, where its parcels were, what was posted.

What happened is found by when it happened: an order knows its moments, as do its parcels, its returns, the messages
about it and its postings, and facts have an index of their time. So it costs the same among a million orders. A call
is found by what it led to, as facts keep which call led to them; calls that only asked are not here, since the log
keeps no order ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from operator import attrgetter

import msgspec

from sellingpartner.market.accounts.calls import Call, calls_of
from sellingpartner.market.appointments.model import Job
from sellingpartner.market.messaging.model import Message
from sellingpartner.market.messaging.questions import messages_of
from sellingpartner.market.money.ledger import questions as ledger
from sellingpartner.market.money.ledger.model import Entry
from sellingpartner.market.notifications import questions as notifications
from sellingpartner.market.notifications.model import Delivery, State
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import refunds_of, returns_of
from sellingpartner.market.orders.returns import Refund, Return
from sellingpartner.market.shipping.model import Parcel, Shipment
from sellingpartner.market.shipping.questions import parcels_of_order, shipments_of_order
from sellingpartner.server.console import places
from sellingpartner.server.console.window.services import is_of_jobs, jobs_of, moments_of, said_of, visits
from sellingpartner.server.console.window.tables import amount
from sellingpartner.storage.history import StoredFact, at_moments
from sellingpartner.storage.unit import MARKET, UnitOfWork

_ORDER, _STOCK, _CALL, _TOLD, _PARCEL, _MESSAGE, _MONEY, _RETURN, _JOB = (
    "Order",
    "Stock",
    "Call",
    "Notification",
    "Parcel",
    "Message",
    "Money",
    "Return",
    "Service",
)
_SHOWN_BESIDES = frozenset({"TransactionPosted", "MessageSent", "BuyerAnswered", "SolicitationSent"})
"""Facts that are shown as what they are about: a posting, a message."""
_OF_PARCELS = ("Package", "Parcel", "Label", "Shipment", "Delivered", "Tracking")
_OF_RETURNS = ("Return", "Refund")
_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MOST_TEXT = 160
_STATES = {State.WAITING: "on its way", State.SENT: "arrived", State.KEPT: "kept here", State.DEAD: "given up"}


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """Something in a life."""

    at: datetime
    kind: str
    what: str
    more: str = ""
    href: str = ""


class Life(msgspec.Struct, frozen=True, kw_only=True):
    """All that belongs to an order besides itself."""

    order: Order
    returns: list[Return]
    refunds: list[Refund]
    parcels: list[Parcel]
    shipments: list[Shipment]
    messages: list[Message]
    jobs: list[Job]
    """Of a service: what is to be done for it."""
    entries: list[Entry]
    holds: dict[int, ledger.Hold]


def life_of(unit: UnitOfWork, order: Order) -> Life:
    """Ask every context what it has of an order."""
    entries = ledger.entries_of_order(unit, order.order_id)
    return Life(
        order=order,
        returns=returns_of(unit, order.order_id),
        refunds=refunds_of(unit, order.order_id),
        parcels=parcels_of_order(unit, order.order_id),
        shipments=shipments_of_order(unit, order.order_id),
        messages=messages_of(unit, order.order_id),
        jobs=jobs_of(unit, order),
        entries=entries,
        holds=ledger.holds_of(unit, [one.entry_id for one in entries]),
    )


def timeline_of(unit: UnitOfWork, life: Life, *, shows_calls_of: str | None) -> list[Moment]:
    """An order's life, from its beginning; calls of one seller alone, where the looker sees no others."""
    moments = _moments(life)
    order_id = life.order.order_id
    names = [name.encode() for name in (order_id, *(job.job_id for job in life.jobs))]
    facts = [one for one in at_moments(unit, unit.seller_id, moments) if any(name in one.fact for name in names)]
    found = list(_happenings(unit, facts, shows_calls_of))
    written = notifications.written_at(unit, unit.seller_id, moments)
    found += [_told(one) for one in written if order_id in one.body]
    found += _scans(life.parcels)
    found += _appointments(life.jobs)
    found += [_said(one) for one in life.messages]
    found += _postings(life)
    return sorted(found, key=attrgetter("at"))  # what is of one moment stays as it was found: cause before what follows


def _appointments(jobs: Iterable[Job]) -> Iterator[Moment]:
    for one in visits(jobs):
        yield Moment(at=one.at, kind=_JOB, what="Appointment", more=one.more)


def _moments(life: Life) -> list[datetime]:
    """When something may have happened to an order."""
    order = life.order
    known: list[datetime | None] = [order.purchased_at, order.paid_at, order.updated_at, order.available_at]
    known += [one.at for one in (order.cancellation, order.cancellation_request) if one is not None]
    known.append(order.latest_ship_at if order.is_late else None)
    for package in order.packages:
        known += [package.confirmed_at, package.delivered_at]
    for sent_back in life.returns:
        known += [sent_back.asked_at, sent_back.sent_at, sent_back.received_at]
    for bought in life.shipments:
        known += [bought.created_at, bought.updated_at, bought.voided_at]
    known += [refund.refunded_at for refund in life.refunds]
    known += [scan.at for parcel in life.parcels for scan in parcel.scans]
    known += [message.sent_at for message in life.messages]
    known += moments_of(life.jobs)
    known += [entry.posted_at for entry in life.entries]
    return sorted({moment for moment in known if moment is not None})


def _happened(fact: StoredFact) -> Moment:
    kind = _STOCK if fact.kind.startswith("Stock") else _ORDER
    if fact.kind.startswith(_OF_RETURNS):
        kind = _RETURN
    elif fact.kind.startswith(_OF_PARCELS):
        kind = _PARCEL
    elif is_of_jobs(fact.kind):
        kind = _JOB
    values = msgspec.json.decode(fact.fact, type=dict)
    said = [str(values[name]) for name in ("reason", "canceled_by", "carrier", "tracking_id") if values.get(name)]
    if kind == _JOB:
        said = [*said_of(values), *said]
    return Moment(at=fact.happened_at, kind=kind, what=words_of(fact.kind), more=", ".join(said)[:_MOST_TEXT])


def words_of(kind: str) -> str:
    """The name of a fact as words: `OrderShipped` is "Order shipped"."""
    return _WORDS.sub(" ", kind).capitalize()


def _happenings(unit: UnitOfWork, facts: Sequence[StoredFact], only_seller: str | None) -> Iterator[Moment]:
    """What happened, each call before the first thing that it led to."""
    causes = {one.cause for one in facts if one.cause is not None}
    calls = calls_of(unit.beside(MARKET), causes)
    for fact in facts:
        one = None if fact.cause is None else calls.pop(fact.cause, None)
        if one is not None and only_seller in {None, one.call.seller_id}:
            yield _call(one.call, fact.happened_at)
        if fact.kind not in _SHOWN_BESIDES:
            yield _happened(fact)


def _call(call: Call, at: datetime) -> Moment:
    return Moment(
        at=at,
        kind=_CALL,
        what=call.operation or f"{call.method} {call.path}",
        more=f"{'by the console' if call.api == 'console' else call.api}, answered {call.status}",
        href=f"{places.REQUESTS}/{call.request_id}",
    )


def _told(delivery: Delivery) -> Moment:
    return Moment(
        at=delivery.created_at,
        kind=_TOLD,
        what=delivery.notification_type,
        more=f"{_STATES[delivery.state]}: {delivery.address}"[:_MOST_TEXT],
    )


def _scans(parcels: Iterable[Parcel]) -> Iterator[Moment]:
    for parcel in parcels:
        for scan in parcel.scans:
            where = f"{parcel.carrier_id} {parcel.tracking_id or ''}".strip()
            what = words_of(scan.status.value)
            yield Moment(at=scan.at, kind=_PARCEL, what=what, more=", ".join(filter(None, (scan.place, where))))


def _said(message: Message) -> Moment:
    more = message.said.text or ", ".join(one.file_name for one in message.said.attachments)
    return Moment(
        at=message.sent_at,
        kind=_MESSAGE,
        what=f"{message.sender.value.capitalize()}: {message.said.kind}",
        more=more[:_MOST_TEXT],
    )


def _postings(life: Life) -> Iterator[Moment]:
    for entry in life.entries:
        yield Moment(at=entry.posted_at, kind=_MONEY, what=kind_words(entry.kind), more=_worth(entry, life.holds))


def _worth(entry: Entry, holds: dict[int, ledger.Hold]) -> str:
    worth = amount(entry.total_minor, entry.currency)
    hold = holds.get(entry.entry_id)
    if hold is not None and hold.released_at is None:
        return f"{worth}, held until {hold.matures_at:%b} {hold.matures_at.day}, {hold.matures_at.year}"
    return worth


def kind_words(kind: str) -> str:
    """The kind of an entry as words: `LABEL_REFUND` is "Label refund"."""
    return kind.replace("_", " ").capitalize()
