"""What others may ask of accounts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, select

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.marketplaces import MARKETPLACES, Marketplace
from sellingpartner.market.accounts import tables
from sellingpartner.market.accounts.model import (
    Application,
    ApplicationStatus,
    Developer,
    Distribution,
    Grant,
    Participation,
    Seller,
)
from sellingpartner.market.accounts.tokens import caller_of, hashed
from sellingpartner.storage.memory import Recollection
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unchanged import Unchanged
from sellingpartner.storage.unit import UnitOfWork

__all__ = [
    "NotTheSellersMarketplace",
    "all_applications",
    "all_sellers",
    "application_by",
    "applications_of",
    "caller_of",
    "developer_of",
    "grant_of",
    "grants_of",
    "hashed",
    "home_marketplace",
    "is_deactivated",
    "participations_of",
    "secret_ends_at",
    "seller_of",
]


class NotTheSellersMarketplace(InvalidInput):
    """A seller takes no part in a marketplace.

    Assumed: a marketplace that does not exist is refused as one in which the seller takes no part.
    """

    def __init__(self, marketplace_id: str, entered: Iterable[str]) -> None:
        super().__init__(f"{marketplace_id} is not a marketplace of this seller; those are {', '.join(entered)}.")
        self.because("A marketplace is named that is none of this seller's.")


class _Suspended(NamedTuple):
    has_suspended_listings: bool


_seller = Question(select(tables.sellers).where(tables.sellers.c.seller_id == bindparam("seller_id")), Seller)
_sellers = Question(select(tables.sellers).order_by(tables.sellers.c.joined_at, tables.sellers.c.seller_id), Seller)
_SELLERS: Recollection[str, Seller] = Recollection()
"""What a transaction has read of sellers; a seller that has joined stays as it is."""
_entered: Unchanged[str, frozenset[str]] = Unchanged()
_suspended = Question(
    select(tables.participations.c.has_suspended_listings).where(
        tables.participations.c.seller_id == bindparam("of_seller"),
        tables.participations.c.marketplace_id == bindparam("here"),
    ),
    _Suspended,
)
_participations = Question(
    select(*(tables.participations.c[name] for name in Participation.__struct_fields__))
    .where(tables.participations.c.seller_id == bindparam("of_seller"))
    .order_by(tables.participations.c.marketplace_id),
    Participation,
)


def is_deactivated(unit: UnitOfWork, marketplace_id: str) -> bool:
    """Whether the account of this unit's seller is deactivated in a marketplace, so that nothing of it is for sale."""
    found = _suspended.first(unit.connection, {"of_seller": unit.seller_id, "here": marketplace_id})
    return found is not None and found.has_suspended_listings


def seller_of(unit: UnitOfWork, seller_id: str) -> Seller:
    """One seller; raises `NotFound`."""
    known = _SELLERS.of(unit.memory)
    seller = known.get(seller_id) or _seller.first(unit.connection, {"seller_id": seller_id})
    if seller is None:
        message = f"There is no seller {seller_id}."
        raise NotFound(message)
    known[seller_id] = seller
    return seller


def all_sellers(unit: UnitOfWork) -> list[Seller]:
    """Every seller, by when it joined."""
    return _sellers.all(unit.connection, {})


def participations_of(unit: UnitOfWork, seller_id: str, *, including: Iterable[str] = ()) -> list[Participation]:
    """The marketplaces that a seller takes part in; raises `NotTheSellersMarketplace` if others were to be included."""
    found = _participations.all(unit.connection, {"of_seller": seller_id})
    entered = {one.marketplace_id: one for one in found}
    for marketplace_id in including:
        if marketplace_id not in entered:
            raise NotTheSellersMarketplace(marketplace_id, entered)
    return list(entered.values())


def home_marketplace(unit: UnitOfWork) -> Marketplace:
    """Where this unit's seller is at home: its business's country, else the first marketplace that it takes part in."""
    entered = {one.marketplace_id for one in participations_of(unit, unit.seller_id)}
    country = seller_of(unit, unit.seller_id).profile.business
    here = [one for one in MARKETPLACES.values() if one.marketplace_id in entered]
    at_home = [one for one in here if country is not None and one.country_code == country.address.country_code]
    return (at_home or here)[0]


def check_marketplaces(unit: UnitOfWork, seller_id: str, marketplace_ids: Iterable[str]) -> None:
    """Raise `NotTheSellersMarketplace` unless a seller takes part in all of these: what many calls ask first."""
    known = _entered.known(unit.connection)
    entered = None if known is None else known.get(seller_id)
    if entered is None:
        entered = frozenset(one.marketplace_id for one in participations_of(unit, seller_id))
        if known is not None:
            known[seller_id] = entered
    for marketplace_id in marketplace_ids:
        if marketplace_id not in entered:
            raise NotTheSellersMarketplace(marketplace_id, entered)


def developer_of(unit: UnitOfWork, developer_id: str) -> Developer:
    """One developer; raises `NotFound`."""
    this = tables.developers.c.developer_id == developer_id
    row = unit.execute(select(tables.developers).where(this)).first()
    if row is None:
        message = f"There is no developer {developer_id}."
        raise NotFound(message)
    return Developer(**row._mapping)


def all_applications(unit: UnitOfWork) -> list[Application]:
    """Every application, by when it was registered."""
    rows = unit.execute(select(tables.applications).order_by(tables.applications.c.registered_at))
    return [_application(row) for row in rows]


def applications_of(unit: UnitOfWork, developer_id: str) -> list[Application]:
    """A developer's applications, by when they were registered."""
    mine = select(tables.applications).where(tables.applications.c.developer_id == developer_id)
    rows = unit.execute(mine.order_by(tables.applications.c.registered_at, tables.applications.c.application_id))
    return [_application(row) for row in rows]


def application_by(unit: UnitOfWork, *, application_id: str | None = None, client_id: str | None = None) -> Application:
    """One application, by its own id or by its client id; raises `NotFound`."""
    if application_id is not None:
        this = tables.applications.c.application_id == application_id
    else:
        this = tables.applications.c.client_id == client_id
    row = unit.execute(select(tables.applications).where(this)).first()
    if row is None:
        message = f"There is no application {application_id or client_id}."
        raise NotFound(message)
    return _application(row)


def secret_ends_at(unit: UnitOfWork, application_id: str, secret: str) -> datetime | None:
    """When a client secret of an application stops, or stopped, working; None if the application never had it."""
    mine = (tables.secrets.c.application_id == application_id) & (tables.secrets.c.secret_hash == hashed(secret))
    ends: datetime | None = unit.execute(select(tables.secrets.c.expires_at).where(mine)).scalar()
    return ends


def grant_of(unit: UnitOfWork, seller_id: str, grant_id: int) -> Grant:
    """One grant; raises `NotFound`."""
    this = (tables.grants.c.seller_id == seller_id) & (tables.grants.c.grant_id == grant_id)
    row = unit.execute(select(tables.grants).where(this)).first()
    if row is None:
        message = f"Seller {seller_id} gave no grant {grant_id}."
        raise NotFound(message)
    return Grant(**row._mapping)


def grants_of(unit: UnitOfWork, *, seller_id: str | None = None, application_id: str | None = None) -> list[Grant]:
    """The grants of a seller, of an application, of both, or all of them."""
    wanted = select(tables.grants).order_by(tables.grants.c.seller_id, tables.grants.c.grant_id)
    if seller_id is not None:
        wanted = wanted.where(tables.grants.c.seller_id == seller_id)
    if application_id is not None:
        wanted = wanted.where(tables.grants.c.application_id == application_id)
    return [Grant(**row._mapping) for row in unit.execute(wanted)]


def _application(row: Row[Any]) -> Application:
    kinds = {"status": ApplicationStatus(row.status), "distribution": Distribution(row.distribution)}
    return Application(**{**row._mapping, **kinds})
