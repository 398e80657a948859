"""How long the console's pages take among a million orders, with their facts and postings (`lives.py`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks import lives
from benchmarks.market import Api, credentials_of, serving_market
from benchmarks.report import Figure
from sellingpartner.market.market import Market
from sellingpartner.market.money.ledger.questions import currencies_of, latest_entries, periods_of, statement_of
from sellingpartner.market.orders.questions import Browsed, newest_orders
from sellingpartner.market.orders.tables import orders
from sellingpartner.server.app import Server
from sellingpartner.testing import Caller

_MANY = 1_000_000
_TIMES = 15
_PATIENCE = 100
"""How many milliseconds of the processor a page may take."""
_DEEP = 40
"""So many pages down the list a page is asked for."""
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


class Taken(NamedTuple):
    """What a page takes, in milliseconds of the processor and by the wall, which a busy machine slows down."""

    processor: float
    wall: float

    @property
    def unit(self) -> str:
        """The unit of the first, with the second."""
        return f"ms of the processor, {self.wall:.3g} by the wall"


class Visitor:
    """The operator at the pages, in the process that serves them."""

    def __init__(self, server: Server) -> None:
        self._caller = Caller(server)
        self._cookies: dict[str, str] = {}
        found = _TOKEN.search(self.opens("/console/sign-in"))
        form = urlencode({"csrf": found[1] if found else ""}).encode()
        self._ask("POST", "/console/operator", form)

    def opens(self, target: str) -> str:
        """A page."""
        return self._ask("GET", target, None)

    def milliseconds(self, target: str) -> Taken:
        """What a page takes, in the middle of several times."""
        self.opens(target)
        taken = []
        for _ in range(_TIMES):
            began = process_time(), perf_counter()
            self.opens(target)
            taken.append(((process_time() - began[0]) * 1000, (perf_counter() - began[1]) * 1000))
        return Taken(median(one for one, _ in taken), median(one for _, one in taken))

    def _ask(self, method: str, target: str, body: bytes | None) -> str:
        sent = {"Host": "127.0.0.1", "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        reply = self._caller.call(method, target, headers=sent, body=body)
        assert reply.status in {200, 303}, f"{target}: {reply.status}"
        name, _, value = reply.headers.get("set-cookie", "").partition(";")[0].partition("=")
        if name:
            self._cookies[name] = value
        return reply.body.decode()


def measure(folder: Path, *, is_quick: bool) -> list[Figure]:
    """Measure the pages in a demo world and, unless it must be quick, among a million orders."""
    database = folder / "market.db"
    with serving_market(database) as server:
        api = Api(server.port, credentials_of(database))
        api.close()
    few = _measured(database, api.seller_id)
    if is_quick:
        return [
            Figure(name=f"{name}, in a demo world", value=one.processor, unit=one.unit) for name, one in few.items()
        ]
    _grow(database, api.seller_id)
    return list(_told(few, _measured(database, api.seller_id)))


def _told(few: Mapping[str, Taken], many: Mapping[str, Taken]) -> Iterator[Figure]:
    for name, one in many.items():
        if name in few:
            yield Figure(name=f"{name}, in a demo world", value=few[name].processor, unit=few[name].unit)
        yield Figure(name=f"{name}, among {_MANY:,} orders", value=one.processor, unit=one.unit, most=_PATIENCE)


def _grow(database: Path, seller_id: str) -> None:
    market = Market.open(f"sqlite:///{database}")
    with market.read(seller_id) as unit:
        is_grown = unit.count(orders) >= _MANY
    market.close()
    if not is_grown:
        lives.grow(database, seller_id, _MANY)


def _measured(database: Path, seller_id: str) -> dict[str, Taken]:
    market = Market.open(f"sqlite:///{database}")
    market.freeze()
    visitor = Visitor(Server(market))
    found = {name: visitor.milliseconds(target) for name, target in _pages(market, seller_id).items()}
    market.close()
    return found


def _pages(market: Market, seller_id: str) -> dict[str, str]:
    """What the pages are called, and where they are."""
    with market.read(seller_id) as unit:
        page = newest_orders(unit, Browsed(), limit=50)
        newest = page.orders[0]
        for _ in range(_DEEP):
            if page.next_key is not None:
                page = newest_orders(unit, Browsed(), page.next_key, limit=50)
        currencies = currencies_of(unit)
        rarest = min(currencies, key=lambda one: len(latest_entries(unit, one, 10_000).entries))
        busiest = max(periods_of(unit), key=lambda one: sum(part.count for part in statement_of(unit, one.period_id)))
        deep = page.orders[0].order_id, f"{int(page.orders[0].purchased_at.timestamp() * 1e6)}"
    shop = f"seller={seller_id}"
    sku = urlencode({"sku": newest.items[0].sku})
    day = f"{newest.purchased_at:%Y-%m-%d}"
    return {
        "the market at a glance": f"/console/market?{shop}",
        "the newest orders": f"/console/orders?{shop}",
        f"orders, {_DEEP} pages on": f"/console/orders?{shop}&below={deep[1]}.{deep[0]}",
        "orders of a SKU": f"/console/orders?{shop}&{sku}",
        "orders that Amazon ships": f"/console/orders?{shop}&channel=AFN",
        "orders that are to be shipped": f"/console/orders?{shop}&status=Unshipped",
        "orders of a state that none has": f"/console/orders?{shop}&status=Unfulfillable",
        "orders of a SKU and of a state that none has": f"/console/orders?{shop}&{sku}&status=Unfulfillable",
        "canceled orders that Amazon ships": f"/console/orders?{shop}&status=Canceled&channel=AFN",
        "shipped orders of a marketplace": f"/console/orders?{shop}&status=Shipped&marketplace={newest.marketplace_id}",
        "orders of a day": f"/console/orders?{shop}&since={day}&until={day}",
        "the newest order": f"/console/orders/{newest.order_id}?{shop}",
        f"an order, {_DEEP} pages on": f"/console/orders/{deep[0]}?{shop}",
        "products": f"/console/products?{shop}",
        "one product": f"/console/product?{shop}&{sku}&marketplace={newest.marketplace_id}",
        "money": f"/console/money?{shop}",
        "money in the currency that is seen least": f"/console/money?{shop}&currency={rarest}",
        "the settlement period with most in it": f"/console/money?{shop}&period={busiest.period_id}",
        "documents": f"/console/documents?{shop}",
        "notifications": "/console/notifications",
        "notifications that were given up": "/console/notifications?state=DEAD",
        "requests": "/console/requests",
        "the clock": "/console/clock",
    }
