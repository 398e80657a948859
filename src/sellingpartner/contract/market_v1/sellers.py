"""The market's control API, v1: sellers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.market_v1.names import Name
from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.operation import Request, get, post, put
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 500, 503)
_FINDS = (200, 400, 403, 404, 500, 503)
_CHANGES = (200, 400, 403, 404, 415, 500, 503)
_CREATES = (201, 400, 403, 404, 415, 500, 503)


class Seller(Message, rename="camel"):
    """A business that sells in the market."""

    seller_id: str
    name: str
    region: str
    marketplace_ids: list[str]
    joined_at: datetime


class SellerCredentials(Message, rename="camel"):
    """What an application of the seller's own calls with; the secrets are never shown again."""

    application_id: str
    client_id: str
    client_secret: str
    refresh_token: str


class JoinedSeller(Seller, rename="camel"):
    """A seller who has just joined."""

    credentials: SellerCredentials | None = None
    """If an application was asked for."""


class CreateSellerSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """The seller to be."""

    name: Name
    marketplace_ids: Annotated[list[str], Meta(min_length=1)]
    with_application: bool = False
    country_code: str | None = None


class CreateSeller(Request[JoinedSeller], rename="camel"):
    """Open a seller's account in marketplaces of one region, with an application that it has let in if that is asked."""

    operation = post(
        "/market/v1/sellers",
        "createSeller",
        status=201,
        statuses=_CREATES,
        body=CreateSellerSpecification,
        scope=NONE,
    )

    name: Name
    marketplace_ids: Annotated[list[str], Meta(min_length=1)]
    with_application: bool = False
    country_code: str | None = None
    """Register an application and let it in, with every scope."""


class AccountStatus(OpenEnum):
    """How a seller's account stands."""

    NORMAL = "NORMAL"
    AT_RISK = "AT_RISK"
    DEACTIVATED = "DEACTIVATED"


class AccountStanding(Message, rename="camel"):
    """How an account stands in one marketplace."""

    marketplace_id: str
    status: AccountStatus


class AccountStandings(Message, rename="camel"):
    """How a seller's account stands in each of its marketplaces."""

    seller_id: str
    standings: list[AccountStanding]


class GetAccountStatus(Request[AccountStandings], rename="camel"):
    """See how a seller's account stands."""

    operation = get("/market/v1/sellers/{sellerId}/status", "getAccountStatus", statuses=_FINDS, scope=NONE)

    seller_id: str


class SetAccountStatusSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """How the account is to stand."""

    status: AccountStatus
    marketplace_id: str | None = None


class SetAccountStatus(Request[AccountStandings], rename="camel"):
    """Put a seller's account at risk, deactivate it, or have it in order again, as Amazon's people do."""

    operation = put(
        "/market/v1/sellers/{sellerId}/status",
        "setAccountStatus",
        statuses=_CHANGES,
        body=SetAccountStatusSpecification,
        scope=NONE,
    )

    seller_id: str
    status: AccountStatus
    marketplace_id: str | None = None
    """All of the seller's marketplaces unless said."""


class Sellers(Message):
    """The sellers of the market."""

    sellers: list[Seller]


class ListSellers(Request[Sellers]):
    """List the sellers, by when they joined."""

    operation = get("/market/v1/sellers", "listSellers", statuses=_READS, scope=NONE)
