"""Feeds of multi-channel orders, XML and flat: orders that Amazon is to ship, and orders that are taken back.

A flat file has a line for each item; lines of one order follow each other, and what is said of the order is read from
the first of them. The messages do what createFulfillmentOrder and cancelFulfillmentOrder do.

Assumed: XML messages of multi-channel orders have the names of the flat template's columns; an order without a policy
is FillOrKill.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TypeVar

import msgspec

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.feeds.families.order_messages import INCOMPLETE, count_of, incomplete, minor_of, moment_of
from sellingpartner.market.feeds.kinds import FeedFile, Finding, Form, Message, Refused, feed
from sellingpartner.market.feeds.reading import envelope, table
from sellingpartner.market.feeds.reading.envelope import Element, text_of
from sellingpartner.market.feeds.reading.table import Columns, Record
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.outbound.asking import Asked, AskedItem, marketplace_meant
from sellingpartner.market.outbound.commands import cancel, create
from sellingpartner.market.outbound.lifecycle import Action, Policy
from sellingpartner.market.outbound.model import Notified
from sellingpartner.market.outbound.speeds import Speed
from sellingpartner.market.outbound.tables import ID_LENGTH
from sellingpartner.storage.unit import UnitOfWork

_ID = "merchantfulfillmentorderid"
_REQUIRED = (
    _ID,
    "displayableorderid",
    "displayableorderdate",
    "merchantsku",
    "quantity",
    "merchantfulfillmentorderitemid",
    "displayableordercomment",
    "deliverysla",
    "addressname",
    "addressfieldone",
    "addresscity",
    "addresscountrycode",
    "addressstateorregion",
    "addresspostalcode",
)
_COLUMNS = Columns(
    _REQUIRED,
    (
        "giftmessage",
        "displayablecomment",
        "perunitdeclaredvalue",
        "addressfieldtwo",
        "addressfieldthree",
        "addressphonenumber",
        "notificationemail",
        "fulfillmentaction",
        "fulfillmentpolicy",
        "marketplaceid",
    ),
)
_CANCELED = Columns((_ID,), ())
_COUNTRY_LENGTH = 2

Word = TypeVar("Word", Speed, Action, Policy)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """An item, as a message says it."""

    item_id: str
    sku: str
    quantity: int
    gift_message: str | None = None
    comment: str | None = None
    declared: str | None = None


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """An order that Amazon is to ship, as a message says it."""

    fulfillment_order_id: str
    displayable_id: str
    displayable_at: datetime
    comment: str
    speed: Speed
    address: Address
    lines: tuple[Line, ...]
    action: Action = Action.SHIP
    policy: Policy = Policy.FILL_OR_KILL
    email: str | None = None
    marketplace_id: str | None = None


class Canceled(msgspec.Struct, frozen=True):
    """An order that is taken back."""

    fulfillment_order_id: str


def told(error: SellingPartnerError, message: Wanted | Canceled) -> Finding:
    """What a command refused, with the order that it is about."""
    text = f"The data you submitted is incomplete or invalid. {error.message}"
    return Finding(code=INCOMPLETE, text=text, about={"MerchantFulfillmentOrderID": message.fulfillment_order_id})


def _wanted_in_xml(file: FeedFile) -> Iterator[Message]:
    return envelope.messages(file, "FulfillmentOrderRequest", _of_element)


def _canceled_in_xml(file: FeedFile) -> Iterator[Message]:
    return envelope.messages(
        file,
        "FulfillmentOrderCancellationRequest",
        lambda body: Canceled(_id_of(text_of(body, "MerchantFulfillmentOrderID") or "")),
    )


def _canceled_in_table(file: FeedFile) -> Iterator[Message]:
    return table.parsed(file, _CANCELED, lambda record: Canceled(_id_of(record[_ID])))


def _wanted_in_table(file: FeedFile) -> Iterator[Message]:
    """The orders of a flat file, each by the number of its first line; one with a line that is none is not read."""
    number, rows, faults = 0, list[Record](), list[Finding]()
    for record in table.records(file, _COLUMNS):
        if rows and (record.body is None or record.body[_ID] != rows[0][_ID]):
            if record.body is None:
                faults.append(Finding(code=INCOMPLETE, text="A line of the order, or the one after it, is broken."))
            yield _order(number, rows, faults)
            rows, faults = [], []
        if record.body is None:
            yield record
            continue
        number = number if rows else record.number
        rows, faults = [*rows, record.body], [*faults, *record.faults]
    if rows:
        yield _order(number, rows, faults)


def _order(number: int, rows: list[Record], faults: list[Finding]) -> Message:
    """An order out of its lines, or what is wrong with one of them."""
    if any(fault.is_error for fault in faults):
        return Message(number, None, tuple(faults))
    try:
        return Message(number, _of_rows(rows), tuple(faults))
    except Refused as reason:
        return Message(number, None, (*faults, *reason.findings))


def _of_rows(rows: list[Record]) -> Wanted:
    first = rows[0]
    return Wanted(
        fulfillment_order_id=_id_of(first[_ID]),
        displayable_id=first["displayableorderid"] or first[_ID],
        displayable_at=moment_of("DisplayableOrderDate", first["displayableorderdate"]),
        comment=first["displayableordercomment"],
        speed=_word("DeliverySLA", first["deliverysla"], Speed, Speed.STANDARD),
        address=Address(
            name=first["addressname"],
            line_1=first["addressfieldone"],
            line_2=first["addressfieldtwo"] or None,
            line_3=first["addressfieldthree"] or None,
            city=first["addresscity"],
            state_or_region=first["addressstateorregion"] or None,
            postal_code=first["addresspostalcode"],
            country_code=_country(first["addresscountrycode"]),
            phone=first["addressphonenumber"] or None,
        ),
        lines=tuple(
            Line(
                item_id=row["merchantfulfillmentorderitemid"],
                sku=row["merchantsku"],
                quantity=count_of("Quantity", row["quantity"]),
                gift_message=row["giftmessage"] or None,
                comment=row["displayablecomment"] or None,
                declared=row["perunitdeclaredvalue"] or None,
            )
            for row in rows
        ),
        action=_word("FulfillmentAction", first["fulfillmentaction"], Action, Action.SHIP),
        policy=_word("FulfillmentPolicy", first["fulfillmentpolicy"], Policy, Policy.FILL_OR_KILL),
        email=first["notificationemail"] or None,
        marketplace_id=first["marketplaceid"] or None,
    )


def _of_element(body: Element) -> Wanted:
    def said(name: str) -> str:
        return text_of(body, name) or ""

    def where(name: str) -> str:
        return text_of(body, f"DestinationAddress/{name}") or ""

    return Wanted(
        fulfillment_order_id=_id_of(said("MerchantFulfillmentOrderID")),
        displayable_id=said("DisplayableOrderID") or said("MerchantFulfillmentOrderID"),
        displayable_at=moment_of("DisplayableOrderDate", said("DisplayableOrderDate")),
        comment=said("DisplayableOrderComment"),
        speed=_word("DeliverySLA", said("DeliverySLA"), Speed, Speed.STANDARD),
        address=Address(
            name=where("Name"),
            line_1=where("AddressFieldOne"),
            line_2=where("AddressFieldTwo") or None,
            line_3=where("AddressFieldThree") or None,
            city=where("City"),
            state_or_region=where("StateOrRegion") or None,
            postal_code=where("PostalCode"),
            country_code=_country(where("CountryCode")),
            phone=where("PhoneNumber") or None,
        ),
        lines=tuple(
            Line(
                item_id=text_of(item, "MerchantFulfillmentOrderItemID") or "",
                sku=text_of(item, "SKU") or "",
                quantity=count_of("Quantity", text_of(item, "Quantity") or ""),
                gift_message=text_of(item, "GiftMessage"),
                comment=text_of(item, "DisplayableComment"),
                declared=text_of(item, "PerUnitDeclaredValue"),
            )
            for item in body.iterfind("Item")
        ),
        action=_word("FulfillmentAction", said("FulfillmentAction"), Action, Action.SHIP),
        policy=_word("FulfillmentPolicy", said("FulfillmentPolicy"), Policy, Policy.FILL_OR_KILL),
        email=text_of(body, "NotificationEmail"),
    )


def _item(line: Line, currency: str) -> AskedItem:
    declared = line.declared
    return AskedItem(
        item_id=line.item_id,
        sku=line.sku,
        quantity=line.quantity,
        gift_message=line.gift_message,
        comment=line.comment,
        declared=None if declared is None else Money(minor_of("PerUnitDeclaredValue", declared, currency), currency),
    )


def _id_of(said: str) -> str:
    if not 1 <= len(said) <= ID_LENGTH:
        raise incomplete(f"MerchantFulfillmentOrderID must have 1 to {ID_LENGTH} characters.")
    return said


def _country(said: str) -> str:
    if len(said) != _COUNTRY_LENGTH or not (said.isascii() and said.isalpha()):
        raise incomplete(f"The country code {said[:20]!r} must be two letters.")
    return said.upper()


def _word(name: str, said: str, words: type[Word], default: Word) -> Word:
    """A value of an enumeration; raises `Refused` for what is none."""
    if not said:
        return default
    found = next((one for one in words if one.value.lower() == said.lower()), None)
    if found is None:
        raise incomplete(f"{name} is {said[:40]!r}; it must be one of {', '.join(one.value for one in words)}.")
    return found


@feed("POST_FLAT_FILE_FULFILLMENT_ORDER_REQUEST_DATA", read=_wanted_in_table, tell=told, form=Form.FLAT_OF_ORDERS)
@feed("POST_FULFILLMENT_ORDER_REQUEST_DATA", read=_wanted_in_xml, tell=told, form=Form.XML)
def carry_out(unit: UnitOfWork, file: FeedFile, said: Wanted) -> None:
    """Have Amazon ship an order."""
    marketplace_id = marketplace_meant(unit, said.marketplace_id or file.marketplace_id)
    currency = MARKETPLACES[marketplace_id].currency
    create(
        unit,
        Asked(
            fulfillment_order_id=said.fulfillment_order_id,
            items=tuple(_item(line, currency) for line in said.lines),
            address=said.address,
            speed=said.speed,
            marketplace_id=marketplace_id,
            displayable_id=said.displayable_id,
            displayable_at=said.displayable_at,
            comment=said.comment,
            action=said.action,
            policy=said.policy,
            notified=(Notified(said.email),) if said.email else (),
        ),
    )


@feed(
    "POST_FLAT_FILE_FULFILLMENT_ORDER_CANCELLATION_REQUEST_DATA",
    read=_canceled_in_table,
    tell=told,
    form=Form.FLAT_OF_ORDERS,
)
@feed("POST_FULFILLMENT_ORDER_CANCELLATION_REQUEST_DATA", read=_canceled_in_xml, tell=told, form=Form.XML)
def take_back(unit: UnitOfWork, _: FeedFile, said: Canceled) -> None:
    """Take an order back."""
    cancel(unit, said.fulfillment_order_id)
