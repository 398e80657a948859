"""POST_EASYSHIP_DOCUMENTS: labels, invoices and warranties of scheduled packages, which come as one report.

The result names it as `DocumentReportReferenceID`, which is the id of a GET_EASYSHIP_DOCUMENTS report.

Assumed: a feed is for 50 orders at most, so that all that it asks for is settled in one transaction, and the words and
codes of what is refused. What feedOptions say of the order and the document is in the message as well, and ignored.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.feeds.families.order_messages import INCOMPLETE, order_meant, told
from sellingpartner.market.feeds.kinds import FeedFile, Finding, Form, Message, Refused, Severity, feed
from sellingpartner.market.feeds.reading import envelope
from sellingpartner.market.feeds.reading.envelope import ENVELOPE, Element, text_of
from sellingpartner.market.reports.handing_over import hand_over, handed_over
from sellingpartner.market.shipping.easy_ship.bundles import FED, DocumentKind, kinds_of
from sellingpartner.storage.unit import UnitOfWork

MOST = 50


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """The documents of an order that are asked for."""

    order_id: str | None
    seller_order_id: str | None = None
    kinds: tuple[DocumentKind, ...]


def _parsed(body: Element) -> Wanted:
    kinds = [DocumentKind((one.text or "").strip()) for one in body.iterfind("DocumentType")]
    return Wanted(order_id=text_of(body, "AmazonOrderID"), kinds=tuple(dict.fromkeys(kinds)))


def _read(file: FeedFile) -> Iterator[Message]:
    if not all(MARKETPLACES[one].country_code in FED for one in file.marketplace_ids):
        raise Refused(_of_file(f"Documents of Easy Ship come by a feed in {' and '.join(sorted(FED))} alone."))
    for count, message in enumerate(envelope.messages(file, "EasyShipDocument", _parsed), 1):
        if count > MOST:
            raise Refused(_of_file(f"A feed asks for the documents of {MOST} orders at most."))
        yield message


def _of_file(text: str) -> Finding:
    return Finding(code=ENVELOPE, text=text, severity=Severity.FATAL)


@feed(
    "POST_EASYSHIP_DOCUMENTS",
    read=_read,
    tell=told,
    form=Form.XML,
    refers=lambda unit, file: handed_over(unit, file.feed_id),
    options=("AmazonOrderId", "DocumentType"),
)
def ask(unit: UnitOfWork, file: FeedFile, wanted: Wanted) -> list[Finding]:
    """Have the report hold what there is of an order's documents; what there is none of is said."""
    order = order_meant(unit, file, wanted)
    there = kinds_of(unit, order.order_id)
    about = {"AmazonOrderID": order.order_id}
    if not there:
        text = "The order is not scheduled with Easy Ship; there are documents once createScheduledPackage was called."
        raise Refused(Finding(code=INCOMPLETE, text=text, about=about))
    given = [kind for kind in wanted.kinds if kind in there]
    found = [
        Finding(
            code=INCOMPLETE,
            severity=Severity.WARNING if given else Severity.ERROR,
            text=f"There is no {kind.value} of the order.",
            about=about,
        )
        for kind in wanted.kinds
        if kind not in there
    ]
    if not given:
        raise Refused(*found)
    hand_over(unit, file.feed_id, file.marketplace_ids, order.order_id, given)
    return found
