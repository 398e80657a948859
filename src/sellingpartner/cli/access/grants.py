"""`spapi grant`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from sellingpartner.cli.asked.completing import scope_words
from sellingpartner.cli.parameters import SEVERAL
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_facts, print_json, print_line, print_table
from sellingpartner.cli.words.scope_names import scopes_of, short
from sellingpartner.contract.market_v1 import CreateGrant, ListGrants, NarrowGrant, RevokeGrant

app = App(name="grant", help="What sellers let applications do.")


@app.command
def create(
    seller: str,
    application: str,
    *,
    scope: Annotated[tuple[str, ...], SEVERAL, Parameter(completer=scope_words)] = (),
    to: Connection | None = None,
) -> None:
    """Let an application act for a seller; the refresh token is shown this once.

    Args:
        seller: The seller's id.
        application: The application's id.
        scope: What it may do (orders, inventory, ...); repeat it for more. All that it is registered for unless said.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(CreateGrant(seller_id=seller, application_id=application, scopes=scopes_of(scope)))
    if to.json:
        print_json(answer)
    else:
        print_facts([("Grant", answer.grant_id), ("Refresh token", answer.refresh_token), ("Scopes", answer.scopes)])


@app.command(name="list")
def list_grants(*, seller: str | None = None, application: str | None = None, to: Connection | None = None) -> None:
    """List the grants, revoked ones included.

    Args:
        seller: Only this seller's, by its id.
        application: Only those of this application, by its id.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListGrants(seller_id=seller, application_id=application))
    if to.json:
        print_json(answer)
    else:
        print_table(
            ("Grant", "Application", "Scopes", "Given", "Ends", "Revoked"),
            [
                (one.grant_id, one.application_id, short(one.scopes), one.given_at, one.expires_at, one.revoked_at)
                for one in answer.grants
            ],
            empty="No seller has let an application in yet.",
        )


@app.command
def narrow(
    grant: str,
    *,
    withdraw: Annotated[tuple[str, ...], SEVERAL, Parameter(completer=scope_words)],
    to: Connection | None = None,
) -> None:
    """Take scopes out of a grant, and out of every token made from it, at once.

    Args:
        grant: The grant's id.
        withdraw: What the application may do no longer (finance, ...); repeat it for more.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(NarrowGrant(grant_id=grant, withdraw=scopes_of(withdraw) or []))
    if to.json:
        print_json(answer)
    elif answer.revoked_at is None:
        print_line(f"{grant} holds {', '.join(short(answer.scopes))}.")
    else:
        print_line(f"{grant} is revoked: nothing was left in it.")


@app.command
def revoke(grant: str, *, to: Connection | None = None) -> None:
    """Take a grant back: every token made from it stops working at once.

    Args:
        grant: The grant's id.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(RevokeGrant(grant_id=grant))
    if to.json:
        print_json(answer)
    else:
        print_line(f"{grant} is revoked.")
