"""The form that describes an application: filled from what is registered, read from what was sent, and checked.

The market checks it all again as a whole; here each fault finds the field that it belongs to.
"""

from __future__ import annotations

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.roles import ROLES
from sellingpartner.contract.scopes import SCOPES
from sellingpartner.counted import counted
from sellingpartner.market.accounts.applications import Registration, check_redirect_uri
from sellingpartner.market.accounts.model import Application, ApplicationStatus, Distribution
from sellingpartner.server.console.fields import Fields

LONGEST_NAME = 80
_MOST_URIS = 20


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What the form says, as it was typed."""

    name: str = ""
    redirect_uris: str = ""
    login_uri: str = ""
    scopes: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    status: str = ApplicationStatus.DRAFT.value
    distribution: str = Distribution.PRIVATE.value

    @property
    def uris(self) -> tuple[str, ...]:
        """The redirect URIs, a line each."""
        return tuple(line.strip() for line in self.redirect_uris.splitlines() if line.strip())

    @property
    def registration(self) -> Registration:
        """What is to be registered; the form is without faults."""
        return Registration(
            scopes=self.scopes,
            optional_scopes=tuple(scope for scope in self.scopes if scope in self.optional),
            roles=self.roles or None,
            redirect_uris=self.uris,
            login_uri=self.login_uri or None,
            status=ApplicationStatus(self.status),
            distribution=Distribution(self.distribution),
        )


def draft_of(application: Application) -> Draft:
    """The form as it describes what is registered."""
    return Draft(
        name=application.name,
        redirect_uris="\n".join(application.redirect_uris),
        login_uri=application.login_uri or "",
        scopes=application.scopes,
        optional=application.optional_scopes,
        roles=application.roles or (),
        status=application.status.value,
        distribution=application.distribution.value,
    )


def draft_in(form: Fields) -> Draft:
    """The form as it was sent; scopes and roles that do not exist were in no form of ours."""
    return Draft(
        name=" ".join(form.one("name").split()),
        redirect_uris=form.one("redirect_uris"),
        login_uri=form.one("login_uri").strip(),
        scopes=tuple(scope for scope in SCOPES if scope in form.all("scope")),
        optional=tuple(scope for scope in SCOPES if scope in form.all("optional")),
        roles=tuple(role for role in ROLES if role in form.all("role")),
        status=form.one("status"),
        distribution=form.one("distribution"),
    )


def faults_of(draft: Draft) -> dict[str, str]:
    """What is wrong, by field."""
    faults: dict[str, str] = {}
    if not draft.name or len(draft.name) > LONGEST_NAME or not draft.name.isprintable():
        faults["name"] = f"Enter a name of 1 to {LONGEST_NAME} characters that can be printed."
    if len(draft.uris) > _MOST_URIS:
        faults["redirect_uris"] = f"You entered {counted(len(draft.uris), 'line')}; enter {_MOST_URIS} at most."
    for field, uris in (("redirect_uris", draft.uris), ("login_uri", [draft.login_uri] if draft.login_uri else [])):
        for uri in uris:
            try:
                check_redirect_uri(uri)
            except InvalidInput as fault:
                faults[field] = fault.message
    if not draft.scopes:
        faults["scopes"] = "Tick at least one: an application that asks for nothing can do nothing."
    elif any(scope not in draft.scopes for scope in draft.optional):
        faults["scopes"] = "What is optional must be asked for: tick the scope too."
    if draft.status not in list(ApplicationStatus):
        faults["status"] = "Choose one."
    if draft.distribution not in list(Distribution):
        faults["distribution"] = "Choose one."
    return faults
