"""What accounts are made of: the kinds of token, the caller that a token proves, and who takes part in the market."""

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
    elements: tuple[str, ...] = ()


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Who is calling: an application, for a seller or (grantless) for itself, with what it was given."""

    application_id: str
    seller_id: str
    kind: TokenKind
    scopes: frozenset[str]
    grant_id: int | None = None
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


class Participation(msgspec.Struct, frozen=True, kw_only=True):
    """A seller's presence in one marketplace."""

    marketplace_id: str
    store_name: str
    is_participating: bool = True
    has_suspended_listings: bool = False


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """A developer's application, and the scopes that it asks sellers for."""

    application_id: str
    client_id: str
    developer_id: str
    name: str
    scopes: tuple[str, ...]
    redirect_uris: tuple[str, ...] = ()
    registered_at: datetime


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """A seller's permission for an application to act, within some scopes, until it is revoked."""

    grant_id: int
    seller_id: str
    application_id: str
    scopes: tuple[str, ...]
    given_at: datetime
    revoked_at: datetime | None = None


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """An authorization code: one seller's consent, on its way to one application; known by its hash."""

    code_hash: str
    application_id: str
    seller_id: str
    redirect_uri: str
    scopes: tuple[str, ...]
    issued_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    grant_id: int | None = None
