"""The seller's pages: which applications may act for it, what they did with that, and taking it back."""

from __future__ import annotations

from sellingpartner.market.accounts.grants import narrow_application, revoke_application
from sellingpartner.market.accounts.model import Seller
from sellingpartner.market.accounts.questions import seller_of
from sellingpartner.market.integrations.model import AppNotification, Status
from sellingpartner.market.integrations.questions import notifications_shown
from sellingpartner.server.console import places
from sellingpartner.server.console.history import latest_of_seller
from sellingpartner.server.console.permissions import Permission, permission_of, permissions_of
from sellingpartner.server.console.rendering import redirect
from sellingpartner.server.console.troubles import Trouble
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.gateway.http import HttpAnswer
from sellingpartner.storage.unit import UnitOfWork

_MOST_TOLD = 20
_NOTICES = {
    "revoked": "The application can do nothing more for you.",
    "narrowed": "Saved. What you unticked has stopped.",
}


def show_all(visit: Visit) -> HttpAnswer:
    """Every application that the seller ever let in."""
    visit.journal.flush()  # so that what was done a moment ago is shown
    with visit.market.write() as unit:
        seller = _seller(visit, unit)
        found = permissions_of(unit, seller.seller_id)
        return visit.page(
            "applications.html",
            seller=seller,
            standing=[one for one in found if one.is_standing],
            ended=[one for one in found if not one.is_standing],
            notice=_NOTICES.get(visit.query.one("done"), ""),
            told=_told(unit, {one.application.application_id: one.application.name for one in found}),
            history=latest_of_seller(unit, seller.seller_id),
        )


def show(visit: Visit) -> HttpAnswer:
    """One application: what it may do and what it did."""
    visit.journal.flush()  # so that what was done a moment ago is shown
    with visit.market.write() as unit:
        seller = _seller(visit, unit)
        return _page(visit, unit, _permission(visit, unit, seller))


def narrow(visit: Visit) -> HttpAnswer:
    """Take back the scopes that were unticked. To untick them all is to revoke, and that is asked for first."""
    with visit.market.write() as unit:
        seller = _seller(visit, unit)
        permission = _permission(visit, unit, seller)
        keep = visit.form.all("keep")
        if not keep:
            return redirect(f"{_place_of(permission)}/revoke")
        withdraw = [given.scope for given in permission.scopes if given.scope not in keep]
        narrow_application(
            unit, seller.seller_id, permission.application.application_id, withdraw=withdraw, by=visit.actor
        )
    return redirect(f"{_place_of(permission)}?done=narrowed" if withdraw else _place_of(permission))


def ask_to_revoke(visit: Visit) -> HttpAnswer:
    """Ask whether the seller means it."""
    with visit.market.write() as unit:
        seller = _seller(visit, unit)
        permission = _permission(visit, unit, seller)
    if not permission.is_standing:
        return redirect(_place_of(permission))
    return visit.page("revoke.html", seller=seller, let=permission)


def revoke(visit: Visit) -> HttpAnswer:
    """Take everything back."""
    with visit.market.write() as unit:
        seller = _seller(visit, unit)
        permission = _permission(visit, unit, seller)
        revoke_application(unit, seller.seller_id, permission.application.application_id, by=visit.actor)
    return redirect(f"{places.APPLICATIONS}?done=revoked")


def _seller(visit: Visit, unit: UnitOfWork) -> Seller:
    """The seller whom the user acts for; the unit is the seller's from here on."""
    fix = "Sign in with the account of the person who manages the seller's applications."
    user, seller_id = visit.enter_for_seller(unit, fix, places.APPLICATIONS if visit.request.method == "POST" else "")
    if visit.request.method == "POST" and not user.is_primary:
        # Assumed: a user who is not the account's primary user can neither give permissions nor take them back.
        raise Trouble(
            403,
            "Only the primary user may change this",
            f"{user.email} may look at the seller's applications, and not change what they may do.",
            code="SPDC8143",
            fix="Ask the primary user of the selling account to do it.",
        )
    unit.seller_id = seller_id
    return seller_of(unit, seller_id)


def _permission(visit: Visit, unit: UnitOfWork, seller: Seller) -> Permission:
    permission = permission_of(unit, seller.seller_id, visit.values[0])
    visit.application_id = permission.application.application_id
    return permission


def _page(visit: Visit, unit: UnitOfWork, permission: Permission) -> HttpAnswer:
    application_id = permission.application.application_id
    return visit.page(
        "application.html",
        let=permission,
        notice=_NOTICES.get(visit.query.one("done"), ""),
        history=latest_of_seller(unit, unit.seller_id, application_id),
    )


def _place_of(permission: Permission) -> str:
    return f"{places.APPLICATIONS}/{permission.application.application_id}"


def _told(unit: UnitOfWork, names: dict[str, str]) -> list[tuple[AppNotification, str]]:
    """What applications show the seller at the moment, each with the application's name."""
    shown = notifications_shown(unit, only=Status.SHOWN, limit=_MOST_TOLD)
    return [(one, names.get(one.application_id, one.application_id)) for one in shown]
