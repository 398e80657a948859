"""`spapi app-notification`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App

from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.contract.market_v1 import AppTemplates, ListAppNotifications, ListAppTemplates, PutAppTemplate

app = App(name="app-notification", help="What applications show to sellers, and the templates of it.")


@app.command(name="list")
def list_notifications(
    *, seller: str | None = None, csv: Annotated[bool, FLAG] = False, to: Connection | None = None
) -> None:
    """List what applications show, or showed, to a seller; the newest first.

    Args:
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    found = to.send(ListAppNotifications(seller_id=seller))
    columns = ("At", "Application", "Template", "Status", "Title", "Body")
    rows = [
        (one.created_at, one.application_id, one.template_id, one.status, one.title, one.body)
        for one in found.notifications
    ]
    Printed(to, csv=csv).show(found, columns, rows, empty="No application shows the seller anything.")


@app.command
def templates(application: str, *, csv: Annotated[bool, FLAG] = False, to: Connection | None = None) -> None:
    """List the templates of an application: its own, and those that all have.

    Args:
        application: The application's id.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(ListAppTemplates(application_id=application)), csv=csv)


@app.command
def add_template(
    application: str, template: str, *, title: str, body: str, days: int = 14, to: Connection | None = None
) -> None:
    """Let an application have a template; parameters stand in braces, such as {sku}.

    Args:
        application: The application's id.
        template: The template's id, in capitals, digits and underscores.
        title: The title of a notification.
        body: What it says.
        days: For how many days it is shown.
        to: Which market.
    """
    to = to or Connection()
    asked = PutAppTemplate(application_id=application, template_id=template, title=title, body=body, days=days)
    _show(to, to.send(asked), csv=False)


def _show(to: Connection, found: AppTemplates, *, csv: bool) -> None:
    rows = [(one.template_id, one.title, one.body, one.parameters, one.days) for one in found.templates]
    columns = ("Template", "Title", "Body", "Parameters", "Days")
    Printed(to, csv=csv).show(found, columns, rows, empty="The application has no template.")
