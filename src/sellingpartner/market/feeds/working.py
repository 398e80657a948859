"""The work that carries out a feed: read whole once, then message by message, then told in a document.

The file is read through before anything is done, so that one that is not whole does nothing. Then its messages are
carried out, some to a transaction, which also keeps how far the feed is and what was found: a work that is begun
again goes on behind the last message that was kept, and no message is carried out twice. A message that is refused is
taken back alone: as most feeds are sound, messages are first carried out without the means for that, and if one is
refused the whole transaction is taken back, and carried out again with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from datetime import timedelta
from functools import partial
from itertools import chain, islice

import msgspec

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.documents.documents import Kept, Purpose, document_of, keep_document, region_of
from sellingpartner.market.documents.jobs import JobStatus
from sellingpartner.market.documents.writer import Written, write_document
from sellingpartner.market.feeds.kinds import (
    FeedFile,
    FeedKind,
    FeedUnreadable,
    Finding,
    Message,
    Refused,
    Severity,
    kind_of,
)
from sellingpartner.market.feeds.model import Feed
from sellingpartner.market.feeds.opening import file_of
from sellingpartner.market.feeds.queue import FATAL_WORK, WORK, end_later
from sellingpartner.market.feeds.results.outcome import Outcome
from sellingpartner.market.feeds.results.writing import content_type_of, written
from sellingpartner.market.feeds.store import (
    change_feed,
    feed_to_change,
    find_feed,
    findings_of,
    forget_findings,
    note_findings,
)
from sellingpartner.market.time.works import Work, Workshop, on_failure, works
from sellingpartner.storage.unit import UnitOfWork

MESSAGES_AT_ONCE = 50
"""How many messages share a transaction: others wait for no longer than these take."""
MOST_MESSAGES = 100_000
"""Assumed: a feed has up to 100,000 messages, one of listings fewer; Amazon names no limit for other types."""
_CAREFUL_FOR = 20
"""For how many transactions each message is carried out by itself, after one was refused."""
RESULT_KEPT_FOR = timedelta(days=28)

_FATAL = "90000"
_GIVEN_UP = "The feed was not carried out to its end. Look at what it was to change before you send the rest again."


class _OneIsRefused(Exception):
    """A message was refused, and what it did cannot be taken back alone."""


@works(WORK)
def carry_out(workshop: Workshop, work: Work) -> None:
    """Carry out a feed, or go on with it."""
    with workshop.snapshot(work.seller_id) as unit:
        feed = find_feed(unit, work.subject)
        if feed.status is not JobStatus.IN_PROGRESS or feed.document_id is not None:
            return  # it was carried out before, and the process died before that was noted
        document = document_of(unit, feed.input_document_id)
    kind = _kind(feed)
    file = file_of(workshop.documents, work.seller_id, feed, document)
    try:
        if feed.messages is None:
            _count(workshop, work, kind, file)
        head = kind.head(file)
        _go_on(workshop, work, kind, file)
    except Refused as reason:
        _tell(workshop, work, kind, JobStatus.DONE, of_file=reason.findings)
    except FeedUnreadable as reason:
        _tell(workshop, work, kind, JobStatus.FATAL, of_file=(_fatal(str(reason)),))
    else:
        _tell(workshop, work, kind, JobStatus.DONE, head=head, file=file)


@works(FATAL_WORK)
def fail(workshop: Workshop, work: Work) -> None:
    """End a feed FATAL that a fault has struck: nothing of it is carried out."""
    give_up(workshop, work, "a fault was injected")


@on_failure(WORK)
def give_up(workshop: Workshop, work: Work, failure: str) -> None:  # noqa: ARG001 - the log has it; it may quote what is nobody's business
    """End a feed that cannot be carried out to its end, so that nobody waits for it in vain."""
    with workshop.snapshot(work.seller_id) as unit:
        feed = find_feed(unit, work.subject)
    if feed.status is JobStatus.IN_PROGRESS and feed.document_id is None:
        _tell(workshop, work, _kind(feed), JobStatus.FATAL, of_file=(_fatal(_GIVEN_UP),))


def _kind(feed: Feed) -> FeedKind:
    kind = kind_of(feed.feed_type)
    if kind is None:
        message = f"Nobody carries out {feed.feed_type}."
        raise LookupError(message)
    return kind


def _fatal(text: str) -> Finding:
    """Assumed: the code of a feed that ends FATAL; Amazon's is not known."""
    return Finding(code=_FATAL, text=text, severity=Severity.FATAL)


def _count(workshop: Workshop, work: Work, kind: FeedKind, file: FeedFile) -> None:
    """Read a file through, and keep how many messages it has; raises what is wrong with the whole of it."""
    count = 0
    for count, _ in enumerate(kind.read(file), 1):
        if count > MOST_MESSAGES:
            message = f"The file has more than {MOST_MESSAGES:,} messages; send them in several feeds."
            raise FeedUnreadable(message)
    with workshop.write(work.seller_id) as unit:
        change_feed(unit, work.subject, messages=count)


def _go_on(workshop: Workshop, work: Work, kind: FeedKind, file: FeedFile) -> None:
    """Carry out the messages that were not carried out yet."""
    with workshop.snapshot(work.seller_id) as unit:
        feed = find_feed(unit, work.subject)
    if feed.position == feed.messages:
        return
    left = islice(kind.read(file), feed.position, None)
    careful = 0
    while messages := tuple(islice(left, MESSAGES_AT_ONCE)):
        if not careful:
            with suppress(_OneIsRefused), workshop.write(work.seller_id) as unit:
                _carry_out_some(unit, feed_to_change(unit, work.subject), kind, file, messages, is_careful=False)
                continue
            careful = _CAREFUL_FOR
        with workshop.write(work.seller_id) as unit:
            _carry_out_some(unit, feed_to_change(unit, work.subject), kind, file, messages, is_careful=True)
        careful -= 1


def _carry_out_some(
    unit: UnitOfWork, feed: Feed, kind: FeedKind, file: FeedFile, messages: Sequence[Message], *, is_careful: bool
) -> None:
    if kind.numbers:
        unit.reserve_numbers(kind.numbers, len(messages))
    if kind.hold is not None:
        kind.hold(unit, file, [one.body for one in messages if not any(fault.is_error for fault in one.faults)])
    found: list[Finding] = []
    failed = warned = 0
    for message in messages:
        of_message = [
            msgspec.structs.replace(one, message=message.number)
            for one in _carried_out(unit, kind, file, message, is_careful=is_careful)
        ]
        if any(one.is_error for one in of_message):
            failed += 1
        elif any(one.severity is Severity.WARNING for one in of_message):
            warned += 1
        found += of_message
    note_findings(unit, feed.feed_id, feed.findings, found)
    change_feed(
        unit,
        feed.feed_id,
        position=feed.position + len(messages),
        failed=feed.failed + failed,
        warned=feed.warned + warned,
        findings=feed.findings + len(found),
    )


def _carried_out(
    unit: UnitOfWork, kind: FeedKind, file: FeedFile, message: Message, *, is_careful: bool
) -> Iterator[Finding]:
    """What was found in a message; one with an error has done nothing. Raises `_OneIsRefused` without care."""
    yield from message.faults
    if any(one.is_error for one in message.faults):
        return
    try:
        with unit.attempt() if is_careful else nullcontext():
            found = kind.apply(unit, file, message.body)
    except (Refused, SellingPartnerError) as reason:
        if not is_careful:
            raise _OneIsRefused from reason
        if isinstance(reason, Refused):
            yield from reason.findings
        else:
            yield kind.tell(reason, message.body)
    else:
        yield from found or ()


def _tell(
    workshop: Workshop,
    work: Work,
    kind: FeedKind,
    status: JobStatus,
    *,
    of_file: Sequence[Finding] = (),
    head: dict[str, object] | None = None,
    file: FeedFile | None = None,
) -> None:
    """Write what became of a feed, and plan its end."""
    with workshop.snapshot(work.seller_id) as unit:
        feed = find_feed(unit, work.subject)
        outcome = Outcome(
            feed_id=feed.feed_id,
            seller_id=work.seller_id,
            processed=feed.position,
            failed=feed.failed,
            warned=feed.warned,
            is_whole=not of_file,
            head=head or {},
            refers=None if file is None or kind.refers is None else kind.refers(unit, file),
            items=None if file is None or kind.items is None or not head else partial(kind.items, unit, file),
        )
        findings = chain(of_file, findings_of(unit, feed.feed_id))
        paper = write_document(workshop.documents, work.seller_id, written(kind.form, outcome, findings))
    with workshop.write(work.seller_id) as unit:
        _note(unit, feed, kind, status, paper)


def _note(unit: UnitOfWork, feed: Feed, kind: FeedKind, status: JobStatus, paper: Written) -> None:
    document = keep_document(
        unit,
        Kept(
            purpose=Purpose.FEED_RESULT,
            content_type=content_type_of(kind.form),
            compression=paper.compression,
            size=paper.size,
            store_key=paper.store_key,
            expires_at=unit.now + RESULT_KEPT_FOR,
            region=region_of(feed.marketplace_ids[0]),
        ),
    )
    forget_findings(unit, feed.feed_id)
    change_feed(unit, feed.feed_id, document_id=document.document_id, messages=feed.messages or 0)
    end_later(unit, feed, status, document.document_id, feed.position)
