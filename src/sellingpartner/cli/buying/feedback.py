"""`spapi feedback`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App

from sellingpartner.cli.parameters import FLAG, SEVERAL
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.contract.market_v1 import LeaveFeedback, ListFeedback, ReviewItem, SellerFeedback

app = App(name="feedback", help="What buyers say of sellers and of items: list it, rate an order or review an item.")
_COLUMNS = ("At", "Order", "Rating", "Comment")
_REVIEW = ("At", "Order", "ASIN", "Stars", "Words")


@app.command(name="list")
def list_feedback(
    *, seller: str | None = None, csv: Annotated[bool, FLAG] = False, to: Connection | None = None
) -> None:
    """List what buyers said last of a seller; `--json` says how many ratings there are, and how many are good.

    Args:
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    found = to.send(ListFeedback(seller_id=seller))
    Printed(to, csv=csv).show(
        found, _COLUMNS, [_row(one) for one in found.feedback], empty="Nobody has rated this seller."
    )


@app.command
def leave(order: str, rating: int, comment: str = "", *, to: Connection | None = None) -> None:
    """Let the buyer of an order rate its seller: once, when it has come or should have, within 90 days.

    Args:
        order: The order's id.
        rating: From 1 to 5.
        comment: What the buyer says.
        to: Which market.
    """
    to = to or Connection()
    left = to.send(LeaveFeedback(order_id=order, rating=rating, comment=comment))
    Printed(to, csv=False).show(left, _COLUMNS, [_row(left)], empty="")


@app.command
def review(
    order: str,
    sku: str,
    stars: int,
    *,
    praise: Annotated[list[str] | None, SEVERAL] = None,
    fault: Annotated[list[str] | None, SEVERAL] = None,
    to: Connection | None = None,
) -> None:
    """Let the buyer of an order review what was bought under an SKU: once, when it has come.

    Args:
        order: The order's id.
        sku: The seller's SKU of the item.
        stars: From 1 to 5.
        praise: A topic that the buyer speaks well of, such as quality; repeat it for more.
        fault: A topic that the buyer speaks ill of, such as size; repeat it for more.
        to: Which market.
    """
    to = to or Connection()
    asked = ReviewItem(order_id=order, sku=sku, stars=stars, praised=praise or [], faulted=fault or [])
    written = to.send(asked)
    row = (written.written_at, written.order_id, written.asin, written.stars, " ".join(written.words))
    Printed(to, csv=False).show(written, _REVIEW, [row], empty="")


def _row(one: SellerFeedback) -> tuple[object, ...]:
    return one.left_at, one.order_id, one.rating, one.comment
