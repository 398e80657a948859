"""Labels that were bought, parcels on their way, and a seller's settings. Nothing here reads or writes."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sellingpartner.market.amounts import Money
from sellingpartner.market.shipping.lifecycle import HANDED_OVER, LABEL, PARCEL, LabelStatus, ParcelStatus
from sellingpartner.market.shipping.refusals import CannotMove, InvalidShipment
from sellingpartner.market.shipping.wishes import Wish


class LabelWish(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a label is to look."""

    format: str
    """What is drawn: PDF, PNG, ZPL203 or ZPL300."""
    dpi: int = 203
    """Dots in an inch of a picture."""
    size: tuple[float, float, str] | None = None
    """Width, length and unit of the paper, where it is not the label's own."""
    layout: str = ""
    """Where on larger paper the label stands: LEFT or RIGHT."""
    papers: tuple[str, ...] = ("LABEL",)
    """What is drawn besides: PACKSLIP, RECEIPT, CUSTOM_FORM."""
    is_joined: bool = True
    """Whether all of it is one file."""
    shows_reference: bool = False
    shows_seller: bool = False
    shows_amount: bool = False
    """What besides stands on the label: the seller's reference and name, and what its recipient pays at the door."""
    asked: str | None = None
    """What was asked for, where that was said."""
    has_slip: bool = False
    custom_text: str | None = None
    standard_id: str | None = None
    is_hazmat: bool = False


class Bought(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The service that was bought, as it was offered."""

    carrier_id: str
    carrier_name: str
    service_id: str
    service_name: str
    country: str
    offer_id: str
    total: Money
    insured: Money
    leaves_at: datetime
    earliest_at: datetime
    latest_at: datetime
    is_late: bool = False
    """Whether it is to arrive after what the buyer was promised."""
    account_id: str | None = None
    """The seller's own account that the carrier was paid by; Amazon charges nothing then."""
    is_protected: bool = True
    """Whether Amazon stands for claims about it."""
    base: Money | None = None
    """The total without what was bought besides."""
    billed_grams: int = 0


class Shipment(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A label that was bought for a parcel: of an order of the market, or of something that was sold elsewhere."""

    shipment_id: str
    order_id: str | None
    marketplace_id: str
    wish: Wish
    bought: Bought
    label: LabelWish
    tracking_id: str
    created_at: datetime
    updated_at: datetime
    seller_order_id: str | None = None
    status: LabelStatus = LabelStatus.PURCHASED
    package_reference: str | None = None
    """The order's package that it travels as, once the order was confirmed."""
    replaced_by: str | None = None
    """The shipment that was bought for the same package after this one was given back."""
    voided_at: datetime | None = None
    is_spent: bool = False
    """Whether its parcel was handed over before it was given back: its units are gone."""
    request_id: str | None = None
    """The request for rates that it was bought from: each is good for one purchase."""
    inputs: dict[str, str] = {}
    """What the service wanted to know besides."""
    retry_key: str | None = None
    """What tells the purchase from others when it is sent again."""

    @property
    def frees_units(self) -> bool:
        """Whether another label may be bought for what is in it."""
        return self.is_voided and not self.is_spent

    @property
    def is_voided(self) -> bool:
        """Whether it was given back; its label is empty then."""
        return self.status is not LabelStatus.PURCHASED

    def move(self, status: LabelStatus) -> None:
        """Change the status; raises `InvalidShipment`."""
        if status not in LABEL[self.status]:
            raise InvalidShipment(f"Shipment {self.shipment_id} is {self.status.value}, not Purchased.")
        self.status = status


class Announced(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A shipment that Shipping v1 was told of, whose label is to be bought yet."""

    shipment_id: str
    asked_at: datetime
    wish: Wish
    is_canceled: bool = False


class Scan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a carrier noted of a parcel, or will."""

    at: datetime
    status: ParcelStatus
    place: str = ""
    detail: str = ""
    """How, or why: in the words of Shipping v2 (`DeliveredToPorch`, `CustomerUnavailable`)."""


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a seller wants to become of a parcel that could not be delivered."""

    at: datetime
    action: str
    """In Amazon's word: RESCHEDULE, REATTEMPT or RTO."""
    notes: str = ""
    """What the driver is to know of the address."""
    on: datetime | None = None
    """When it is to be tried again."""


class Parcel(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A parcel on its way, by a label that was bought here or by another one."""

    parcel_id: str
    order_id: str | None
    carrier_id: str
    service: str
    tracking_id: str | None = None
    package_reference: str | None = None
    shipment_id: str | None = None
    status: ParcelStatus
    scans: list[Scan]
    plan: list[Scan] = []
    """What is to happen to it, in order."""
    home: str = ""
    """Where it comes back to, if that is not where it came from."""
    answers: list[Answer] = []

    @property
    def is_handed_over(self) -> bool:
        """Whether the carrier has, or had, it."""
        return self.status in HANDED_OVER

    def move(self, scan: Scan) -> None:
        """Note a scan; raises `CannotMove`."""
        possible = PARCEL[self.status]
        if scan.status not in possible:
            raise CannotMove(self.parcel_id, self.status.value, scan.status.value, sorted(possible))
        self.scans = [*self.scans, scan]
        self.status = scan.status


class Settings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a seller has settled about shipping.

    Assumed: a bought label confirms its order's shipment. Sellers report so of labels that they buy by hand; of
    createShipment nobody does. It can be switched off.
    """

    confirms_orders: bool = True
    easy_ship: tuple[str, ...] | None = None
    """The countries in which the seller's own orders go by Easy Ship; where that is usual, unless said."""
    refused_terms: tuple[str, ...] = ()
    """Carriers whose terms the seller has not accepted, by id."""
    paused: tuple[str, ...] = ()
    """Carriers that are out of service for a while, by id."""
