"""What a scenario file may say. Editors know it by its JSON Schema (`schema.py`), which is made of what stands here."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from sellingpartner.contract.discretion import Discreet
from sellingpartner.market.time.clock import FASTEST

Country = Annotated[str, Meta(pattern="^[A-Z]{2}$")]
Text = Annotated[str, Meta(min_length=1, max_length=200)]
Sku = Annotated[str, Meta(min_length=1, max_length=40)]
Price = Annotated[float, Meta(gt=0, le=1_000_000)]
Days = Annotated[float, Meta(ge=0, le=365)]
Count = Annotated[int, Meta(ge=1, le=10_000)]
ClientId = Annotated[str, Meta(min_length=8, max_length=80, pattern="^[!-~]+$")]
Secret = Annotated[str, Meta(min_length=8, max_length=2048, pattern="^[!-~]+$")]


Side = Annotated[int, Meta(ge=1, le=10_000)]


class SkuPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that a seller offers, at one price in every marketplace's currency."""

    sku: Sku
    title: Text
    type: str = "MUG"
    """Its product type."""
    price: Price = 20.0
    business_price: Price | None = None
    """What a business pays for it."""
    stock: Annotated[int, Meta(ge=0, le=1_000_000)] = 10
    """How many there were when it was listed: orders of the past take from it."""
    channel: Literal["seller", "amazon"] = "seller"
    """Who ships it."""
    grams: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    """What a unit weighs in its package; Amazon charges what it stores and ships by that and by the sides."""
    package_mm: tuple[Side, Side, Side] | None = None
    """Length, width and height of a unit's package in millimeters."""
    awd: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    """How many lie in bulk storage (AWD), in cases of ten; where the seller sells in the United States."""
    awd_minimum: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None
    """Where FBA has fewer, AWD sends more; AWD decides unless said."""
    awd_maximum: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None
    """Up to how many AWD sends."""
    suppressed: Literal["", "image_marked", "image_unreachable", "restricted_product", "conflict"] = ""
    """What is wrong with its listings, as `spapi listing suppress` names it."""


class OrderPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Orders of one SKU, alike but for who ordered."""

    sku: Sku
    quantity: Annotated[int, Meta(ge=1, le=999)] = 1
    count: Count = 1
    days_ago: Days = 1.0
    """When the first was placed; the others follow, up to the present."""
    until_days_ago: Days = 0.0
    """Before when the last was placed."""
    state: Literal["pending", "unshipped", "shipped"] = "unshipped"
    """Not paid, to be shipped, or shipped within hours; what has been shipped arrives by itself, days later."""
    marketplace: Country = ""
    """The country; the seller's first unless said."""
    is_business: bool = False
    """Whether businesses order, at the business price if there is one."""
    by_invoice: bool = False
    """Whether they pay by invoice, weeks after it has come."""
    awaits_invoice: bool = False
    """Whether the order, once shipped, waits for the seller's confirmation of its invoice."""


class ReturnPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Orders of one SKU that come back, those first that arrived first."""

    sku: Sku
    count: Count = 1
    days_ago: Days = 1.0
    """When the first buyer asked; the others follow, up to the present."""
    state: Literal["asked", "sent", "received", "refunded"] = "refunded"
    """How far they are: sent a day after they were asked for, received two days later, refunded at once then."""
    reason: Annotated[str, Meta(pattern="^[A-Za-z]{1,40}$")] = "NoLongerNeeded"
    """Why, such as Defective or NotAsDescribed."""
    condition: Literal["sellable", "customer-damaged", "carrier-damaged", "defective"] = "sellable"
    """In which condition they come."""


class AccountPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a seller's account stands in a marketplace at the present; of a deactivated one nothing is for sale."""

    marketplace: Country
    status: Literal["NORMAL", "AT_RISK", "DEACTIVATED"]


class UserPart(Discreet, msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody of a seller's who signs in at the console."""

    email: Text
    password: Annotated[str, Meta(min_length=8, max_length=200)]
    name: Text = "Owner"


class GrantPart(Discreet, msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That a seller has let one of the applications in, or has taken that back."""

    application: Text
    """Its name."""
    state: Literal["given", "revoked"] = "given"
    scopes: tuple[str, ...] = ()
    """All that the application is registered for unless said."""
    refresh_token: Secret | None = None


class SellerPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A seller, in marketplaces of one region."""

    name: Text
    marketplaces: Annotated[tuple[Country, ...], Meta(min_length=1)] = ("US",)
    """The countries; the first is the one that is meant where none is named."""
    skus: tuple[SkuPart, ...] = ()
    orders: tuple[OrderPart, ...] = ()
    returns: tuple[ReturnPart, ...] = ()
    grant: Literal["given", "revoked", "none"] = "given"
    """Whether the application has been let in."""
    grants: tuple[GrantPart, ...] = ()
    """Which others have been."""
    accounts: tuple[AccountPart, ...] = ()
    users: tuple[UserPart, ...] = ()


class ApplicationPart(Discreet, msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An application, with credentials that are known beforehand; those left out are invented."""

    name: Text = "Scenario Application"
    client_id: ClientId | None = None
    client_secret: Secret | None = None
    scopes: tuple[str, ...] = ()
    """What it is registered for; everything unless said."""


class FirstApplicationPart(ApplicationPart, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The application of the ready credentials, which sellers have let in unless they say otherwise."""

    refresh_token: Secret | None = None
    """That of the first seller who lets it in."""


class ClockPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the clock goes on from the present; a test's stands, whatever is said here."""

    mode: Literal["live", "frozen"] = "live"
    speed: Annotated[float, Meta(gt=0, le=FASTEST)] = 1.0
    """How many times as fast as the machine's it runs."""


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a market begins."""

    about: Text
    at: datetime | None = None
    """The market's present, such as 2026-11-27T09:00:00Z; the machine's unless said, a test's own in a test."""
    clock: ClockPart | None = None
    limits: Literal["real", "off", "x10"] | None = None
    """Amazon's usage plans: as they are, none, or ten times as generous. What a command or a test says counts more."""
    application: FirstApplicationPart = FirstApplicationPart()
    applications: tuple[ApplicationPart, ...] = ()
    """Others; sellers let them in by their names."""
    sellers: Annotated[tuple[SellerPart, ...], Meta(min_length=1)]
    chaos: Literal["", "bad-notifications", "drifting", "flaky-network", "prime-day", "slow", "throttled"] = ""
    """A ready profile of what goes wrong."""
    faults: tuple[str, ...] = ()
    """What goes wrong besides, in the words of `spapi fault add`."""
