"""A plan, what is in it and how it is packed. Nothing here reads or writes."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

from sellingpartner.market.amounts import Money
from sellingpartner.market.inbound.lifecycle import (
    PACKING,
    PLACEMENT,
    PLAN,
    SHIPMENT,
    PackingStatus,
    PlacementStatus,
    PlanStatus,
    ShipmentStatus,
    moved,
)
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.inbound.sizes import Size, Weight
from sellingpartner.market.inbound.transport.carriage import Carriage


class Owner(StrEnum):
    """Who prepares or labels units."""

    AMAZON = "AMAZON"
    SELLER = "SELLER"
    NONE = "NONE"


class Address(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where something is sent from, or to."""

    name: str
    line_1: str
    line_2: str | None = None
    company_name: str | None = None
    city: str
    district: str | None = None
    state: str | None = None
    postal_code: str
    country_code: str
    phone: str | None = None
    email: str | None = None


class Instruction(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is to be done to each unit before it is sent, and by whom."""

    prep_type: str
    owner: Owner


class PlanItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Units of one SKU that are to be sent."""

    msku: str
    asin: str = ""
    fnsku: str = ""
    quantity: int
    prep_owner: Owner
    label_owner: Owner
    expires_on: str | None = None
    """The day, as it was said: 2027-03-01."""
    lot: str | None = None
    instructions: tuple[Instruction, ...] = ()

    @property
    def kind(self) -> tuple[Owner, Owner, str | None, str | None]:
        """What units of a SKU must share to be the ones that are planned."""
        return self.prep_owner, self.label_owner, self.expires_on, self.lot


class Incentive(msgspec.Struct, frozen=True, kw_only=True):
    """A fee or a discount of an option."""

    description: str
    target: str
    amount: Money


class PackingGroup(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Items that may be packed together, by SKU."""

    group_id: str
    handling: str
    """What they have in common (`packing/packing.toml`)."""
    mskus: tuple[str, ...]


class PackingOption(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A way in which a plan's items may be packed."""

    option_id: str
    status: PackingStatus = PackingStatus.OFFERED
    expires_at: datetime
    groups: tuple[PackingGroup, ...]

    def move(self, status: PackingStatus) -> None:
        """Change the status."""
        self.status = moved(PACKING, self.status, status)


class PlacementOption(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A way in which a plan's items are spread over fulfillment centers; its shipments have rows of their own."""

    option_id: str
    status: PlacementStatus = PlacementStatus.OFFERED
    expires_at: datetime
    fees: tuple[Incentive, ...] = ()
    discounts: tuple[Incentive, ...] = ()
    shipment_ids: tuple[str, ...]

    def move(self, status: PlacementStatus) -> None:
        """Change the status."""
        self.status = moved(PLACEMENT, self.status, status)


class Plan(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What a seller means to send, and how far that is."""

    plan_id: str
    marketplace_id: str
    name: str
    status: PlanStatus = PlanStatus.ACTIVE
    created_at: datetime
    updated_at: datetime
    ship_from: Address
    units: int
    packing_options: list[PackingOption] = []
    placement_options: list[PlacementOption] = []
    is_carried: bool = False
    """Whether it is fixed who carries its shipments."""

    def move(self, status: PlanStatus) -> None:
        """Change the status."""
        self.status = moved(PLAN, self.status, status)

    @property
    def packing(self) -> PackingOption | None:
        """The packing option that was confirmed."""
        return next((one for one in self.packing_options if one.status is PackingStatus.ACCEPTED), None)

    @property
    def placement(self) -> PlacementOption | None:
        """The placement option that was confirmed."""
        return next((one for one in self.placement_options if one.status is PlacementStatus.ACCEPTED), None)

    def placement_option(self, option_id: str) -> PlacementOption:
        """One of its placement options; raises `BadRequest`."""
        for option in self.placement_options:
            if option.option_id == option_id:
                return option
        raise BadRequest("The requested placementOptionId does not exist for the given inbound plan.")

    def packing_option(self, option_id: str) -> PackingOption:
        """One of its packing options; raises `BadRequest`."""
        for option in self.packing_options:
            if option.option_id == option_id:
                return option
        raise BadRequest("The requested packingOptionId does not exist for the given inbound plan.")

    def packing_group(self, group_id: str) -> tuple[PackingOption, PackingGroup]:
        """One of its packing groups, and the option that it is in; raises `BadRequest`."""
        for option in self.packing_options:
            for group in option.groups:
                if group.group_id == group_id:
                    return option, group
        raise BadRequest("The requested packingGroupId does not exist for the specified inbound plan.")


class ContentSource(StrEnum):
    """How Amazon learns what is in a box."""

    PROVIDED = "BOX_CONTENT_PROVIDED"
    BARCODE = "BARCODE_2D"
    MANUAL = "MANUAL_PROCESS"


BY_FEED = "FEED"
"""How Amazon learned of a shipment's contents that a feed told, until its boxes change by another way."""


class Box(msgspec.Struct, kw_only=True, omit_defaults=True, tag="box"):
    """A box, or so many that are alike."""

    package_id: str
    number: int
    """Its place among the plan's packages."""
    source: ContentSource
    size: Size
    weight: Weight
    quantity: int
    items: tuple[PlanItem, ...] = ()
    """What is in one of them; empty where the seller does not say."""
    group_id: str | None = None
    shipment_id: str | None = None
    box_id: str | None = None
    """The shipment's confirmation id and the box's number, once there is one."""
    template_name: str | None = None


class Pallet(msgspec.Struct, kw_only=True, omit_defaults=True, tag="pallet"):
    """A pallet, or so many that are alike."""

    package_id: str
    number: int
    quantity: int
    size: Size | None = None
    weight: Weight | None = None
    stackability: str | None = None
    shipment_id: str | None = None


Package = Box | Pallet


class Coaching(StrEnum):
    """At which level a seller is told of a problem: the more often it is met, the higher."""

    STANDARD = "Standard"
    ELEVATED = "Elevated"
    CRITICAL = "Critical"


class Defect(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was wrong with units of a shipment, as its center found it (`receiving/defects.toml`)."""

    number: int
    """Its place among those of the shipment."""
    kind: str
    sku: str
    units: int
    coaching: Coaching
    fee_minor: int = 0
    """In the marketplace's currency."""
    found_at: datetime


class Shipment(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What of a plan goes to one fulfillment center."""

    shipment_id: str
    plan_id: str
    marketplace_id: str
    placement_option_id: str
    status: ShipmentStatus = ShipmentStatus.UNCONFIRMED
    created_at: datetime
    updated_at: datetime
    center: str
    """The fulfillment center's code."""
    name: str
    ship_from: Address
    items: tuple[PlanItem, ...]
    confirmation_id: str | None = None
    """What stands on its labels, once its transport is confirmed: FBA15DJ8K2M4."""

    placement_minor: int = 0
    """What it costs that its units go to so few centers, in minor units of the marketplace's currency."""
    carriage: Carriage = msgspec.field(default_factory=Carriage)
    """How it travels."""
    received: dict[str, int] = {}
    """How many units of each SKU have been received."""
    broken: dict[str, int] = {}
    """How many of these cannot be sold: they came broken, or the center broke them."""
    batches: int = 0
    """How many times units of it have been received."""
    defects: tuple[Defect, ...] = ()
    """What its center found wrong with it."""

    @property
    def sent(self) -> Counter[str]:
        """How many units of each SKU are to come."""
        units: Counter[str] = Counter()
        for item in self.items:
            units[item.msku] += item.quantity
        return units

    def move(self, status: ShipmentStatus) -> None:
        """Change the status."""
        self.status = moved(SHIPMENT, self.status, status)


class TaxRate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rate of tax on an item, in percent."""

    tax_type: str | None = None
    gst_rate: Decimal | None = None
    cess_rate: Decimal | None = None


class TaxDetails(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What India wants to know of an item that enters a fulfillment center."""

    hsn_code: str | None = None
    declared_amount: Decimal | None = None
    declared_currency: str | None = None
    rates: tuple[TaxRate, ...] = ()
