"""What a seller has let applications do, as the seller's pages tell it: put together from grants and what was used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.scopes import DESCRIPTIONS, SCOPES
from sellingpartner.market.accounts.model import Application, Grant
from sellingpartner.market.accounts.questions import application_by, developer_of, grants_of
from sellingpartner.market.accounts.uses import OperationUse, ScopeUse, operation_uses, scope_uses
from sellingpartner.storage.unit import UnitOfWork


class GivenScope(msgspec.Struct, frozen=True, kw_only=True):
    """A scope that an application holds, and whether it ever needed it."""

    scope: str
    title: str
    summary: str
    calls: int
    last_used_at: datetime | None


class Permission(msgspec.Struct, frozen=True, kw_only=True):
    """All that one seller gave one application, over all its grants."""

    application: Application
    developer_name: str
    scopes: list[GivenScope]
    given_at: datetime
    renewed_at: datetime
    ends_at: datetime | None
    """When the last of its grants ends; None if one of them does not."""
    ended: str
    """How it ended; nothing as long as it stands."""
    last_used_at: datetime | None
    operations: list[OperationUse]

    @property
    def is_standing(self) -> bool:
        """Whether the application may act."""
        return not self.ended


def permissions_of(unit: UnitOfWork, seller_id: str) -> list[Permission]:
    """Every application that a seller ever let in, those that may act first, then the latest first."""
    of_application: dict[str, list[Grant]] = {}
    for grant in grants_of(unit, seller_id=seller_id):
        of_application.setdefault(grant.application_id, []).append(grant)
    scopes = scope_uses(unit, seller_id=seller_id)
    operations = operation_uses(unit, seller_id=seller_id)
    found = [
        _permission(
            unit,
            grants,
            [use for use in scopes if use.application_id == application_id],
            [use for use in operations if use.application_id == application_id],
        )
        for application_id, grants in of_application.items()
    ]
    found.sort(key=lambda one: one.renewed_at, reverse=True)
    return sorted(found, key=lambda one: not one.is_standing)


def permission_of(unit: UnitOfWork, seller_id: str, application_id: str) -> Permission:
    """What a seller gave one application; raises `NotFound` if it never gave it anything."""
    for permission in permissions_of(unit, seller_id):
        if permission.application.application_id == application_id:
            return permission
    message = "You have not let an application of this id in."
    raise NotFound(message)


def _permission(
    unit: UnitOfWork, grants: Sequence[Grant], scopes: Sequence[ScopeUse], operations: Sequence[OperationUse]
) -> Permission:
    standing = [grant for grant in grants if grant.stands(unit.now)]
    application = application_by(unit, application_id=grants[0].application_id)
    counted = standing or grants
    used = {use.scope: use for use in scopes}
    held = {scope for grant in standing for scope in grant.scopes}
    ends = [grant.expires_at for grant in standing]
    return Permission(
        application=application,
        developer_name=developer_of(unit, application.developer_id).name,
        scopes=[_given(scope, used.get(scope)) for scope in SCOPES if scope in held],
        given_at=min(grant.given_at for grant in counted),
        renewed_at=max(grant.given_at for grant in counted),
        ends_at=None if None in ends else max((end for end in ends if end is not None), default=None),
        ended="" if standing else _ending(grants),
        last_used_at=max((use.last_at for use in operations), default=None),
        operations=sorted(operations, key=lambda use: use.last_at, reverse=True),
    )


def _given(scope: str, use: ScopeUse | None) -> GivenScope:
    text = DESCRIPTIONS[scope]
    return GivenScope(
        scope=scope,
        title=text.title,
        summary=text.summary,
        calls=0 if use is None else use.calls,
        last_used_at=None if use is None else use.last_used_at,
    )


def _ending(grants: Sequence[Grant]) -> str:
    last = max(grants, key=lambda grant: grant.revoked_at or grant.expires_at or grant.given_at)
    at = last.revoked_at or last.expires_at
    word = "Expired" if last.revoked_at is None else "Revoked"
    return word if at is None else f"{word} on {at:%B} {at.day}, {at.year}"
