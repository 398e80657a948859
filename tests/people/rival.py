"""A process beside others on one market: what it does when it is let go, and what it says then.

buy SKU COUNT      place orders, one by one; the ids of those that were accepted
work               run what is due until nothing is; how many things happened
shop COUNT         place orders of two SKUs while what is due is run, both by turns
advance MOMENT     let time pass until a moment
open               open the market and say its seed
put NUMBER COUNT   put one SKU again and again, each time whole and with this number in all that is said of it
rule               change a grant for each that is told (what, seller, grant), until that is None
exchange FORMS     send each of some token requests (a JSON list); the error of each, or null
"""

from __future__ import annotations

import json
from datetime import datetime
from multiprocessing.connection import Connection
from urllib.parse import urlencode

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.scopes import ORDERS
from sellingpartner.market.accounts.grants import narrow_grant, revoke_grant
from sellingpartner.market.accounts.questions import all_sellers
from sellingpartner.market.accounts.tables import applications, grants
from sellingpartner.market.listings.submitting import Put
from sellingpartner.market.listings.submitting import put as submit
from sellingpartner.market.market import Market
from sellingpartner.market.orders.commands import place
from sellingpartner.market.orders.purchase import Purchase, PurchaseLine
from sellingpartner.market.product_types.questions import example_of
from sellingpartner.server.app import Server
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.testing import Caller
from sellingpartner.testing.world import ADDRESS, BUYER, US

PATIENCE_SECONDS = 60
"""How long it waits for its turn behind others, which on a laden machine take long: no answer waits for it."""


def buy(market: Market, *skus: str) -> str | None:
    """Place an order of one unit each; its id, or None if it was refused."""
    with market.read() as unit:
        seller = all_sellers(unit)[0]
    lines = tuple(PurchaseLine(sku=sku) for sku in skus)
    try:
        with market.write(seller.seller_id) as unit:
            return place(unit, Purchase(marketplace_id=US, lines=lines, buyer=BUYER, address=ADDRESS)).order_id
    except InvalidInput:
        return None


def shop(market: Market, count: int) -> list[str | None]:
    """Order and work by turns."""
    made = []
    for number in range(count):
        made.append(buy(market, *["MUG-BLUE", "MUG-RED"][:: 1 if number % 2 else -1]))
        market.run_due()
    return made


def put(market: Market, number: int, count: int) -> list[str]:
    """Put one SKU; what became of each submission."""
    with market.read() as unit:
        seller = all_sellers(unit)[0]
    said = example_of("MUG", US, item_name=f"Mug {number}", purchasable_offer=number, fulfillment_availability=number)
    new = Put(sku="RACE", marketplace_id=US, product_type="MUG", attributes=said)
    answers = []
    for _ in range(count):
        with market.write(seller.seller_id) as unit:
            answers.append(submit(unit, new).status.value)
    return answers


def exchange(market: Market, form: dict[str, str]) -> str | None:
    """Ask for a token; the error, or None if it was given."""
    reply = Caller(Server(market, limits=Limits.OFF)).call("POST", "/auth/o2/token", body=urlencode(form).encode())
    error: str | None = reply.json().get("error")
    return error


def rule(market: Market, line: Connection) -> None:
    """Change grants, one for each change that is heard, and say when it is committed."""
    while (change := line.recv()) is not None:
        what, seller_id, grant_id = change
        with market.write(seller_id) as unit:
            match what:
                case "narrow":
                    narrow_grant(unit, seller_id, int(grant_id), withdraw=(ORDERS,))
                case "revoke":
                    revoke_grant(unit, seller_id, int(grant_id))
                case "roles":
                    unit.execute(grants.update().where(grants.c.grant_id == int(grant_id)).values(roles=()))
                case _:
                    ended = {"secret_ends_at": unit.now}
                    unit.execute(applications.update().values(ended))
        line.send("done")


def live(line: Connection, url: str, task: str, *said: str) -> None:
    """The process: it says that it is ready, waits for a word, does its task and says what came of it."""
    line.send("ready")
    line.recv()  # all rivals are let go at once
    market = Market.open(url, patience_seconds=PATIENCE_SECONDS)
    try:
        line.send(done(market, line, task, said))
    finally:
        market.close()


def done(market: Market, line: Connection, task: str, said: tuple[str, ...]) -> object:
    """Do one task."""
    answer: object = market.seed
    match task:
        case "buy":
            answer = [buy(market, said[0]) for _ in range(int(said[1]))]
        case "put":
            answer = put(market, int(said[0]), int(said[1]))
        case "exchange":
            answer = [exchange(market, form) for form in json.loads(said[0])]
        case "rule":
            rule(market, line)
        case "work":
            answer = market.run_due()
        case "shop":
            answer = shop(market, int(said[0]))
        case "advance":
            answer = market.advance_to(datetime.fromisoformat(said[0]))
        case _:
            pass
    return answer
