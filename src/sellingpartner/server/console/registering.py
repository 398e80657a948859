"""What a developer does to an application: register it, change it, rotate its secret, let it into an own account."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.roles import ROLES
from sellingpartner.contract.scopes import DESCRIPTIONS
from sellingpartner.market.accounts.applications import change_application, register_application
from sellingpartner.market.accounts.consent import ConsentRefused, authorize_oneself
from sellingpartner.market.accounts.model import Application
from sellingpartner.market.accounts.secrets import rotate_secret
from sellingpartner.market.notifications import commands
from sellingpartner.market.notifications.commands import rotate_secret_by_queue
from sellingpartner.server.console import places
from sellingpartner.server.console.developer import application_in, developer_in, page, place_of
from sellingpartner.server.console.registration_form import LONGEST_NAME, Draft, draft_in, draft_of, faults_of
from sellingpartner.server.console.rendering import redirect
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.gateway.http import HttpAnswer


def ask_to_register(visit: Visit) -> HttpAnswer:
    """An empty form."""
    with visit.market.write() as unit:
        developer_in(visit, unit)
    return _form(visit, Draft(), None)


def register(visit: Visit) -> HttpAnswer:
    """Register an application; its client secret is shown this once."""
    with visit.market.write() as unit:
        user = developer_in(visit, unit)
        draft = draft_in(visit.form)
        faults = faults_of(draft)
        if faults:
            return _form(visit, draft, None, faults=faults)
        try:
            with unit.attempt():
                application, secret = register_application(
                    unit, draft.name, user.developer_id or "", by=visit.actor, **draft.registration
                )
        except InvalidInput as refused:
            return _form(visit, draft, None, alert=refused.message)
    visit.application_id = application.application_id
    return _shown_once(
        visit,
        application,
        f"{application.name} is registered",
        "With its client id and this secret it gets tokens.",
        [
            ("Application id", application.application_id),
            ("Client id", application.client_id),
            ("Client secret", secret),
        ],
    )


def ask_to_change(visit: Visit) -> HttpAnswer:
    """The form as the application is registered."""
    with visit.market.write() as unit:
        application = application_in(visit, unit, developer_in(visit, unit))
    return _form(visit, draft_of(application), application)


def change(visit: Visit) -> HttpAnswer:
    """Change what is registered."""
    with visit.market.write() as unit:
        application = application_in(visit, unit, developer_in(visit, unit))
        draft = draft_in(visit.form)
        faults = faults_of(draft)
        if faults:
            return _form(visit, draft, application, faults=faults)
        try:
            with unit.attempt():
                change_application(
                    unit, application.application_id, by=visit.actor, name=draft.name, **draft.registration
                )
        except InvalidInput as refused:
            return _form(visit, draft, application, alert=refused.message)
    return redirect(f"{place_of(application)}?done=saved")


def rotate(visit: Visit) -> HttpAnswer:
    """Make another client secret; it is shown this once, or sent to the queue; the one before works for a while yet."""
    with visit.market.write() as unit:
        application = application_in(visit, unit, developer_in(visit, unit))
        if visit.form.one("to") == "queue":
            try:
                with unit.attempt():
                    rotate_secret_by_queue(unit, application.application_id, by=visit.actor)
            except InvalidInput as refused:
                visit.code, visit.reason = refused.code, refused.message
                return page(visit, unit, application, alert=refused.message)
            return redirect(f"{place_of(application)}?done=rotated")
        rotated = rotate_secret(unit, application.application_id, by=visit.actor)
    return _shown_once(
        visit,
        application,
        "The client secret is rotated",
        f"The one before it works until {rotated.old_expires_at:%B} {rotated.old_expires_at.day}, "
        f"{rotated.old_expires_at:%Y, %H:%M} UTC. Refresh tokens stay as they are.",
        [("Client secret", rotated.secret)],
    )


def register_queue(visit: Visit) -> HttpAnswer:
    """Have the application told of its secrets in a queue."""
    with visit.market.write() as unit:
        application = application_in(visit, unit, developer_in(visit, unit))
        try:
            with unit.attempt():
                commands.register_queue(
                    unit, application.application_id, visit.form.one("queue").strip(), by=visit.actor
                )
        except InvalidInput as refused:
            visit.code, visit.reason = refused.code, "The address is not one of a queue."
            return page(visit, unit, application, faults={"queue": refused.message})
    return redirect(f"{place_of(application)}?done=queue")


def self_authorize(visit: Visit) -> HttpAnswer:
    """Let the application into the developer's own selling account; the refresh token is shown this once."""
    with visit.market.write() as unit:
        user = developer_in(visit, unit)
        application = application_in(visit, unit, user)
        try:
            with unit.attempt():
                unit.seller_id = user.seller_id or unit.seller_id
                _, token = authorize_oneself(unit, application.application_id, user, by=visit.actor)
        except ConsentRefused as refused:
            visit.code, visit.reason = refused.code, refused.message
            alert = f"{refused.code}: {refused.message} {refused.fix}"
            return page(visit, unit, application, alert=alert)
    return _shown_once(
        visit,
        application,
        f"{application.name} may act for your account",
        "With this refresh token it gets access tokens. Each time you authorize it again makes another one; those "
        "before stay valid.",
        [("Refresh token", token)],
    )


def _form(
    visit: Visit,
    draft: Draft,
    application: Application | None,
    *,
    faults: dict[str, str] | None = None,
    alert: str = "",
) -> HttpAnswer:
    back_to = places.DEVELOPER if application is None else place_of(application)
    if faults or alert:
        visit.code, visit.reason = "InvalidInput", alert or "The form was not filled in as it must be."
    return visit.page(
        "registration.html",
        status=400 if faults or alert else 200,
        heading="Register an application" if application is None else f"Change {application.name}",
        button="Register" if application is None else "Save",
        action=f"{places.DEVELOPER}/register" if application is None else f"{back_to}/edit",
        back_to=back_to,
        back_name="Your applications" if application is None else application.name,
        draft=draft,
        faults=faults or {},
        alert=alert,
        choices=DESCRIPTIONS,
        roles=tuple(ROLES),
        longest_name=LONGEST_NAME,
    )


def _shown_once(
    visit: Visit, application: Application, heading: str, text: str, secrets: list[tuple[str, str]]
) -> HttpAnswer:
    return visit.page("shown_once.html", heading=heading, text=text, secrets=secrets, back_to=place_of(application))
