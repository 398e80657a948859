"""`spapi message`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App

from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.contract.market_v1 import AnswerMessage, ListMessages, OrderMessages

app = App(name="message", help="What sellers and buyers write to each other: list it, answer as the buyer.")
_COLUMNS = ("At", "Order", "From", "Kind", "Text", "Files")


@app.command(name="list")
def list_messages(
    order: str | None = None,
    *,
    seller: str | None = None,
    csv: Annotated[bool, FLAG] = False,
    to: Connection | None = None,
) -> None:
    """List what was written, the newest first; of one order, `--json` says what may be written now.

    Args:
        order: The order's id; all orders of the seller unless said.
        seller: The seller's id; the market's first seller unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(ListMessages(order_id=order, seller_id=seller)), csv=csv)


@app.command
def answer(order: str, text: str, *, to: Connection | None = None) -> None:
    """Let the buyer of an order write to its seller.

    Args:
        order: The order's id.
        text: What the buyer writes.
        to: Which market.
    """
    to = to or Connection()
    _show(to, to.send(AnswerMessage(order_id=order, text=text)), csv=False)


def _show(to: Connection, answered: OrderMessages, *, csv: bool) -> None:
    rows = [(one.sent_at, one.order_id, one.sender, one.kind, one.text or "", one.files) for one in answered.messages]
    Printed(to, csv=csv).show(answered, _COLUMNS, rows, empty="Nobody wrote anything.")
