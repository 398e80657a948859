"""`spapi application`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from cyclopts import App, Parameter

from sellingpartner.cli.access.queues import queue, rotate
from sellingpartner.cli.asked.completing import scope_words
from sellingpartner.cli.parameters import FLAG, SEVERAL
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_facts, print_json, print_table
from sellingpartner.cli.words.scope_names import scopes_of, short
from sellingpartner.contract.market_v1 import (
    Application,
    ApplicationStatus,
    ChangeApplication,
    CreateApplication,
    Distribution,
    GetApplication,
    ListApplications,
)

app = App(name="application", help="Applications that sellers may let in.")
app.command(queue)
app.command(rotate)


@Parameter(name="*")
@dataclass(frozen=True)
class Registration:
    """What an application is registered as."""

    scope: Annotated[tuple[str, ...], SEVERAL, Parameter(completer=scope_words)] = ()
    "What it asks sellers for (orders, ...); repeat it for more. All, or what its roles lead to, unless said."
    optional: Annotated[tuple[str, ...], SEVERAL] = ()
    "A scope that sellers may leave out; repeat it for more."
    role: Annotated[tuple[str, ...], SEVERAL] = ()
    "One of Amazon's roles, such as 'Product Listing'; repeat it for more."
    redirect_uri: Annotated[tuple[str, ...], SEVERAL] = ()
    "Where sellers are sent back to; repeat it for more."
    login_uri: str | None = None
    "Where the appstore sends a seller who wants to let it in."
    distribution: Literal["private", "unlisted", "listed"] | None = None
    "Who it is for: at most ten sellers (private), twenty-five (unlisted), or all."


@app.command
def create(
    name: str,
    *,
    developer: str | None = None,
    publish: Annotated[bool, FLAG] = False,
    registration: Registration | None = None,
    to: Connection | None = None,
) -> None:
    """Register an application, as a private draft unless said; its client secret is shown this once.

    Args:
        name: The application's name.
        developer: Who writes it: a name, or the id of a developer that the market knows.
        publish: Let it be asked for without version=beta.
        registration: What it is registered as.
        to: Which market.
    """
    to, said = to or Connection(), registration or Registration()
    is_id = developer is not None and developer.isdecimal()
    answer = to.send(
        CreateApplication(
            name=name,
            scopes=scopes_of(said.scope),
            optional_scopes=scopes_of(said.optional),
            roles=list(said.role) or None,
            redirect_uris=list(said.redirect_uri) or None,
            login_uri=said.login_uri,
            status=ApplicationStatus.PUBLISHED if publish else None,
            distribution=_distribution(said),
            developer_name=None if is_id else developer,
            developer_id=developer if is_id else None,
        )
    )
    if to.json:
        print_json(answer)
    else:
        print_facts(
            [
                ("Application", answer.application_id),
                ("Client id", answer.client_id),
                ("Client secret", answer.client_secret),
                ("Scopes", answer.scopes),
            ]
        )


@app.command
def change(
    application: str,
    *,
    name: str | None = None,
    status: Literal["draft", "published"] | None = None,
    registration: Registration | None = None,
    to: Connection | None = None,
) -> None:
    """Change what an application is registered as; what is not said stays, and so do the grants that it has.

    Args:
        application: The application's id.
        name: Another name.
        status: Publish it, or make it a draft again.
        registration: What it is registered as.
        to: Which market.
    """
    to, said = to or Connection(), registration or Registration()
    answer = to.send(
        ChangeApplication(
            application_id=application,
            name=name,
            scopes=scopes_of(said.scope),
            optional_scopes=scopes_of(said.optional),
            roles=list(said.role) or None,
            redirect_uris=list(said.redirect_uri) or None,
            login_uri=said.login_uri,
            status=None if status is None else ApplicationStatus(status),
            distribution=_distribution(said),
        )
    )
    _print(to, answer)


@app.command
def show(application: str, *, to: Connection | None = None) -> None:
    """Show what an application is registered as.

    Args:
        application: The application's id.
        to: Which market.
    """
    to = to or Connection()
    _print(to, to.send(GetApplication(application_id=application)))


@app.command(name="list")
def list_applications(*, to: Connection | None = None) -> None:
    """List the applications."""
    to = to or Connection()
    answer = to.send(ListApplications())
    if to.json:
        print_json(answer)
    else:
        print_table(
            ("Application", "Name", "Status", "For", "Client id", "Registered"),
            [
                (one.application_id, one.name, one.status, one.distribution, one.client_id, one.registered_at)
                for one in answer.applications
            ],
            empty="No application is registered yet.",
        )


def _distribution(said: Registration) -> Distribution | None:
    return None if said.distribution is None else Distribution(said.distribution)


def _print(to: Connection, one: Application) -> None:
    if to.json:
        print_json(one)
        return
    facts = (
        ("Application", one.application_id),
        ("Name", one.name),
        ("Client id", one.client_id),
        ("Developer", one.developer_id),
        ("Status", f"{one.status}, {one.distribution}"),
        ("Scopes", short(one.scopes)),
        ("Optional", short(one.optional_scopes)),
        ("Roles", one.roles),
        ("Redirect URIs", one.redirect_uris),
        ("Login URI", one.login_uri),
        ("Registered", one.registered_at),
        ("Secret ends", one.secret_ends_at),
    )
    print_facts((name, value) for name, value in facts if value)
