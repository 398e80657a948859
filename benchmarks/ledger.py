"""What the ledger costs: its share of a confirmation, a settlement of many events, pages among a million postings.

And a sale out of Amazon's stock, whose fee depends on how long that has lasted, with a short history and a long one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import msgspec

from benchmarks.report import Figure
from sellingpartner.contract.orders_v0 import ConfirmShipment, ConfirmShipmentOrderItem, PackageDetail
from sellingpartner.market.accounts.tables import sellers
from sellingpartner.market.amounts import Money
from sellingpartner.market.attributes import Attributes, Entry
from sellingpartner.market.catalog.commands import create_item
from sellingpartner.market.catalog.model import NewCatalogItem
from sellingpartner.market.events.inventory import StockMoved
from sellingpartner.market.events.orders import PackageShipped
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.model import Place, Reason
from sellingpartner.market.inventory.moving import change_of
from sellingpartner.market.inventory.tables import movements
from sellingpartner.market.listings.commands import list_item
from sellingpartner.market.listings.model import FulfillmentChannel, NewListing
from sellingpartner.market.money.ledger.balances.closing import end_period
from sellingpartner.market.money.ledger.model import EntryDetail, EntryKind, EntryLine, NewEntry, to_seller
from sellingpartner.market.money.ledger.policies import change_policy
from sellingpartner.market.money.ledger.posting import post
from sellingpartner.market.money.ledger.questions import (
    EntryFilter,
    legs_of,
    open_period,
    page_of_entries,
    statement_of,
)
from sellingpartner.market.money.ledger.selling.sales import post_sale
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.testing import TestMarket

_CONFIRMED, _FEW_CONFIRMED = 400, 100
_MOVED, _FEW_MOVED = 100_000, 10_000
_MOVED_BEFORE = 100
_SOLD = 200
_EVENTS, _FEW_EVENTS = 100_000, 5_000
_ENTRIES, _FEW_ENTRIES = 150_000, 10_000
_BEFORE = 5_000
_LINES = (
    ("Principal", 4_999),
    ("Tax", 400),
    ("MarketplaceFacilitatorTax-Principal", -400),
    ("ShippingCharge", 500),
    ("Commission", -825),
    ("FBAPerUnitFulfillmentFee", -561),
)
_POSTINGS = len(_LINES) + 1
_PAGE, _PAGES = 100, 50
_AT_ONCE = 1_000
_BEGAN = timedelta(days=10)
_LONG_AGO = timedelta(days=730)
_MOVEMENT = change_of("BOWL", Place.FBA, Reason.RECEIVED, "history", 0)
_SETTLED_HOURS = 2
"""How long it takes a closed period to be reported, at most."""
_SETTLEMENTS = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"
_LISTS = (
    ("listTransactions", "/finances/2024-06-19/transactions?postedAfter="),
    ("listFinancialEvents", f"/finances/v0/financialEvents?MaxResultsPerPage={_PAGE}&PostedAfter="),
)


def measure(folder: Path, *, is_quick: bool) -> list[Figure]:
    """Measure all of it, each in a market of its own."""
    return [
        *_share(folder, _FEW_CONFIRMED if is_quick else _CONFIRMED),
        *_history(folder, _FEW_MOVED if is_quick else _MOVED),
        *_settlement(folder, _FEW_EVENTS if is_quick else _EVENTS),
        *_pages(folder, _FEW_ENTRIES if is_quick else _ENTRIES),
    ]


def _share(folder: Path, count: int) -> list[Figure]:
    """What of a confirmShipment, from the request to the answer, is the posting of its sale."""
    market = TestMarket(f"sqlite:///{folder / 'confirmed.db'}")
    market.lists("BOWL", cents=2599, stock=count * 2)
    requests = [_confirmation(market, market.buys("BOWL")) for _ in range(count)]
    began = process_time()
    for request in requests:
        market.seller.send(request)
    confirming = process_time() - began
    facts = market.facts(PackageShipped)
    began = process_time()
    with market.market.write(market.seller_account.seller_id) as unit:
        for number, fact in enumerate(facts):
            post_sale(unit, msgspec.structs.replace(fact, order_id=f"999-9999999-{number:07d}"))
    posting = process_time() - began
    market.close()
    return [
        Figure(name="confirmShipment in process", value=confirming / count * 1e6, unit="us of the processor"),
        Figure(name="posting a sale", value=posting / count * 1e6, unit="us of the processor"),
        Figure(name="posting's share of confirmShipment", value=posting / confirming * 100, unit="%", most=25),
    ]


def _history(folder: Path, count: int) -> list[Figure]:
    """What posting a sale costs where low stock is asked about, with a short history of its SKU and a long one."""
    few, many = (_posted(folder / f"history-{moved}.db", moved) for moved in (_MOVED_BEFORE, count))
    name = "posting a sale that asks how long stock has lasted"
    return [
        Figure(name=f"{name}, after {_MOVED_BEFORE:,} movements", value=few, unit="us of the processor"),
        Figure(name=f"{name}, after {count:,}", value=many, unit="us of the processor"),
        Figure(name=f"{name}, the one by the other", value=many / few, unit="times", most=1.5),
    ]


def _posted(path: Path, moved: int) -> float:
    """The microseconds of the processor for a sale, on the day after the first of a SKU with so many movements."""
    market = TestMarket(f"sqlite:///{path}")
    fact = _sold_by_amazon(market)
    _move(market, moved)
    seller_id, tomorrow = market.seller_account.seller_id, market.now + timedelta(days=1)
    with market.market.write(seller_id) as unit:
        post_sale(unit, msgspec.structs.replace(fact, order_id="998-9999999-9999999"))
    began = process_time()
    for number in range(_SOLD):
        with market.market.write(seller_id, at=tomorrow) as unit:
            post_sale(unit, msgspec.structs.replace(fact, order_id=f"999-9999999-{number:07d}"))
    took = process_time() - began
    market.close()
    return took / _SOLD * 1e6


def _sold_by_amazon(market: TestMarket) -> PackageShipped:
    """Have Amazon ship an order of a seller who is no newcomer; returns what was told of that."""
    said: Entry = {name: {"value": 6, "unit": "inches"} for name in ("length", "width", "height")}
    sized: Attributes = {
        "item_name": [{"value": "Bowl"}],
        "brand": [{"value": "Harbor"}],
        "item_package_dimensions": [said],
        "item_package_weight": [{"value": 1, "unit": "pounds"}],
    }
    with market.market.write(market.seller_account.seller_id) as unit:
        here = market.marketplace_id
        asin = create_item(unit, NewCatalogItem(product_type="PRODUCT", attributes=sized, marketplaces=(here,)))
        price, by_amazon = Money(2599, "USD"), FulfillmentChannel.AFN
        list_item(
            unit,
            NewListing(sku="BOWL", marketplace_id=here, asin=asin, price=price, fulfillment_channel=by_amazon),
        )
        receive(unit, "BOWL", Place.FBA, 1000, reference="history")
    with market.market.write() as unit:
        unit.execute(sellers.update().values(joined_at=market.now - _LONG_AGO))
    market.buys("BOWL")
    market.advance(days=3)
    return market.facts(PackageShipped)[0]


def _move(market: TestMarket, count: int) -> None:
    """Have so many units of the SKU come and leave in the last two years, evenly, the latest a day ago."""
    seller_id = market.seller_account.seller_id
    step = (_LONG_AGO - timedelta(days=1)) / count
    for start in range(0, count, _AT_ONCE):
        with market.market.write(seller_id) as unit:
            for number in range(start, min(start + _AT_ONCE, count)):
                reason, change = (Reason.SHIPPED, -1) if number % 2 else (Reason.RECEIVED, 1)
                row = {
                    name: getattr(_MOVEMENT, name) for name in StockMoved.__struct_fields__ if name != "available_after"
                }
                row |= {"reason": reason.value, "on_hand_change": change}
                unit.stage(movements, "movement_id", row | {"moved_at": market.now - _LONG_AGO + number * step})


def _confirmation(market: TestMarket, order_id: str) -> ConfirmShipment:
    items = market.seller.call("GET", f"/orders/v0/orders/{order_id}/orderItems").json()["payload"]["OrderItems"]
    return ConfirmShipment(
        order_id=order_id,
        marketplace_id=market.marketplace_id,
        package_detail=PackageDetail(
            package_reference_id="1",
            carrier_code="UPS",
            tracking_number="1Z999AA10123456784",
            ship_date=market.now,
            order_items=[ConfirmShipmentOrderItem(order_item_id=one["OrderItemId"], quantity=1) for one in items],
        ),
    )


def _settlement(folder: Path, count: int) -> list[Figure]:
    """How long it takes to close a period in which so many events count, and to state what it is made of."""
    market = TestMarket(f"sqlite:///{folder / 'settled.db'}")
    _post(market, count)
    seller_id = market.seller_account.seller_id
    with market.market.write(seller_id) as unit:
        period = open_period(unit, "USD")
        assert period is not None
        began = perf_counter()
        end_period(unit, period.period_id)
        closing = perf_counter() - began
    with market.market.read(seller_id) as unit:
        began = perf_counter()
        lines = statement_of(unit, period.period_id)
        stating = perf_counter() - began
    assert sum(line.minor for line in lines) == period.balance_minor
    began = perf_counter()
    market.advance(hours=_SETTLED_HOURS)
    reporting = perf_counter() - began
    reports = market.seller.call("GET", f"/reports/2021-06-30/reports?reportTypes={_SETTLEMENTS}")
    assert [one["processingStatus"] for one in reports.json()["reports"]] == ["DONE"]
    market.close()
    return [
        Figure(name=f"a period of {count:,} events closed", value=closing * 1000, unit="ms"),
        Figure(name=f"a period of {count:,} events stated", value=stating, unit="s"),
        Figure(name=f"the three settlement reports of {count:,} events", value=reporting, unit="s"),
    ]


def _pages(folder: Path, count: int) -> list[Figure]:
    """A page with its postings, among few and among a million: it should cost the same."""
    market = TestMarket(f"sqlite:///{folder / 'pages.db'}")
    _post(market, _BEFORE)
    among_few = _page(market, _BEFORE)
    asked_few = _asked(market, _BEFORE)
    began = perf_counter()
    _post(market, count - _BEFORE, since=_BEFORE)
    took = perf_counter() - began
    among_many = _page(market, count)
    asked_many = _asked(market, count)
    market.close()
    name = f"a page of {_PAGE} entries with their postings"
    return [
        Figure(name="entries posted", value=(count - _BEFORE) / took, unit="a second"),
        Figure(name=f"{name}, among {_BEFORE * _POSTINGS:,} postings", value=among_few, unit="ms"),
        Figure(name=f"{name}, among {count * _POSTINGS:,}", value=among_many, unit="ms"),
        Figure(name="the one by the other", value=among_many / among_few, unit="times", most=1.5),
        *_compared(asked_few, asked_many, count),
    ]


def _compared(few: dict[str, float], many: dict[str, float], count: int) -> Iterator[Figure]:
    """What the operations that list the ledger take, among few and among many postings."""
    for name, among_many in many.items():
        yield Figure(name=f"{name}, p50 among {_BEFORE * _POSTINGS:,} postings", value=few[name], unit="ms")
        yield Figure(name=f"{name}, p50 among {count * _POSTINGS:,}", value=among_many, unit="ms")
        yield Figure(name=f"{name}, the one by the other", value=among_many / few[name], unit="times", most=1.5)


def _asked(market: TestMarket, count: int) -> dict[str, float]:
    """The median of answers to each of the operations, for moments all over the ledger, in milliseconds."""
    first = market.now - _BEGAN
    step = timedelta(seconds=(count - _PAGE) / _PAGES)
    moments = [f"{first + step * number:%Y-%m-%dT%H:%M:%SZ}" for number in range(_PAGES)]
    return {
        name: median(_timed(partial(_listed, market, path + moment)) for moment in moments) * 1000
        for name, path in _LISTS
    }


def _listed(market: TestMarket, target: str) -> None:
    """One answer, which says that there is more or fills a page."""
    assert market.seller.call("GET", target).status == HTTPStatus.OK


def _page(market: TestMarket, count: int) -> float:
    """The median of whole pages from all over the ledger, in milliseconds."""
    first = market.now - _BEGAN
    step = timedelta(seconds=(count - _PAGE) / _PAGES)
    with market.market.read(market.seller_account.seller_id) as unit:
        times = [_timed(partial(_read, unit, first + step * number)) for number in range(_PAGES)]
    return median(times) * 1000


def _read(unit: UnitOfWork, after: datetime) -> None:
    """One page, as a view of it is made."""
    page = page_of_entries(unit, EntryFilter(after=after), limit=_PAGE)
    assert len(page.entries) == _PAGE
    legs_of(unit, [one.entry_id for one in page.entries])


def _timed(work: Callable[[], None]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _post(market: TestMarket, count: int, *, since: int = 0) -> None:
    """Post so many sales, a second after each other, that are available at once."""
    seller_id = market.seller_account.seller_id
    with market.market.write(seller_id) as unit:
        change_policy(unit, "USD", deferral_days=0)
    legs = tuple(to_seller(component, minor, 1) for component, minor in _LINES)
    begins = market.now - _BEGAN
    for start in range(since, since + count, _AT_ONCE):
        with market.market.write(seller_id) as unit:
            for number in range(start, min(start + _AT_ONCE, since + count)):
                unit.now = begins + timedelta(seconds=number)
                detail = EntryDetail(lines=(EntryLine(sku="BOWL", asin="B000000001", quantity=1),), fulfillment="AFN")
                post(
                    unit,
                    NewEntry(
                        kind=EntryKind.SALE,
                        source=f"sold:{number}",
                        marketplace_id=market.marketplace_id,
                        currency="USD",
                        legs=legs,
                        detail=detail,
                        order_id=f"111-1111111-{number:07d}",
                    ),
                )
