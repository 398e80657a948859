"""JSON_LISTINGS_FEED: listings put, patched and deleted, each message by the command of its operation.

Of a feed for several marketplaces each message holds in all of them: in one of them count the entries that name it, or
none. A message that is invalid in one is carried out in none.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market import attributes as reading
from sellingpartner.market.feeds.kinds import FeedFile, Finding, Form, Message, Refused, Severity, feed
from sellingpartner.market.feeds.reading.json_file import NoJson, TooManyMessages, values_at
from sellingpartner.market.feeds.reading.soundness import LARGEST, unsound
from sellingpartner.market.feeds.results.as_json import VERSION
from sellingpartner.market.listings import submitting
from sellingpartner.market.listings.patching import patch_of
from sellingpartner.market.offers.store import hold_offers
from sellingpartner.market.product_types.questions import Fault, Requirements
from sellingpartner.storage.unit import UnitOfWork

MOST_MESSAGES = 25_000
UNPARSED, MISSING, WRONG_VERSION, MISSHAPEN = "4002001", "4002005", "4002006", "4002008"
_BAD_REQUEST = "BAD_REQUEST"
_SEVERITIES = {"ERROR": Severity.ERROR, "WARNING": Severity.WARNING, "INFO": Severity.INFO}
_SKU_SHOWN = 100


INCLUDED = (
    "summaries",
    "attributes",
    "issues",
    "offers",
    "fulfillmentAvailability",
    "procurement",
    "relationships",
    "productTypes",
)
_API_VERSION = "2021-08-01"
Show = Callable[[UnitOfWork, FeedFile, str, frozenset[str], str | None], dict[str, Any] | None]
"""Shows what is asked for of a SKU in the feed's marketplaces; None for one that is not listed there."""
_shown_by: list[Show] = []


class _Operation(StrEnum):
    UPDATE = "UPDATE"
    PARTIAL_UPDATE = "PARTIAL_UPDATE"
    PATCH = "PATCH"
    DELETE = "DELETE"


class _Patch(msgspec.Struct, frozen=True):
    op: str
    path: str
    value: list[dict[str, Any]] | None = None


class _Said(msgspec.Struct, frozen=True, rename="camel"):
    """A message as its schema has it; what each operation takes and what not is in `_TAKES`."""

    message_id: Annotated[int, Meta(ge=1, le=2_147_483_647)]
    sku: Annotated[str, Meta(min_length=1)]
    operation_type: _Operation
    product_type: Annotated[str, Meta(min_length=1)] | None = None
    requirements: Requirements | None = None
    attributes: Annotated[dict[str, Any], Meta(min_length=1)] | None = None
    patches: Annotated[list[_Patch], Meta(min_length=1)] | None = None


class _Takes(NamedTuple):
    needs: tuple[str, ...]
    may: tuple[str, ...] = ()


_TAKES = {
    _Operation.UPDATE: _Takes(("product_type", "attributes"), ("requirements",)),
    _Operation.PARTIAL_UPDATE: _Takes(("product_type", "attributes")),
    _Operation.PATCH: _Takes(("product_type", "patches")),
    _Operation.DELETE: _Takes(()),
}
_WIRE = dict(zip(_Said.__struct_fields__, _Said.__struct_encode_fields__, strict=True))
_PARTS = ("product_type", "requirements", "attributes", "patches")


class _Body(NamedTuple):
    said: _Said
    locale: str | None


def messages(file: FeedFile) -> Iterator[Message]:
    """The messages of a file; raises `Refused` for one that is no feed of listings."""
    try:
        locale = _locale(file)
        known: set[int] = set()
        for found in values_at(file, "messages.item", most_messages=MOST_MESSAGES):
            yield _message(found, known, locale)
    except TooManyMessages as reason:
        raise Refused(_of_file(MISSHAPEN, str(reason))) from reason
    except NoJson as reason:
        raise Refused(_of_file(UNPARSED, "Item 'Feed' cannot be parsed.")) from reason
    if not known:
        raise Refused(_of_file(MISSING, "Attribute 'messages' is required, but not present."))


def _asked(file: FeedFile) -> tuple[str, ...]:
    """What the result is to show of the listings that were changed; raises `Refused` for what is none of it."""
    header = next(values_at(file, "header", most_messages=MOST_MESSAGES), None)
    report = header.get("report") if isinstance(header, dict) else None
    if report is None:
        return ()
    said = report if isinstance(report, dict) else {}
    asked = said.get("includedData")
    included = asked if isinstance(asked, list) else []
    names = tuple(one for one in included if one in INCLUDED)
    if not names or len(names) < len(included) or said.get("apiVersion") != _API_VERSION:
        text = f"report takes the apiVersion {_API_VERSION}, and includedData of {', '.join(INCLUDED)}."
        raise Refused(_of_file(MISSHAPEN, text))
    return names


def _head(file: FeedFile) -> dict[str, object]:
    asked = _asked(file)
    return {"report": {"includedData": list(asked), "apiVersion": _API_VERSION}} if asked else {}


def _items(unit: UnitOfWork, file: FeedFile, failed: Container[int]) -> Iterator[Any]:
    """The listings that were changed, as getListingsItem shows them, each once; what was deleted is not there."""
    shown: set[str] = set()
    included = frozenset(_asked(file))
    for message in messages(file):
        body = message.body
        if body is None or message.number in failed or body.said.sku in shown:
            continue
        shown.add(body.said.sku)
        for show in _shown_by:
            item = show(unit, file, body.said.sku, included, body.locale)
            if item is not None:
                yield item


def shows_listings(function: Show) -> Show:
    """Name the function that shows a listing in the words of the API: results hold them where that is asked for."""
    _shown_by[:] = [function]
    return function


def _locale(file: FeedFile) -> str | None:
    """The language that the seller reads; raises `Refused` where the header is none.

    Assumed: the words for a version that is another one, and for another seller's id, which Amazon calls an accountId.
    """
    header = next(values_at(file, "header", most_messages=MOST_MESSAGES), None)
    if not isinstance(header, dict):
        raise Refused(_of_file(MISSING, "Attribute 'header' is required, but not present."))
    for name in ("sellerId", "version"):
        if name not in header:
            raise Refused(_of_file(MISSING, f"Attribute '{name}' is required, but not present."))
    if header["version"] != VERSION:
        raise Refused(_of_file(WRONG_VERSION, "Attribute 'version' does not match the required value."))
    if header["sellerId"] != file.seller_id:
        raise Refused(_of_file(_BAD_REQUEST, "Invalid 'accountId' provided."))
    _asked(file)
    locale = header.get("issueLocale")
    return locale if isinstance(locale, str) else None


def _of_file(code: str, text: str) -> Finding:
    return Finding(code=code, text=text)


def _message(found: object, known: set[int], locale: str | None) -> Message:
    said_id = found.get("messageId") if isinstance(found, dict) else None
    number = said_id if isinstance(said_id, int) and 1 <= said_id <= LARGEST else 0
    fault = unsound(found)
    try:
        said = msgspec.convert(found, _Said) if fault is None else None
    except msgspec.ValidationError as reason:
        said, fault = None, str(reason)
    if said is not None:
        fault = _fault_of_operation(said)
        if said.message_id in known:
            fault = f"messageId {said.message_id} stands in the feed twice."
    known.add(number or -len(known) - 1)
    if said is None or fault is not None:
        return Message(number, None, (_misshapen(fault or "", found),))
    return Message(number, _Body(said, locale))


def _misshapen(why: str, found: object) -> Finding:
    """Assumed: Amazon's words do not say what is wrong; here that follows them."""
    text = f"The provided message did not meet the schema validation requirements for a feed message. {why}"
    sku = found.get("sku") if isinstance(found, dict) else None
    about = {"SKU": sku[:_SKU_SHOWN]} if isinstance(sku, str) and sku else {}
    return Finding(code=MISSHAPEN, text=text.strip(), about=about)


def _fault_of_operation(said: _Said) -> str | None:
    takes = _TAKES[said.operation_type]
    for name in _PARTS:
        is_given = getattr(said, name) is not None
        if name in takes.needs and not is_given:
            return f"{said.operation_type.value} requires {_WIRE[name]}."
        if is_given and name not in takes.needs + takes.may:
            return f"{_WIRE[name]} is not applicable to {said.operation_type.value}."
    return None


def _told(error: SellingPartnerError, body: _Body) -> Finding:
    """What a command refused. Assumed: under the code that the operation has."""
    said = error.message if not error.details else f"{error.message} {error.details}"
    return Finding(code=error.code, text=said, about={"SKU": body.said.sku[:_SKU_SHOWN]})


def _hold(unit: UnitOfWork, _: FeedFile, bodies: list[_Body]) -> None:
    skus = {body.said.sku for body in bodies}
    submitting.hold(unit, skus)
    hold_offers(unit, skus)


@feed(
    "JSON_LISTINGS_FEED",
    read=messages,
    tell=_told,
    form=Form.JSON,
    head=_head,
    items=_items,
    numbers="submissions",
    hold=_hold,
)
def carry_out(unit: UnitOfWork, file: FeedFile, body: _Body) -> list[Finding]:
    """Put, patch or delete a listing; one that is invalid takes its number all the same, as by the operation."""
    done = _CARRY_OUT[body.said.operation_type](unit, file, body)
    found = [_finding(fault, body.said.sku) for one in done for fault in one.faults]
    if any(one.status is submitting.SubmissionStatus.ACCEPTED for one in done) and any(one.is_error for one in found):
        raise Refused(*found)  # accepted in one marketplace and invalid in another: it is taken back in all
    return found


def _finding(fault: Fault, sku: str) -> Finding:
    about = {"SKU": sku[:_SKU_SHOWN]}
    if fault.attribute_names:
        about["attributeName"] = ", ".join(fault.attribute_names)
    return Finding(code=fault.code, text=fault.message, severity=_SEVERITIES[fault.severity], about=about)


def _put(unit: UnitOfWork, file: FeedFile, body: _Body) -> list[submitting.Submission]:
    said = body.said
    return [
        submitting.put(
            unit,
            submitting.Put(
                sku=said.sku,
                marketplace_id=marketplace_id,
                product_type=said.product_type or "",
                attributes=_in_marketplace(said.attributes or {}, marketplace_id, file.marketplace_ids),
                requirements=said.requirements or Requirements.LISTING,
            ),
            locale=body.locale,
        )
        for marketplace_id in file.marketplace_ids
    ]


def _in_marketplace(
    attributes: Mapping[str, Any], marketplace_id: str, marketplace_ids: Sequence[str]
) -> dict[str, Any]:
    """The attributes without the entries that are meant for another marketplace of the feed."""
    others = {one for one in marketplace_ids if one != marketplace_id}
    if not others:
        return dict(attributes)
    meant: dict[str, Any] = {}
    for name, entries in attributes.items():
        if not isinstance(entries, list):
            meant[name] = entries
        elif left := [one for one in entries if not _names_one_of(one, others)]:
            meant[name] = left
    return meant


def _names_one_of(entry: object, others: set[str]) -> bool:
    named = entry.get(reading.MARKETPLACE) if isinstance(entry, dict) else None
    return isinstance(named, str) and named in others


def _patch(unit: UnitOfWork, file: FeedFile, body: _Body) -> list[submitting.Submission]:
    said = body.said
    patches = said.patches or [
        _Patch("replace", f"/attributes/{name}", value) for name, value in (said.attributes or {}).items()
    ]
    new = submitting.Patched(
        sku=said.sku,
        marketplace_ids=file.marketplace_ids,
        product_type=said.product_type or "",
        patches=tuple(_checked(one, index) for index, one in enumerate(patches)),
    )
    return [submitting.patch(unit, new, locale=body.locale)]


def _checked(patch: _Patch, index: int) -> Any:  # noqa: ANN401 - a patch of listings
    is_list = isinstance(patch.value, list) and all(isinstance(one, dict) for one in patch.value)
    if patch.value is not None and not is_list:
        raise Refused(_of_file(MISSHAPEN, f"{patch.path} must be a list of objects."))
    try:
        return patch_of(patch.op, patch.path, patch.value, index)
    except ValueError as reason:
        text = f"The operation {patch.op[:20]!r} is none; those are add, replace, merge and delete."
        raise Refused(_of_file(MISSHAPEN, text)) from reason


def _delete(unit: UnitOfWork, file: FeedFile, body: _Body) -> list[submitting.Submission]:
    return [submitting.delete(unit, body.said.sku, file.marketplace_ids)]


_CARRY_OUT = {
    _Operation.UPDATE: _put,
    _Operation.PARTIAL_UPDATE: _patch,
    _Operation.PATCH: _patch,
    _Operation.DELETE: _delete,
}
