"""What accounts are made of: tokens and the caller that one proves, who takes part in the market, and who did what."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from sellingpartner.contract.sellers_v1 import BusinessType, SellingPlan


class TokenKind(StrEnum):
    """What a token is for."""

    ACCESS = "access"
    REFRESH = "refresh"
    GRANTLESS = "grantless"
    RESTRICTED = "restricted"


class Resource(msgspec.Struct, frozen=True):
    """One operation that a restricted data token opens: method, path (concrete or a template) and data elements."""

    method: str
    path: str
    elements: tuple[str, ...] | None = ()
    """None where no list of them was sent."""


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Who is calling: an application, for a seller or (grantless) for itself, with what it was given."""

    application_id: str
    seller_id: str
    kind: TokenKind
    scopes: frozenset[str]
    grant_id: int | None = None
    roles: frozenset[str] | None = None
    """Amazon's roles that the grant was given with; None where the application is registered without that layer."""
    address: str = ""
    """The network address that the call came from."""
    resources: tuple[Resource, ...] = ()
    elements: frozenset[str] = frozenset()
    """The personal data that a restricted data token opens for the operation at hand."""

    @property
    def is_restricted(self) -> bool:
        """Whether the call came with a restricted data token."""
        return self.kind is TokenKind.RESTRICTED


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """Where a business or a person is registered."""

    line1: str
    line2: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country_code: str


class Business(msgspec.Struct, frozen=True, kw_only=True):
    """A company as the authorities know it."""

    name: str
    address: Address
    registration_number: str | None = None
    tax_number: str | None = None
    non_latin_name: str | None = None


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """The person who answers for an account."""

    name: str
    address: Address
    non_latin_name: str | None = None


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What a seller's account says of its business; an individual has none, only a contact."""

    business_type: BusinessType
    selling_plan: SellingPlan = SellingPlan.PROFESSIONAL
    business: Business | None = None
    contact: Contact | None = None


class Seller(msgspec.Struct, frozen=True, kw_only=True):
    """A business that sells here, in one region."""

    seller_id: str
    name: str
    region: str
    profile: Profile
    joined_at: datetime

    @property
    def country_code(self) -> str | None:
        """Where its business is, or the person who answers for it; None where nobody has said."""
        known = self.profile.business or self.profile.contact
        return None if known is None else known.address.country_code


class Participation(msgspec.Struct, frozen=True, kw_only=True):
    """A seller's presence in one marketplace."""

    marketplace_id: str
    store_name: str
    is_participating: bool = True
    has_suspended_listings: bool = False


class Developer(msgspec.Struct, frozen=True, kw_only=True):
    """Who writes applications."""

    developer_id: str
    name: str
    registered_at: datetime


class ApplicationStatus(StrEnum):
    """Whether sellers at large may let an application in."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Distribution(StrEnum):
    """Who an application is for, which decides how many sellers may let it in and for how long."""

    PRIVATE = "private"
    UNLISTED = "unlisted"
    LISTED = "listed"


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """A developer's application, and what it asks sellers for."""

    application_id: str
    client_id: str
    developer_id: str
    name: str
    status: ApplicationStatus
    distribution: Distribution
    scopes: tuple[str, ...]
    optional_scopes: tuple[str, ...] = ()
    """Those of its scopes that a seller may leave out."""
    roles: tuple[str, ...] | None = None
    """Amazon's roles, the finer layer below the scopes; None where nobody cares for it."""
    redirect_uris: tuple[str, ...] = ()
    login_uri: str | None = None
    """Where the appstore sends a seller who wants to let it in."""
    registered_at: datetime
    secret_ends_at: datetime | None = None
    """When the last of its client secrets stops working; None if it has none."""


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """A seller's permission for an application to act, within some scopes, until it is revoked or ends."""

    grant_id: int
    seller_id: str
    application_id: str
    scopes: tuple[str, ...]
    roles: tuple[str, ...] | None = None
    """The application's roles when the grant was given."""
    given_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    def stands(self, now: datetime) -> bool:
        """Whether the application may act by it."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """An authorization code: one seller's consent, on its way to one application; known by its hash."""

    code_hash: str
    application_id: str
    seller_id: str
    user_id: str | None = None
    """Who consented for the seller; None if no person did."""
    redirect_uri: str
    scopes: tuple[str, ...]
    challenge: str | None = None
    """What the application proves to know the origin of (PKCE, S256)."""
    issued_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    grant_id: int | None = None


class User(msgspec.Struct, frozen=True, kw_only=True):
    """A person who signs in: for a seller, for a developer, or for both."""

    user_id: str
    email: str
    name: str
    seller_id: str | None = None
    developer_id: str | None = None
    is_primary: bool = True
    """Whether this is the person who may let applications in for the seller."""
    created_at: datetime


class ActorKind(StrEnum):
    """What kind of being does something."""

    USER = "user"
    APPLICATION = "application"
    OPERATOR = "operator"
    MARKET = "market"


class Actor(msgspec.Struct, frozen=True):
    """Who did something, and from what network address, as far as that is known."""

    kind: ActorKind
    id: str = ""
    address: str = ""


THE_MARKET = Actor(ActorKind.MARKET)
OPERATOR = Actor(ActorKind.OPERATOR)
"""Whoever drives the market from outside: the control API, the command line, a test."""
