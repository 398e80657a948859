"""The market's control API, v1: labels, parcels on their way, and what sellers have settled about shipping."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.market_v1.orders import Money
from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.operation import Request, get, patch, post
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 415, 500, 503)
Most = Annotated[int, Meta(ge=1, le=1000)]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$")]


class ParcelMove(OpenEnum):
    """What may be made of a parcel by hand."""

    ACCEPTED = "Accepted"
    IN_TRANSIT = "InTransit"
    OUT_FOR_DELIVERY = "OutForDelivery"
    DELIVERY_ATTEMPTED = "DeliveryAttempted"
    REFUSED = "Refused"
    DELIVERED = "Delivered"
    LOST = "Lost"
    RETURNING = "Returning"
    RETURNED = "Returned"


class ParcelScan(Message, rename="camel"):
    """What a carrier noted of a parcel, or will."""

    at: datetime
    status: str
    place: str = ""


class ShownLabel(Message, rename="camel"):
    """The label that was bought for a parcel."""

    shipment_id: str
    status: str
    service_id: str
    label_format: str
    cost: Money
    bought_at: datetime
    promised_at: datetime
    """By when it is to arrive."""


class ShownClaim(Message, rename="camel"):
    """What a seller claims for a parcel."""

    claim_id: str
    reason: str
    settlement: str
    status: str
    claimed: Money
    filed_at: datetime
    decided_at: datetime | None = None
    paid: Money | None = None
    said: str = ""
    """Why it was declined."""
    is_replaced: bool = False
    proofs: list[str] = []


class ParcelAnswer(Message, rename="camel"):
    """What a seller wanted to become of a parcel after a delivery that failed."""

    at: datetime
    action: str
    notes: str = ""
    on: datetime | None = None


class ShownParcel(Message, rename="camel"):
    """A parcel: of an order, or of something that was sold elsewhere."""

    parcel_id: str
    seller_id: str
    order_id: str | None
    status: str
    carrier: str
    service: str
    tracking_id: str | None = None
    package_reference: str | None = None
    """The order's package that it is."""
    label: ShownLabel | None = None
    scans: list[ParcelScan] = []
    planned: list[ParcelScan] = []
    """What is to happen to it, unless somebody moves it."""
    answers: list[ParcelAnswer] = []
    claim: ShownClaim | None = None


class ShownParcels(Message, rename="camel"):
    """Parcels."""

    parcels: list[ShownParcel]


class ListParcels(Request[ShownParcels], rename="camel"):
    """List the parcels of an order or with a tracking number; without either, those whose labels were bought last."""

    operation = get("/market/v1/parcels", "listParcels", statuses=_READS, scope=NONE)

    order_id: str | None = None
    tracking_id: str | None = None
    seller_id: str | None = None
    """Whose; of all sellers unless said."""
    limit: Most = 20


class GetParcel(Request[ShownParcel], rename="camel"):
    """See where a parcel was, and where it is to go."""

    operation = get("/market/v1/parcels/{parcelId}", "getParcel", statuses=_READS, scope=NONE)

    parcel_id: str
    """A shipment's or an Easy Ship package's id, a tracking number, or an order's id, with .1 for its first package."""


class LabelFile(Message, rename="camel"):
    """A label as a file."""

    file_name: str
    media_type: str
    content: str
    """In base64."""


class GetParcelLabel(Request[LabelFile], rename="camel"):
    """Read the label of a parcel, in the format it was bought in or in another; or its invoice."""

    operation = get("/market/v1/parcels/{parcelId}/label", "getParcelLabel", statuses=_READS, scope=NONE)

    parcel_id: str
    format: str | None = None
    """PDF, PNG, ZPL203 or ZPL300; a package of Easy Ship has PDF and ZPL203."""
    invoice: bool = False
    """The invoice that Amazon wrote for a package of Easy Ship, and not the label."""


class MoveParcelSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What becomes of a parcel."""

    status: ParcelMove
    place: str = ""


class MoveParcel(Request[ShownParcel], rename="camel"):
    """Have a parcel be handed over, delivered, lost or sent back at this moment."""

    operation = post(
        "/market/v1/parcels/{parcelId}/move",
        "moveParcel",
        statuses=_COMMANDS,
        body=MoveParcelSpecification,
        scope=NONE,
    )

    parcel_id: str
    status: ParcelMove
    place: str = ""


class DelayParcelSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """How much later a parcel is to arrive."""

    by: str
    """An ISO 8601 duration: P2D, PT90M."""


class DelayParcel(Request[ShownParcel], rename="camel"):
    """Have all that is planned for a parcel happen later."""

    operation = post(
        "/market/v1/parcels/{parcelId}/delay",
        "delayParcel",
        statuses=_COMMANDS,
        body=DelayParcelSpecification,
        scope=NONE,
    )

    parcel_id: str
    by: str


class ShippingSettings(Message, rename="camel"):
    """What a seller has settled about shipping."""

    seller_id: str
    confirms_orders: bool
    """Whether buying a label confirms the order's shipment."""
    easy_ship: list[str]
    """In which countries its orders go by Easy Ship."""
    refused_terms: list[str]
    """The carriers whose terms it has not accepted."""
    paused: list[str]
    """The carriers that are out of service."""


class ChangeShippingSettingsSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """What is to change; what is left out stays."""

    confirms_orders: bool | None = None
    easy_ship: list[Country] | None = None
    refused_terms: list[str] | None = None
    paused: list[str] | None = None


class ChangeShippingSettings(Request[ShippingSettings], rename="camel"):
    """Change what a seller has settled, or read it by changing nothing."""

    operation = patch(
        "/market/v1/sellers/{sellerId}/shippingSettings",
        "changeShippingSettings",
        statuses=_COMMANDS,
        body=ChangeShippingSettingsSpecification,
        scope=NONE,
    )

    seller_id: str
    confirms_orders: bool | None = None
    easy_ship: list[Country] | None = None
    refused_terms: list[str] | None = None
    paused: list[str] | None = None
