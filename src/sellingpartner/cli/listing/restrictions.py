"""`spapi restriction`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App

from sellingpartner.cli.parameters import FLAG, SEVERAL
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.cli.shown.printing import print_json, print_line
from sellingpartner.cli.words.marketplace_names import Marketplace, marketplace_id_of
from sellingpartner.contract.market_v1 import AddRestriction, ApproveSeller, ListRestrictions, RemoveRestriction

app = App(name="restriction", help="What may not be listed, or not without approval.")


@app.command
def add(
    kind: str,
    subject: str = "",
    *,
    seller: str | None = None,
    marketplace: Marketplace = None,
    condition: Annotated[tuple[str, ...], SEVERAL] = (),
    final: Annotated[bool, FLAG] = False,
    looked_at: Annotated[bool, FLAG] = False,
    to: Connection | None = None,
) -> None:
    """Restrict products; listings of them that stand are at fault at once.

    Args:
        kind: BRAND, PRODUCT_TYPE, CLASSIFICATION, ASIN or ALL.
        subject: The brand, the product type and so on; nothing for ALL.
        seller: Only for this seller, by its id.
        marketplace: Only there, by country (US) or marketplace id.
        condition: Only in this condition (new_new, used_good, ...); repeat it for more.
        final: Approval does not help.
        looked_at: Who asks for approval waits until `spapi restriction approve`.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(
        AddRestriction(
            kind=kind,
            subject=subject,
            seller_id=seller,
            marketplace_id=None if marketplace is None else marketplace_id_of(marketplace),
            conditions=list(condition),
            is_final=final,
            is_approved_at_once=not looked_at,
        )
    )
    if to.json:
        print_json(answer)
    else:
        print_line(f"Restriction {answer.restriction_id} holds.")


@app.command(name="list")
def list_restrictions(*, csv: Annotated[bool, FLAG] = False, to: Connection | None = None) -> None:
    """List what is restricted.

    Args:
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListRestrictions())
    columns = ("Restriction", "Kind", "Subject", "Conditions", "Reason", "Seller", "Marketplace")
    rows = [
        (one.restriction_id, one.kind, one.subject, one.conditions, one.reason, one.seller_id, one.marketplace_id)
        for one in answer.restrictions
    ]
    Printed(to, csv=csv).show(answer, columns, rows, empty="Nothing is restricted.")


@app.command
def remove(restriction: int, *, to: Connection | None = None) -> None:
    """Take a restriction back."""
    to = to or Connection()
    answer = to.send(RemoveRestriction(restriction_id=restriction))
    if to.json:
        print_json(answer)
    else:
        print_line(f"Restriction {restriction} is gone.")


@app.command
def approve(restriction: int, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Give a seller the approval that a restriction asks for.

    Args:
        restriction: The restriction's number.
        seller: The seller's id; the market's first seller unless said.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ApproveSeller(restriction_id=restriction, seller_id=seller))
    if to.json:
        print_json(answer)
    else:
        print_line(f"Restriction {restriction} does not hold for the seller any more.")
