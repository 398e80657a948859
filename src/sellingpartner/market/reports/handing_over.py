"""Documents of Easy Ship come by a feed: what it asks for is one report, which nobody else can ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from sellingpartner.market.reports.queue import make_own
from sellingpartner.market.reports.store import change_report, own_report
from sellingpartner.market.shipping.easy_ship.bundles import DocumentKind
from sellingpartner.storage.unit import UnitOfWork

TYPE = "GET_EASYSHIP_DOCUMENTS"
FEED, WANTED = "feedId", "documents"
"""By which of its options a report knows its feed, and what it is to hold."""

Documents = dict[str, list[DocumentKind]]
"""Which documents of which orders."""

_decoder = msgspec.json.Decoder(Documents)


def hand_over(
    unit: UnitOfWork, feed_id: str, marketplace_ids: tuple[str, ...], order_id: str, kinds: Sequence[DocumentKind]
) -> None:
    """Have the report of a feed hold documents of one more order."""
    known = own_report(unit, TYPE, FEED, feed_id)
    wanted = {} if known is None else wanted_of(known.options)
    wanted[order_id] = list(dict.fromkeys([*wanted.get(order_id, ()), *kinds]))
    options = {FEED: feed_id, WANTED: msgspec.json.encode(wanted).decode()}
    if known is None:
        make_own(unit, TYPE, marketplace_ids, start=unit.now, end=unit.now, options=options)
    else:
        change_report(unit, known.report_id, options=options)


def handed_over(unit: UnitOfWork, feed_id: str) -> str | None:
    """The id of the report of a feed; None of one that asked for nothing that is there."""
    known = own_report(unit, TYPE, FEED, feed_id)
    return None if known is None else known.report_id


def wanted_of(options: Mapping[str, str]) -> Documents:
    """Which documents of which orders a report is to hold."""
    return _decoder.decode(options[WANTED])
