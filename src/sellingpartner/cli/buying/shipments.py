"""`spapi shipment`: labels and parcels by hand."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.parameters import FLAG, SEVERAL
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.cli.shown.printing import print_facts, print_json, print_line, print_table
from sellingpartner.cli.words.amounts import told
from sellingpartner.cli.words.spans import span_of
from sellingpartner.contract.market_v1 import (
    ChangeShippingSettings,
    DelayParcel,
    GetParcel,
    GetParcelLabel,
    ListParcels,
    ListSellers,
    MoveParcel,
    ParcelMove,
    ShownClaim,
    ShownParcel,
)

app = App(name="shipment", help="Labels that sellers bought, and parcels on their way.")
_COLUMNS = ("Parcel", "Order", "Status", "Carrier", "Service", "Tracking", "Label", "Cost", "Latest")


@app.command(name="list")
def list_parcels(
    *,
    order: str | None = None,
    tracking: str | None = None,
    seller: str | None = None,
    limit: int = 20,
    csv: Annotated[bool, FLAG] = False,
    to: Connection | None = None,
) -> None:
    """List the parcels of an order, or those whose labels were bought last.

    Args:
        order: The order's id.
        tracking: The tracking number.
        seller: The seller's id; all sellers unless said.
        limit: How many at most.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListParcels(order_id=order, tracking_id=tracking, seller_id=seller, limit=limit))
    rows = [
        (
            one.parcel_id,
            one.order_id,
            one.status,
            one.carrier,
            one.service,
            one.tracking_id,
            None if one.label is None else one.label.status,
            None if one.label is None else told(one.label.cost),
            one.scans[-1].at,
        )
        for one in answer.parcels
    ]
    Printed(to, csv=csv).show(answer, _COLUMNS, rows, empty="No parcel is known there.")


@app.command
def show(parcel: str, *, to: Connection | None = None) -> None:
    """Show where a parcel was, and where it is to go.

    Args:
        parcel: The parcel's id, as `spapi shipment list` shows it, its tracking number, or its order's id.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(GetParcel(parcel_id=parcel)))


@app.command
def label(
    parcel: str,
    file: Path | None = None,
    *,
    format_: Annotated[Literal["PDF", "PNG", "ZPL203", "ZPL300"] | None, Parameter(name="--format")] = None,
    invoice: Annotated[bool, FLAG] = False,
    to: Connection | None = None,
) -> None:
    """Save the label of a parcel to a file.

    Args:
        parcel: The parcel's id, its tracking number, or its order's id.
        file: Where; named after the parcel, in this folder, unless said.
        format_: In which format; the one it was bought in unless said. Easy Ship has PDF and ZPL203.
        invoice: The invoice that Amazon wrote for a package of Easy Ship, and not the label.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(GetParcelLabel(parcel_id=parcel, format=format_, invoice=invoice))
    target = file or Path(answer.file_name)
    try:
        target.write_bytes(b64decode(answer.content))
    except OSError as reason:
        message = f"{target} cannot be written: {reason.strerror}."
        raise CannotDo(message) from None
    if to.json:
        print_json(answer)
    else:
        print_line(f"{target}  {answer.media_type}")


@app.command
def move(
    parcel: str,
    status: Literal[
        "Accepted",
        "InTransit",
        "OutForDelivery",
        "DeliveryAttempted",
        "Refused",
        "Delivered",
        "Lost",
        "Returning",
        "Returned",
    ],
    *,
    place: str = "",
    to: Connection | None = None,
) -> None:
    """Have a parcel be handed over, delivered, lost or sent back.

    Args:
        parcel: The parcel's id, its tracking number, or its order's id.
        status: What becomes of it.
        place: Where.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(MoveParcel(parcel_id=parcel, status=ParcelMove(status), place=place)))


@app.command
def delay(parcel: str, by: str, *, to: Connection | None = None) -> None:
    """Have all that is planned for a parcel happen later.

    Args:
        parcel: The parcel's id, its tracking number, or its order's id.
        by: How much later: 2d, 90m, or as an ISO 8601 duration, P1DT12H.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(DelayParcel(parcel_id=parcel, by=span_of(by))))


@app.command
def settings(
    *,
    seller: str | None = None,
    confirm: bool | None = None,
    easy_ship: Annotated[tuple[str, ...] | None, SEVERAL] = None,
    refuse_terms: Annotated[tuple[str, ...] | None, SEVERAL] = None,
    pause: Annotated[tuple[str, ...] | None, SEVERAL] = None,
    to: Connection | None = None,
) -> None:
    """Show or change what a seller has settled about shipping.

    Args:
        seller: The seller's id; the market's first seller unless said.
        confirm: Whether buying a label confirms the order's shipment.
        easy_ship: A country in which orders go by Easy Ship; repeat it for more, `none` for none.
        refuse_terms: A carrier whose terms are not accepted; repeat it for more, `none` for none.
        pause: A carrier that is out of service; repeat it for more, `none` for none.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(
        ChangeShippingSettings(
            seller_id=seller or _first_seller(to),
            confirms_orders=confirm,
            easy_ship=_several(easy_ship),
            refused_terms=_several(refuse_terms),
            paused=_several(pause),
        )
    )
    if to.json:
        print_json(answer)
        return
    print_facts(
        [
            ("Seller", answer.seller_id),
            ("A label confirms", "yes" if answer.confirms_orders else "no"),
            ("Easy Ship in", answer.easy_ship or "no country"),
            ("Terms refused", answer.refused_terms or "none"),
            ("Out of service", answer.paused or "none"),
        ]
    )


def _several(said: tuple[str, ...] | None) -> list[str] | None:
    if not said:
        return None
    return [] if said == ("none",) else list(said)


def _first_seller(to: Connection) -> str:
    sellers = to.send(ListSellers()).sellers
    if not sellers:
        message = "The market has no seller; create one first."
        raise CannotDo(message)
    return sellers[0].seller_id


def _show(to: Connection, answer: ShownParcel) -> None:
    if to.json:
        print_json(answer)
        return
    bought = answer.label
    print_facts(
        [
            ("Parcel", answer.parcel_id),
            ("Status", answer.status),
            ("Order", answer.order_id or "none of Amazon's"),
            ("Carrier", f"{answer.carrier}, {answer.service}"),
            ("Tracking", answer.tracking_id),
            *([] if bought is None else [("Label", f"{bought.status}, {told(bought.cost)}, {bought.label_format}")]),
            *([] if bought is None else [("Promised", bought.promised_at)]),
            *[("Feedback", f"{one.action} {one.notes}".strip()) for one in answer.answers],
            *([] if answer.claim is None else [("Claim", _told_claim(answer.claim))]),
        ]
    )
    rows = [(one.at, one.status, one.place, "") for one in answer.scans]
    rows += [(one.at, one.status, one.place, "yes") for one in answer.planned]
    print_table(("Time", "Status", "Place", "Yet to come"), rows, empty="Nothing is known of it.")


def _told_claim(claim: ShownClaim) -> str:
    amount = claim.claimed if claim.paid is None else claim.paid
    return f"{claim.reason} {claim.status}, {told(amount)}. {claim.said}".strip()
