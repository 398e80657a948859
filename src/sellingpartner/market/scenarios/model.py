"""What a scenario file may say."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from sellingpartner.contract.discretion import Discreet

Country = Annotated[str, Meta(pattern="^[A-Z]{2}$")]
Text = Annotated[str, Meta(min_length=1, max_length=200)]


class SkuPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that a seller offers, at one price in every marketplace's currency."""

    sku: Annotated[str, Meta(min_length=1, max_length=40)]
    title: Text
    type: str = "MUG"
    price: Annotated[float, Meta(gt=0)] = 20.0
    stock: Annotated[int, Meta(ge=0, le=1_000_000)] = 10
    """How many there were when it was listed: orders of the past take from it."""
    channel: Literal["seller", "amazon"] = "seller"
    """Who ships it."""
    suppressed: str = ""
    """What is wrong with its listings, as `spapi listing suppress` names it."""


class OrderPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Orders of one SKU, alike but for who ordered."""

    sku: str
    quantity: Annotated[int, Meta(ge=1, le=999)] = 1
    count: Annotated[int, Meta(ge=1, le=10_000)] = 1
    days_ago: Annotated[float, Meta(ge=0, le=365)] = 1.0
    """When the first was placed; the others follow, up to the present."""
    state: Literal["pending", "unshipped", "shipped"] = "unshipped"
    marketplace: Country = ""
    """The country; the seller's first unless said."""
    is_business: bool = False


class SellerPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A seller."""

    name: Text
    marketplaces: Annotated[tuple[Country, ...], Meta(min_length=1)] = ("US",)
    skus: tuple[SkuPart, ...] = ()
    orders: tuple[OrderPart, ...] = ()
    grant: Literal["given", "revoked", "none"] = "given"
    """Whether the application has been let in."""


class ApplicationPart(Discreet, msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The application, with credentials that are known beforehand; those left out are invented."""

    name: Text = "Scenario Application"
    client_id: str | None = None
    client_secret: str | None = None
    refresh_token: str | None = None
    """That of the first seller who lets it in."""


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a market begins."""

    about: Text
    application: ApplicationPart = ApplicationPart()
    sellers: Annotated[tuple[SellerPart, ...], Meta(min_length=1)]
    faults: tuple[str, ...] = ()
    """What goes wrong, in the words of `spapi fault add`."""
