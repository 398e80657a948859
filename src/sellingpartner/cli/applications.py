"""`spapi application`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App

from sellingpartner.cli.connection import Connection
from sellingpartner.cli.parameters import SEVERAL
from sellingpartner.cli.printing import print_facts, print_json, print_table
from sellingpartner.cli.scope_names import scopes_of
from sellingpartner.contract.market_v1 import CreateApplication, ListApplications

app = App(name="application", help="Applications that sellers may let in.")


@app.command
def create(
    name: str,
    *,
    scope: Annotated[tuple[str, ...], SEVERAL] = (),
    redirect_uri: Annotated[tuple[str, ...], SEVERAL] = (),
    developer: str | None = None,
    to: Connection | None = None,
) -> None:
    """Register an application; its client secret is shown this once.

    Args:
        name: The application's name.
        scope: What it asks sellers for (orders, inventory, ...); repeat it for more. All scopes unless said.
        redirect_uri: Where sellers are sent back to; repeat it for more.
        developer: Who writes it.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(
        CreateApplication(
            name=name,
            scopes=scopes_of(scope),
            redirect_uris=list(redirect_uri) or None,
            developer_name=developer,
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


@app.command(name="list")
def list_applications(*, to: Connection | None = None) -> None:
    """List the applications."""
    to = to or Connection()
    answer = to.send(ListApplications())
    if to.json:
        print_json(answer)
    else:
        print_table(
            ("Application", "Name", "Client id", "Registered"),
            [(one.application_id, one.name, one.client_id, one.registered_at) for one in answer.applications],
            empty="No application is registered yet.",
        )
