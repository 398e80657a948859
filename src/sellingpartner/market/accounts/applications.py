"""Applications: developers register them, change them, and say which scopes they ask sellers for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypedDict, Unpack

from msgspec import structs

from sellingpartner.contract.errors import InvalidArgument, InvalidInput
from sellingpartner.contract.roles import ROLES, scopes_of_roles
from sellingpartner.contract.scopes import NOTIFICATIONS, SCOPES
from sellingpartner.market.accounts import audit, tables
from sellingpartner.market.accounts.model import THE_MARKET, Actor, Application, ApplicationStatus, Distribution
from sellingpartner.market.accounts.questions import application_by
from sellingpartner.market.accounts.redirect_uris import check_redirect_uri
from sellingpartner.market.accounts.secrets import new_secret
from sellingpartner.market.events.accounts import ApplicationChanged, ApplicationRegistered
from sellingpartner.market.time.chance import number_of, uuid_of, wide_number_of
from sellingpartner.storage.unit import UnitOfWork

__all__ = [
    "change_application",
    "check_redirect_uri",
    "known_scopes",
    "register_application",
    "register_developer",
    "within_registration",
]

_LISTS = ("scopes", "optional_scopes", "roles", "redirect_uris")


class Registration(TypedDict, total=False):
    """What an application is registered as."""

    scopes: Iterable[str] | None
    """All scopes, or those that the roles map onto, unless said."""
    optional_scopes: Iterable[str]
    roles: Iterable[str] | None
    redirect_uris: Iterable[str]
    login_uri: str | None
    status: ApplicationStatus
    distribution: Distribution


class Change(Registration, total=False):
    """What may be changed of it."""

    name: str


def register_developer(unit: UnitOfWork, name: str) -> str:
    """Register who writes applications; returns the developer id, twelve digits."""
    number = number_of(unit.seed, "developer", unit.next_number("developers"))
    developer_id = f"{number % 10**12:012d}"
    unit.execute(tables.developers.insert(), {"developer_id": developer_id, "name": name, "registered_at": unit.now})
    return developer_id


def register_application(
    unit: UnitOfWork, name: str, developer_id: str, *, by: Actor = THE_MARKET, **registration: Unpack[Registration]
) -> tuple[Application, str]:
    """Register an application, a private draft unless said; returns it with its client secret, shown this once."""
    said = _said(registration)
    number = unit.next_number("applications")
    application = Application(
        **{"status": ApplicationStatus.DRAFT, "distribution": Distribution.PRIVATE, "scopes": SCOPES} | said,
        application_id=f"amzn1.sp.solution.{uuid_of(wide_number_of(unit.seed, 'application', number))}",
        client_id=f"amzn1.application-oa2-client.{wide_number_of(unit.seed, 'client', number):032x}",
        developer_id=developer_id,
        name=name,
        registered_at=unit.now,
    )
    _check(application)
    unit.execute(tables.applications.insert(), structs.asdict(application))
    unit.emit(ApplicationRegistered(application_id=application.application_id))
    audit.note(
        unit,
        "application.registered",
        by,
        application_id=application.application_id,
        details={"name": name} | _shown(application, said),
    )
    secret = new_secret(unit, application.application_id, by=by)
    return application_by(unit, application_id=application.application_id), secret


def change_application(
    unit: UnitOfWork, application_id: str, *, by: Actor = THE_MARKET, **change: Unpack[Change]
) -> Application:
    """Change what an application is registered as. Grants that it was given stay as they are, whatever changes."""
    before = application_by(unit, application_id=application_id)
    said = _said(change)
    if "scopes" in said and "optional_scopes" not in said:
        said["optional_scopes"] = tuple(scope for scope in before.optional_scopes if scope in said["scopes"])
    after = structs.replace(before, **said)
    _check(after)
    changed = tuple(name for name in sorted(said) if getattr(before, name) != getattr(after, name))
    if changed:
        this = tables.applications.c.application_id == application_id
        unit.execute(tables.applications.update().where(this).values({name: getattr(after, name) for name in changed}))
        unit.emit(ApplicationChanged(application_id=application_id, changed=changed))
        details = _shown(after, changed)
        audit.note(unit, "application.changed", by, application_id=application_id, details=details)
    return after


def give_client_id(unit: UnitOfWork, application_id: str, client_id: str) -> Application:
    """Have an application log in under another client id, one that its operator has chosen."""
    this = tables.applications.c.application_id == application_id
    unit.execute(tables.applications.update().where(this).values(client_id=client_id))
    unit.emit(ApplicationChanged(application_id=application_id, changed=("client_id",)))
    details = {"client_id": client_id}
    audit.note(unit, "application.changed", THE_MARKET, application_id=application_id, details=details)
    return application_by(unit, application_id=application_id)


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
        raise InvalidArgument(message)


def _said(registration: Registration) -> dict[str, Any]:
    """What was said, lists as tuples without repetition; roles said alone bring their scopes."""
    said: dict[str, Any] = dict(registration)
    for name in _LISTS:
        if said.get(name) is not None:
            said[name] = tuple(dict.fromkeys(said[name]))
    if said.get("scopes") is None:
        said.pop("scopes", None)
        if said.get("roles") is not None:
            _known_roles(said["roles"])
            said["scopes"] = scopes_of_roles(said["roles"])
    return said


def _check(application: Application) -> None:
    """Raise `InvalidInput`, saying what would be right, for a registration that cannot be."""
    known_scopes(application.scopes)
    optional = [scope for scope in application.optional_scopes if scope not in application.scopes]
    if optional:
        message = f"{', '.join(optional)} cannot be optional: the application does not ask for it."
        raise InvalidInput(message)
    if application.roles is not None:
        _known_roles(application.roles)
        covered = {*scopes_of_roles(application.roles), NOTIFICATIONS}
        beyond = [scope for scope in application.scopes if scope not in covered]
        if beyond:
            message = f"No role of the application leads to {', '.join(beyond)}; add one that does, or leave it out."
            raise InvalidInput(message)
    for uri in (*application.redirect_uris, *filter(None, [application.login_uri])):
        check_redirect_uri(uri)


def _known_roles(roles: Iterable[str]) -> None:
    unknown = [role for role in roles if role not in ROLES]
    if unknown:
        message = f"{', '.join(unknown)} is not a role; the roles are {', '.join(ROLES)}."
        raise InvalidInput(message)


def _shown(application: Application, names: Iterable[str]) -> dict[str, str]:
    """Some fields of a registration, as the audit keeps them."""
    shown = {}
    for name in names:
        value = getattr(application, name)
        shown[name] = " ".join(value) if name in _LISTS and value is not None else str(value)
    return shown
