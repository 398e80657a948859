"""Ready credentials, in a file: an application that a seller has let in, and people who may sign in.

The market keeps secrets as hashes, so a file that still works is kept as it is; else a secret, a grant and passwords
are made anew, and the file is replaced.
"""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from sellingpartner.contract.discretion import Discreet
from sellingpartner.contract.errors import SellingPartnerError, ServiceUnavailable
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.env_file import read_env, write_env
from sellingpartner.market.accounts import questions
from sellingpartner.market.accounts.applications import give_client_id, register_application, register_developer
from sellingpartner.market.accounts.grants import give_grant
from sellingpartner.market.accounts.model import Application, Seller, TokenKind
from sellingpartner.market.accounts.secrets import new_secret
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.accounts.tokens import holder_of as grant_holder
from sellingpartner.market.demo import REGISTRATION
from sellingpartner.market.market import Market
from sellingpartner.server.control.whose import home_marketplace
from sellingpartner.server.process.opening import make_own_folder
from sellingpartner.server.process.people import People, ready_people
from sellingpartner.server.process.settings import CannotServe, Chosen
from sellingpartner.storage.unit import UnitOfWork

TOKEN_PATH = "/auth/o2/token"  # noqa: S105 - a path

_US = BY_COUNTRY["US"].marketplace_id
_PATIENCE_SECONDS = 0.5
_COMMENT = "Made by `spapi serve`, for its own market. To use it in a shell: set -a; . FILE; set +a"
_NAMES = {
    "client_id": "SP_API_CLIENT_ID",
    "client_secret": "SP_API_CLIENT_SECRET",
    "refresh_token": "SP_API_REFRESH_TOKEN",
    "region": "SP_API_REGION",
    "base_url": "SP_API_BASE_URL",
    "oauth_url": "SP_API_OAUTH_URL",
    "seller_id": "SP_API_SELLER_ID",
    "marketplace_id": "SP_API_MARKETPLACE_ID",
    "application_id": "SP_API_APPLICATION_ID",
}
_NAMES_OF_PEOPLE = {
    "seller_email": "SPAPI_SELLER_EMAIL",
    "seller_password": "SPAPI_SELLER_PASSWORD",
    "developer_email": "SPAPI_DEVELOPER_EMAIL",
    "developer_password": "SPAPI_DEVELOPER_PASSWORD",
}


class Credentials(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """All that a program needs to call the market for a seller."""

    client_id: str
    client_secret: str
    refresh_token: str
    region: str
    base_url: str
    oauth_url: str
    seller_id: str
    marketplace_id: str
    application_id: str
    people: People = People()


def ready_credentials(market: Market, path: Path, base_url: str, chosen: Chosen = Chosen()) -> Credentials:  # noqa: B008 - frozen
    """Credentials that work at this address, in the file, those that were chosen among them; raises `CannotServe`."""
    make_own_folder(path.parent)
    try:
        kept = read_credentials(path)
        _leave_alone(path, kept, base_url)
        if kept is not None and _agree(chosen, kept) and _works(market, kept):
            ready = msgspec.structs.replace(kept, base_url=base_url, oauth_url=base_url + TOKEN_PATH)
        else:
            ready = _made(market, base_url, chosen)
        application, _ = application_of(market, ready)
        people = ready_people(market, ready.people, ready.seller_id, application.developer_id)
        ready = msgspec.structs.replace(ready, people=people)
        if ready != kept:
            write_credentials(path, ready)
    except OSError as reason:
        message = (
            f"The credentials cannot be kept in {path}: {reason.strerror}. Choose another file with --credentials."
        )
        raise CannotServe(message) from reason
    return ready


def _leave_alone(path: Path, kept: Credentials | None, base_url: str) -> None:
    """Raise `CannotServe` if the file is in use: its programs would talk to another market without knowing."""
    if kept is None or kept.base_url == base_url:
        return
    there = urlsplit(kept.base_url)
    if there.scheme == "https":  # a proxy listens there, whether a market stands behind it or not
        return
    try:
        with socket.create_connection((there.hostname or "127.0.0.1", there.port or 80), timeout=_PATIENCE_SECONDS):
            pass
    except (OSError, ValueError):
        return
    message = (
        f"{path} holds the credentials of the market that is open at {kept.base_url}; "
        "choose another file with --credentials."
    )
    raise CannotServe(message)


def application_of(market: Market, credentials: Credentials) -> tuple[Application, Seller]:
    """The application and the seller that credentials are about."""
    with market.read() as unit:
        application = questions.application_by(unit, client_id=credentials.client_id)
        return application, questions.seller_of(unit, credentials.seller_id)


def read_credentials(path: Path) -> Credentials | None:
    """The credentials in a file; None if it holds none."""
    values = read_env(path)
    if any(name not in values for name in _NAMES.values()):
        return None
    people = People(**{field: values.get(name, "") for field, name in _NAMES_OF_PEOPLE.items()})
    return Credentials(**{field: values[name] for field, name in _NAMES.items()}, people=people)


def write_credentials(path: Path, credentials: Credentials) -> None:
    """Keep credentials in a file."""
    told = {name: getattr(credentials, field) for field, name in _NAMES.items()}
    people = {name: getattr(credentials.people, field) for field, name in _NAMES_OF_PEOPLE.items()}
    write_env(path, told | people, _COMMENT)


def _works(market: Market, kept: Credentials) -> bool:
    """Whether this market knows the secret and the refresh token, for this application and this seller."""
    try:
        with market.read() as unit:
            application = questions.application_by(unit, client_id=kept.client_id)
            caller = questions.caller_of(unit, kept.refresh_token)
            entered = questions.participations_of(unit, kept.seller_id)
            ends = questions.secret_ends_at(unit, application.application_id, kept.client_secret)
            return (
                ends is not None
                and unit.now < ends
                and caller.kind is TokenKind.REFRESH
                and (caller.application_id, caller.seller_id) == (application.application_id, kept.seller_id)
                and application.application_id == kept.application_id
                and kept.marketplace_id in {one.marketplace_id for one in entered}
            )
    except ServiceUnavailable:
        raise  # nothing is known of them
    except SellingPartnerError:
        return False


def _agree(chosen: Chosen, kept: Credentials) -> bool:
    """Whether kept credentials are the chosen ones, as far as any were chosen."""
    return all(getattr(chosen, name) in {None, getattr(kept, name)} for name in chosen.__struct_fields__)


def _made(market: Market, base_url: str, chosen: Chosen) -> Credentials:
    with market.write() as unit:
        seller, application = _seller(unit), _application(unit, chosen.client_id)
        secret = new_secret(unit, application.application_id, secret=chosen.client_secret)
        entered = questions.participations_of(unit, seller.seller_id)
    with market.write(seller.seller_id) as unit:
        token = _refresh_token(unit, application, chosen.refresh_token)
    return Credentials(
        client_id=application.client_id,
        client_secret=secret,
        refresh_token=token,
        region=seller.region,
        base_url=base_url,
        oauth_url=base_url + TOKEN_PATH,
        seller_id=seller.seller_id,
        marketplace_id=home_marketplace([one.marketplace_id for one in entered]),
        application_id=application.application_id,
    )


def _seller(unit: UnitOfWork) -> Seller:
    """The first seller of the market, who joins if there is none."""
    sellers = questions.all_sellers(unit)
    return sellers[0] if sellers else join_seller(unit, "My Shop", [_US])


def _application(unit: UnitOfWork, client_id: str | None) -> Application:
    """The application of a chosen client id, else the market's first, registered if there is none."""
    applications = questions.all_applications(unit)
    found = next((one for one in applications if one.client_id == client_id), None)
    if found is not None:
        return found
    if applications:
        first = applications[0]
    else:
        first = register_application(unit, "My Application", register_developer(unit, "My Company"), **REGISTRATION)[0]
    return first if client_id is None else give_client_id(unit, first.application_id, client_id)


def _refresh_token(unit: UnitOfWork, application: Application, chosen: str | None) -> str:
    """A refresh token of the unit's seller for the application: the chosen one, if one was chosen."""
    known = None if chosen is None else grant_holder(unit, chosen)
    if chosen is None or known is None:
        return give_grant(unit, unit.seller_id, application.application_id, refresh_token=chosen)[1]
    try:
        caller = questions.caller_of(unit, chosen)
        works = caller.kind is TokenKind.REFRESH
    except SellingPartnerError:
        works = False
    if not works or known != (application.application_id, unit.seller_id):
        message = "SPAPI_REFRESH_TOKEN was revoked in this market, or is another's in it; choose another one."
        raise CannotServe(message)
    return chosen
