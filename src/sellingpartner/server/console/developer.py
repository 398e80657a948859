"""The developer's pages: applications, who lets them in, what was refused, what they ask for and never use."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import quote

import msgspec

from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.scopes import DESCRIPTIONS
from sellingpartner.market.accounts.calls import latest_calls
from sellingpartner.market.accounts.model import Application, Grant, User
from sellingpartner.market.accounts.questions import (
    application_by,
    applications_of,
    developer_of,
    grants_of,
    seller_of,
)
from sellingpartner.market.accounts.secrets import secrets_of
from sellingpartner.market.accounts.uses import operation_uses, scope_uses
from sellingpartner.market.notifications.questions import deliveries_of, queue_of
from sellingpartner.server.console import places
from sellingpartner.server.console.advice import advice_for
from sellingpartner.server.console.history import latest_of_developer
from sellingpartner.server.console.troubles import Trouble
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.gateway.http import SANDBOX, HttpAnswer
from sellingpartner.storage.unit import UnitOfWork

_NEAR = timedelta(days=90)
"""How long before its end a secret wants to be rotated."""
_REFUSALS_SHOWN = 25
_GRANTS_SHOWN = 100
_DELIVERIES_SHOWN = 10
_NOTICES = {
    "saved": "Saved. Permissions that were given before stay as they are.",
    "queue": "The queue is registered.",
    "rotated": "The secret is rotated. The queue is told the new one, and nobody else.",
}


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """An application in the list."""

    application: Application
    sellers: int
    warning: str


class GrantRow(msgspec.Struct, frozen=True, kw_only=True):
    """A grant in an application's list."""

    grant: Grant
    seller_name: str
    titles: list[str]
    last_used_at: datetime | None
    state: str


def show_all(visit: Visit) -> HttpAnswer:
    """The developer's applications."""
    with visit.market.write() as unit:
        user = developer_in(visit, unit)
        found = applications_of(unit, user.developer_id or "")
        return visit.page(
            "developer.html",
            developer_name=developer_of(unit, user.developer_id or "").name,
            applications=[_row(unit, application) for application in found],
            notice=_NOTICES.get(visit.query.one("done"), ""),
            sandbox=f"{visit.request.origin}{SANDBOX}",
            history=latest_of_developer(unit, user, [one.application_id for one in found]),
        )


def show(visit: Visit) -> HttpAnswer:
    """One application."""
    visit.journal.flush()  # so that what was refused a moment ago is shown
    with visit.market.write() as unit:
        user = developer_in(visit, unit)
        return page(visit, unit, application_in(visit, unit, user))


def page(
    visit: Visit, unit: UnitOfWork, application: Application, *, alert: str = "", faults: dict[str, str] | None = None
) -> HttpAnswer:
    """An application's page, with what went wrong if anything did."""
    queue = queue_of(unit, application.application_id)
    user, application_id = visit.who, application.application_id
    grants = grants_of(unit, application_id=application_id)
    uses = scope_uses(unit, application_id=application_id)
    return visit.page(
        "developer_application.html",
        status=400 if alert or faults else 200,
        here=place_of(application),
        application=application,
        scopes=[(DESCRIPTIONS[scope].title, scope in application.optional_scopes) for scope in application.scopes],
        authorization_url=_authorization_url(visit, application),
        secrets=secrets_of(unit, application_id),
        now=unit.now,
        near=unit.now + _NEAR,
        queue=queue,
        typed_queue=visit.form.one("queue") or ("" if queue is None else queue.address),
        faults=faults or {},
        deliveries=deliveries_of(unit, application_id)[:_DELIVERIES_SHOWN],
        grants=_grant_rows(unit, grants),
        can_self_authorize=user.seller_id is not None,
        advice=advice_for(application, grants, uses, unit.now),
        refusals=latest_calls(unit, application_id=application_id, refused=True, limit=_REFUSALS_SHOWN),
        notice=_NOTICES.get(visit.query.one("done"), ""),
        alert=alert,
        history=latest_of_developer(unit, user, [application_id]),
    )


def developer_in(visit: Visit, unit: UnitOfWork) -> User:
    """The user, who acts for a developer; raises `Trouble` for one who does not."""
    user = visit.enter(unit, places.DEVELOPER if visit.request.method == "POST" else "")
    if user.developer_id is None:
        raise Trouble(
            403,
            "You are no developer",
            f"{user.email} is not the account of a developer.",
            code="NoDeveloper",
            fix="Sign in with the account of the application's developer.",
        )
    return user


def application_in(visit: Visit, unit: UnitOfWork, user: User) -> Application:
    """The application that the address names; raises `NotFound`, for somebody else's too."""
    message = "You have not registered an application of this id."
    try:
        application = application_by(unit, application_id=visit.values[0])
    except NotFound:
        raise NotFound(message) from None
    if application.developer_id != user.developer_id:
        raise NotFound(message)
    visit.application_id = application.application_id
    return application


def place_of(application: Application) -> str:
    """Where an application's page is."""
    return f"{places.DEVELOPER}/{application.application_id}"


def _row(unit: UnitOfWork, application: Application) -> Row:
    grants = grants_of(unit, application_id=application.application_id)
    ends = application.secret_ends_at
    warning = ""
    if ends is None or ends <= unit.now:
        warning = "Its client secret has ended: nothing works until it is rotated"
    elif ends <= unit.now + _NEAR:
        warning = f"Its client secret ends on {ends:%B} {ends.day}, {ends.year}"
    return Row(
        application=application,
        sellers=len({grant.seller_id for grant in grants if grant.stands(unit.now)}),
        warning=warning,
    )


def _grant_rows(unit: UnitOfWork, grants: list[Grant]) -> list[GrantRow]:
    latest = sorted(grants, key=lambda grant: grant.given_at, reverse=True)[:_GRANTS_SHOWN]
    names = {seller_id: seller_of(unit, seller_id).name for seller_id in {grant.seller_id for grant in latest}}
    used: dict[str, datetime] = {}
    for use in operation_uses(unit, application_id=latest[0].application_id) if latest else []:
        used[use.seller_id] = max(use.last_at, used.get(use.seller_id, use.last_at))
    return [
        GrantRow(
            grant=grant,
            seller_name=names[grant.seller_id],
            titles=[DESCRIPTIONS[scope].title for scope in grant.scopes],
            last_used_at=used.get(grant.seller_id),
            state="Stands" if grant.stands(unit.now) else "Expired" if grant.revoked_at is None else "Revoked",
        )
        for grant in latest
    ]


def _authorization_url(visit: Visit, application: Application) -> str:
    scope = quote(" ".join(application.scopes), safe="")
    redirect_uri = quote(application.redirect_uris[0], safe="") if application.redirect_uris else "..."
    version = "&version=beta" if application.status == "draft" else ""
    return (
        f"{visit.request.origin}{places.CONSENT}?application_id={application.application_id}&state=..."
        f"&redirect_uri={redirect_uri}&scope={scope}{version}"
    )
