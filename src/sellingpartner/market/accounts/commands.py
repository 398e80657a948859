"""What happens to accounts: sellers join, developers register applications, sellers grant and revoke."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.contract.scopes import SCOPES
from sellingpartner.market.accounts import tables
from sellingpartner.market.accounts.model import Application, Caller, Grant, Profile, Seller, TokenKind
from sellingpartner.market.accounts.profiles import check_profile, invented_profile
from sellingpartner.market.accounts.questions import application_by, grant_of, seller_of
from sellingpartner.market.accounts.tokens import hashed, issue
from sellingpartner.market.events.accounts import ApplicationRegistered, GrantGiven, GrantRevoked, SellerJoined
from sellingpartner.market.time.chance import chance, number_of
from sellingpartner.storage.unit import UnitOfWork

SECRET_LIFETIME = timedelta(days=180)
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def join_seller(
    unit: UnitOfWork,
    name: str,
    marketplace_ids: Sequence[str],
    *,
    profile: Profile | None = None,
    store_names: Mapping[str, str] | None = None,
) -> Seller:
    """Open a seller's account in marketplaces of one region.

    `store_names` says, by marketplace, where the store is not named after the seller; a business is invented unless
    `profile` describes one.
    """
    region = _one_region(marketplace_ids)
    seller_id = _new_seller_id(unit)
    if profile is None:
        luck = chance(unit, "profile", seller_id)
        profile = invented_profile(luck, name, MARKETPLACES[marketplace_ids[0]].country_code)
    check_profile(profile)
    seller = Seller(seller_id=seller_id, name=name, region=region, profile=profile, joined_at=unit.now)
    unit.execute(tables.sellers.insert(), _row(seller))
    unit.execute(
        tables.participations.insert(),
        [
            {
                "seller_id": seller.seller_id,
                "marketplace_id": marketplace_id,
                "store_name": (store_names or {}).get(marketplace_id, name),
                "is_participating": True,
                "has_suspended_listings": False,
            }
            for marketplace_id in dict.fromkeys(marketplace_ids)
        ],
    )
    unit.emit(SellerJoined(seller_id=seller.seller_id))
    return seller


def register_developer(unit: UnitOfWork, name: str) -> str:
    """Register who writes applications; returns the developer id, twelve digits."""
    number = number_of(unit.seed, "developer", unit.next_number("developers"))
    developer_id = f"{number % 10**12:012d}"
    unit.execute(tables.developers.insert(), {"developer_id": developer_id, "name": name, "registered_at": unit.now})
    return developer_id


def register_application(
    unit: UnitOfWork,
    name: str,
    developer_id: str,
    *,
    scopes: Iterable[str] = SCOPES,
    redirect_uris: Iterable[str] = (),
) -> tuple[Application, str]:
    """Register an application; returns it with its client secret, which is shown this once."""
    known_scopes(scopes := tuple(dict.fromkeys(scopes)))
    number = unit.next_number("applications")
    application = Application(
        application_id=f"amzn1.sp.solution.{UUID(int=_wide(unit.seed, 'application', number), version=4)}",
        client_id=f"amzn1.application-oa2-client.{_wide(unit.seed, 'client', number):032x}",
        developer_id=developer_id,
        name=name,
        scopes=scopes,
        redirect_uris=tuple(redirect_uris),
        registered_at=unit.now,
    )
    unit.execute(tables.applications.insert(), _row(application))
    unit.emit(ApplicationRegistered(application_id=application.application_id))
    return application, new_secret(unit, application.application_id)


def new_secret(unit: UnitOfWork, application_id: str) -> str:
    """Add a client secret to an application; those that it has keep working until their own end."""
    secret = f"amzn1.oa2-cs.v1.{secrets.token_hex(32)}"
    unit.execute(
        tables.secrets.insert(),
        {
            "application_id": application_id,
            "secret_hash": hashed(secret),
            "created_at": unit.now,
            "expires_at": unit.now + SECRET_LIFETIME,
        },
    )
    return secret


def give_grant(
    unit: UnitOfWork, seller_id: str, application_id: str, *, scopes: Iterable[str] | None = None
) -> tuple[Grant, str]:
    """Let an application act for a seller; returns the grant with its refresh token, which is shown this once.

    Without `scopes` the application gets all that it is registered for.
    """
    application = application_by(unit, application_id=application_id)
    seller_of(unit, seller_id)
    given = within_registration(application, scopes)
    grant = Grant(
        grant_id=unit.next_number("grants"),
        seller_id=seller_id,
        application_id=application.application_id,
        scopes=given,
        given_at=unit.now,
    )
    unit.execute(tables.grants.insert(), _row(grant))
    unit.emit(GrantGiven(application_id=grant.application_id, grant_id=grant.grant_id, scopes=grant.scopes))
    holder = Caller(
        application_id=grant.application_id,
        seller_id=seller_id,
        kind=TokenKind.REFRESH,
        scopes=frozenset(given),
        grant_id=grant.grant_id,
    )
    return grant, issue(unit, TokenKind.REFRESH, holder)


def revoke_grant(unit: UnitOfWork, seller_id: str, grant_id: int) -> None:
    """Take a grant back: its refresh token and every token made from it stop working at once."""
    grant = grant_of(unit, seller_id, grant_id)
    if grant.revoked_at is not None:
        return
    this = (tables.grants.c.seller_id == seller_id) & (tables.grants.c.grant_id == grant_id)
    unit.execute(tables.grants.update().where(this).values(revoked_at=unit.now))
    unit.emit(GrantRevoked(application_id=grant.application_id, grant_id=grant_id))


def within_registration(application: Application, scopes: Iterable[str] | None) -> tuple[str, ...]:
    """The scopes, each once, or all of the application's; raises `InvalidInput` for one that it may not ask for."""
    asked = application.scopes if scopes is None else tuple(dict.fromkeys(scopes))
    known_scopes(asked)
    beyond = [scope for scope in asked if scope not in application.scopes]
    if beyond:
        allowed = ", ".join(application.scopes) or "none"
        message = f"{application.name} is not registered for {', '.join(beyond)}; it may ask for {allowed}."
        raise InvalidInput(message)
    return asked


def known_scopes(scopes: Iterable[str]) -> None:
    """Raise `InvalidInput` for a scope that does not exist."""
    unknown = [scope for scope in scopes if scope not in SCOPES]
    if unknown:
        message = f"{', '.join(unknown)} is not a scope; the scopes are {', '.join(SCOPES)}."
        raise InvalidInput(message)


def _one_region(marketplace_ids: Sequence[str]) -> str:
    unknown = [marketplace_id for marketplace_id in marketplace_ids if marketplace_id not in MARKETPLACES]
    if unknown or not marketplace_ids:
        message = (
            f"{', '.join(unknown) or 'No marketplace'} is not a marketplace; known ones: {', '.join(MARKETPLACES)}."
        )
        raise InvalidInput(message)
    regions = {MARKETPLACES[marketplace_id].region for marketplace_id in marketplace_ids}
    if len(regions) > 1:
        message = f"A seller's account is in one region; these marketplaces are in {', '.join(sorted(regions))}."
        raise InvalidInput(message)
    return regions.pop()


def _new_seller_id(unit: UnitOfWork) -> str:
    number = number_of(unit.seed, "seller", unit.next_number("sellers"))
    letters = []
    for _ in range(12):
        number, digit = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[digit])
    return "A" + "".join(letters)


def _wide(seed: int, kind: str, number: int) -> int:
    return number_of(seed, kind, number, "high") << 64 | number_of(seed, kind, number, "low")


def _row(value: Seller | Application | Grant) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__struct_fields__}
