"""What happened to permissions, in words for the pages: the audit, as far as it is somebody's to see.

A seller sees what concerns it. A developer sees what concerns its applications, but not who of a seller's people did
something, nor from where: that is the seller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from msgspec import structs

from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.scopes import DESCRIPTIONS
from sellingpartner.market.accounts.audit import AuditEntry, latest_entries
from sellingpartner.market.accounts.model import Actor, ActorKind, User
from sellingpartner.market.accounts.questions import application_by
from sellingpartner.market.accounts.users import user_of
from sellingpartner.storage.unit import UnitOfWork

_SHOWN = 30

_WORDS = {
    "grant.given": "Permission given",
    "grant.narrowed": "Permission narrowed",
    "grant.revoked": "Permission revoked",
    "grant.expired": "Permission expired",
    "consent.approved": "Consent given",
    "consent.denied": "Consent denied",
    "application.registered": "Application registered",
    "application.changed": "Application changed",
    "queue.registered": "Queue registered",
    "webhook.registered": "Webhook registered",
    "secret.made": "Client secret made",
    "secret.rotated": "Client secret rotated",
    "user.created": "Account created",
    "password.changed": "Password changed",
    "sign_in.accepted": "Signed in",
    "sign_in.refused": "Sign-in refused",
    "sign_in.locked": "Sign-in locked",
    "sign_out": "Signed out",
    "token.refused": "Token refused",
    "code.replayed": "Code shown twice",
}
_WHO = {ActorKind.APPLICATION: "The application", ActorKind.OPERATOR: "The operator", ActorKind.MARKET: "The market"}
SOMEBODY = Actor(ActorKind.USER)
"""Whoever of the seller's people it was."""


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it is shown."""

    at: datetime
    what: str
    details: str
    who: str
    address: str


def latest_of_seller(unit: UnitOfWork, seller_id: str, application_id: str | None = None) -> list[Happening]:
    """What concerns a seller lately; of one application, or of all."""
    wanted = None if application_id is None else [application_id]
    found = latest_entries(unit, seller_id=seller_id, application_ids=wanted, limit=_SHOWN)
    return _in_words(unit, found, names_application=application_id is None)


def latest_of_developer(unit: UnitOfWork, user: User, application_ids: Sequence[str]) -> list[Happening]:
    """What concerns some of a developer's applications lately."""
    found = latest_entries(unit, application_ids=application_ids, limit=_SHOWN)
    return _in_words(unit, without_strangers(found, user), names_application=len(application_ids) != 1)


def without_strangers(found: Iterable[AuditEntry], user: User) -> list[AuditEntry]:
    """The entries without what they tell of people other than this user."""
    return [
        structs.replace(entry, by=SOMEBODY)
        if entry.by.kind is ActorKind.USER and entry.by.id != user.user_id
        else entry
        for entry in found
    ]


def _in_words(unit: UnitOfWork, found: Sequence[AuditEntry], *, names_application: bool) -> list[Happening]:
    names: dict[str, str] = {}
    return [
        Happening(
            at=entry.at,
            what=_WORDS.get(entry.what, entry.what),
            details="; ".join(_details(unit, entry, names if names_application else None)),
            who=_who(unit, entry.by, names),
            address=entry.by.address,
        )
        for entry in found
    ]


def _who(unit: UnitOfWork, by: Actor, names: dict[str, str]) -> str:
    if by.kind is not ActorKind.USER:
        return _WHO[by.kind]
    if not by.id:
        return "Somebody"
    if by.id not in names:
        try:
            names[by.id] = user_of(unit, by.id).name
        except NotFound:
            names[by.id] = by.id
    return names[by.id]


def _details(unit: UnitOfWork, entry: AuditEntry, names: dict[str, str] | None) -> list[str]:
    told = []
    if entry.application_id and names is not None:
        told.append(_application_name(unit, entry.application_id, names))
    for name, value in entry.details.items():
        words = " ".join(name.split("_"))
        told.append(f"{words}: {_titles(value)}" if value else f"{words}: none")
    return told


def _titles(value: str) -> str:
    """A value in which scopes are called what the pages call them."""
    words = value.split(" ")
    if not all(word in DESCRIPTIONS for word in words):
        return value
    return ", ".join(DESCRIPTIONS[word].title for word in words)


def _application_name(unit: UnitOfWork, application_id: str, names: dict[str, str]) -> str:
    if application_id not in names:
        names[application_id] = application_by(unit, application_id=application_id).name
    return names[application_id]
