"""What rates, labels and tracking take, in the processor's time: rates beside orders, tracking among many parcels.

    python -m benchmarks.shipping                                 # a million parcels, on SQLite
    python -m benchmarks.shipping --parcels 100000 --database postgresql+psycopg://USER@HOST/NAME     # an empty one

All in one process, so that a busy machine disturbs it least. No order is read twice before it is compared, no two
parcels weigh or measure the same, and the page of orders is a full one.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from http import HTTPStatus
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import msgspec

from benchmarks.report import Figure
from sellingpartner.market.inventory.commands import adjust
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.shipping.model import Parcel, Shipment
from sellingpartner.market.shipping.questions import find_parcel, find_shipment
from sellingpartner.market.shipping.tables import parcels, shipments
from sellingpartner.testing import TestMarket

PARCELS, FEW = 1_000_000, 20_000
_TIMES, _FEW_TIMES = 200, 120
_PAGE = 100
"""How many orders a page of getOrders holds, of which there must be as many."""
_CHUNK = 5_000
_ORDERS_OF_TIME = 1.5
_FLAT = 1.5
_JSON = {"Content-Type": "application/json"}
_SENDER = {
    "name": "Harbor Goods",
    "addressLine1": "300 Turnbull Ave",
    "city": "Detroit",
    "stateOrRegion": "MI",
    "postalCode": "48123",
    "countryCode": "US",
}
_HOME = _SENDER | {"name": "Ada Finch", "city": "Portland", "stateOrRegion": "OR", "postalCode": "97205"}
_PACKAGE: dict[str, Any] = {
    "dimensions": {"length": 10, "width": 8, "height": 4, "unit": "INCH"},
    "weight": {"unit": "OUNCE", "value": 20},
    "insuredValue": {"unit": "USD", "value": 25},
    "packageClientReferenceId": "box-1",
}
_SKU = "MUG-BLUE"
_AMAZON = "std-us-swa-mfn"
_SHIPMENTS = "/shipping/v2/shipments"
_RATES = f"{_SHIPMENTS}/rates"


def measure(folder: Path, *, is_quick: bool) -> list[Figure]:
    """All of it, among a million parcels unless it must be quick."""
    url = f"sqlite:///{folder / 'shipping.db'}"
    return measured(url, FEW if is_quick else PARCELS, _FEW_TIMES if is_quick else _TIMES)


def measured(url: str, count: int, times: int) -> list[Figure]:
    """The figures of a market of its own."""
    with TestMarket(url, limits="off") as market:
        shipper = _Shipper(market)
        order = shipper.orders(times)
        of_order, of_others = shipper.rates(times)
        page = shipper.pages(times)
        figures = [
            _figure("getOrder, none twice", order),
            _figure("getOrders, the same page of 100", page),
            _figure("getRates of an order of Amazon's", of_order),
            _figure("getRates of what was sold elsewhere", of_others),
            _ratio("getRates of an order of Amazon's, against getOrders", of_order / page),
            _ratio("getRates of what was sold elsewhere, against getOrders", of_others / page),
        ]
        for format_ in ("ZPL", "PDF", "PNG"):
            took = shipper.purchases(format_, times // 4)
            name = f"purchases with a label as {format_}, one after the other"
            figures.append(Figure(name=name, value=1000 / took, unit="/s of the processor"))
        shipper.buys(times)
        alone = shipper.tracking(times)
        shipper.grows(count)
        among = shipper.tracking(times)
        name = f"getTracking among {count:,} parcels, against a few"
        figures += [
            _figure("getTracking among a few parcels", alone),
            _figure(f"getTracking among {count:,} parcels", among),
            Figure(name=name, value=among / alone, unit="x", most=_FLAT),
        ]
        return figures


class _Shipper:
    """A seller who ships, in the process that serves."""

    def __init__(self, market: TestMarket) -> None:
        self._market = market
        self._said: list[dict[str, Any]] = []
        self._numbers: list[str] = []

    def orders(self, times: int) -> float:
        """Place orders, and read each for the first time."""
        with self._market.market.write(self._market.seller.seller_id) as unit:
            adjust(unit, _SKU, Place.SELLER, on_hand=times, reference="count")
        ids = [self._market.buys(_SKU) for _ in range(times)]
        self._market.advance(minutes=3)  # the payments clear; getOrders tells of what is two minutes old
        took = _each([self._prepared("GET", f"/orders/v0/orders/{one}") for one in ids])
        for one in ids:
            items = self._call("GET", f"/orders/v0/orders/{one}/orderItems")["payload"]["OrderItems"]
            named = [{"quantity": 1, "itemIdentifier": item["OrderItemId"]} for item in items]
            channel = {"channelType": "AMAZON", "amazonOrderDetails": {"orderId": one}}
            self._said.append(_asked(channel, named))
        return took

    def rates(self, times: int) -> tuple[float, float]:
        """Ask for rates of each order once, and of as many parcels that were sold elsewhere."""
        external = [_external() for _ in range(times)]
        told = [[_of_its_own(one, place) for place, one in enumerate(said)] for said in (self._said, external)]
        of_order, of_others = ([self._prepared("POST", _RATES, one) for one in said] for said in told)
        return _each(of_order), _each(of_others)

    def pages(self, times: int) -> float:
        """Read the same page of the seller's orders again and again."""
        target = "/orders/v0/orders?MarketplaceIds=ATVPDKIKX0DER&CreatedAfter=2020-01-01T00:00:00Z"
        found = len(self._call("GET", target)["payload"]["Orders"])
        if found != _PAGE:
            message = f"The page holds {found} orders and not {_PAGE}."
            raise RuntimeError(message)
        return _each([self._prepared("GET", target)] * times)

    def purchases(self, format_: str, times: int) -> float:
        """Buy labels, whose rates were asked for before."""
        found = [self._call("POST", _RATES, _external())["payload"] for _ in range(times)]
        return _each([self._prepared("POST", _SHIPMENTS, _purchase(one, format_)) for one in found])

    def buys(self, times: int) -> None:
        """Buy labels whose parcels are to be followed."""
        for _ in range(times):
            self._bought()

    def tracking(self, times: int) -> float:
        """Follow parcels, none twice in a row."""
        wanted = list(islice(_again(self._numbers), times))
        path = "/shipping/v2/tracking?carrierId=AMZN_US&trackingId="
        return _each([self._prepared("GET", path + one) for one in wanted])

    def grows(self, count: int) -> None:
        """Put so many parcels beside, each with its label, as they stand after a purchase."""
        bought = self._bought()["shipmentId"]
        with self._market.market.read(self._market.seller.seller_id) as unit:
            shipment, parcel = find_shipment(unit, bought), find_parcel(unit, bought)
        for first in range(0, count, _CHUNK):
            numbers = range(first, min(first + _CHUNK, count))
            with self._market.market.write(self._market.seller.seller_id) as unit:
                unit.execute(shipments.insert(), [_shipment_row(unit.seller_id, shipment, one) for one in numbers])
                unit.execute(parcels.insert(), [_parcel_row(unit.seller_id, parcel, one) for one in numbers])
        self._numbers = [_number(one) for one in range(0, count, max(count // 1000, 1))]

    def _bought(self) -> dict[str, Any]:
        found = self._call("POST", _RATES, _external())["payload"]
        answer: dict[str, Any] = self._call("POST", _SHIPMENTS, _purchase(found, "ZPL"))["payload"]
        self._numbers.append(answer["packageDocumentDetails"][0]["trackingId"])
        return answer

    def _call(self, method: str, target: str, body: object = None) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._prepared(method, target, body)())
        return found

    def _prepared(self, method: str, target: str, body: object = None) -> Callable[[], bytes]:
        """A call of which all is ready, so that nothing but the market works."""
        sent = None if body is None else json.dumps(body).encode()
        headers = _JSON if sent else {}

        def call() -> bytes:
            answer = self._market.seller.call(method, target, headers=headers, body=sent)
            if answer.status != HTTPStatus.OK:
                message = f"{method} {target}: {answer.status} {answer.body!r}"
                raise RuntimeError(message)
            return answer.body

        return call


def _each(calls: list[Callable[[], bytes]]) -> float:
    """Milliseconds of the processor for one, in the middle of all; the first brings what all others find."""
    calls[0]()
    taken = []
    for call in calls[1:]:
        began = process_time()
        call()
        taken.append((process_time() - began) * 1000)
    return median(taken)


def _purchase(found: dict[str, Any], format_: str) -> dict[str, Any]:
    rate = next(one for one in found["rates"] if one["serviceId"] == _AMAZON)
    printed = {
        "format": format_,
        "size": {"width": 4, "length": 6, "unit": "INCH"},
        "needFileJoining": True,
        "requestedDocumentTypes": ["LABEL"],
    }
    asked = {"requestToken": found["requestToken"], "rateId": rate["rateId"]}
    return asked | {"requestedDocumentSpecification": printed}


def _asked(channel: dict[str, Any], items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"shipFrom": _SENDER, "packages": [_PACKAGE | {"items": items}], "channelDetails": channel}


def _external() -> dict[str, Any]:
    items = [{"quantity": 1, "description": "Blue mug"}]
    return _asked({"channelType": "EXTERNAL"}, items) | {"shipTo": _HOME}


def _of_its_own(said: dict[str, Any], place: int) -> dict[str, Any]:
    """The same in a parcel that is like no other."""
    inches = {"length": 10 + place / 100, "width": 8 - place / 200, "height": 4 + place / 100, "unit": "INCH"}
    weight = {"unit": "OUNCE", "value": 10 + place / 10}
    (package,) = said["packages"]
    worth = {"unit": "USD", "value": 5 + place / 4}
    return said | {"packages": [package | {"dimensions": inches, "weight": weight, "insuredValue": worth}]}


def _again(numbers: list[str]) -> Iterator[str]:
    while True:
        yield from numbers


def _number(place: int) -> str:
    return f"TBB{place:012}"


def _shipment_row(seller_id: str, shipment: Shipment, place: int) -> dict[str, Any]:
    shipment_id = f"amzn1.sid.9{place:013}.100"
    kept = msgspec.structs.replace(shipment, shipment_id=shipment_id, tracking_id=_number(place), request_id=None)
    return {
        "seller_id": seller_id,
        "shipment_id": shipment_id,
        "order_id": None,
        "status": kept.status.value,
        "created_at": kept.created_at,
        "document": kept,
    }


def _parcel_row(seller_id: str, parcel: Parcel, place: int) -> dict[str, Any]:
    shipment_id = f"amzn1.sid.9{place:013}.100"
    kept = msgspec.structs.replace(
        parcel, parcel_id=shipment_id, shipment_id=shipment_id, tracking_id=_number(place), plan=[]
    )
    return {
        "seller_id": seller_id,
        "parcel_id": shipment_id,
        "order_id": None,
        "tracking_id": kept.tracking_id,
        "status": kept.status.value,
        "document": kept,
    }


def _figure(name: str, milliseconds: float) -> Figure:
    return Figure(name=f"{name}, p50", value=milliseconds, unit="ms of the processor")


def _ratio(name: str, value: float) -> Figure:
    return Figure(name=f"{name}, p50", value=value, unit="x", most=_ORDERS_OF_TIME)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shipping", description=__doc__.splitlines()[0])
    parser.add_argument("--parcels", type=int, default=PARCELS, help="how many parcels there are to be")
    parser.add_argument("--times", type=int, default=_TIMES, help="how often each call is made")
    parser.add_argument("--database", help="the address of an empty database; SQLite in a folder that is gone after")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="sellingpartner-shipping-") as folder:
        url = options.database or f"sqlite:///{Path(folder) / 'shipping.db'}"
        for one in measured(url, options.parcels, options.times):
            print(f"{one.name:70} {one.value:10.3f} {one.unit:22} {one.goal}")


if __name__ == "__main__":
    main()
