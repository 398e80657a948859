"""What a plan of many SKUs takes, from its creation until it is packed, call by call and with what time brings.

    python -m benchmarks.inbound                                                    # on SQLite
    python -m benchmarks.inbound --database postgresql+psycopg://USER@HOST/NAME     # one that is empty

The market's clock is moved on as soon as an operation has begun, so that nothing is waited for but the work itself.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, TypeVar

import msgspec

from benchmarks.report import Figure
from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.market.catalog.commands import add_items
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.testing import TestMarket

SKUS, FEW = 1_500, 100
_UNITS, _SKUS_IN_A_BOX = 6, 5
_MOST_SECONDS = 5
_LONGER_THAN_ANY = 10
"""Seconds of the market's clock in which every operation of a plan is done."""
_BOX: dict[str, Any] = {
    "contentInformationSource": "BOX_CONTENT_PROVIDED",
    "dimensions": {"unitOfMeasurement": "IN", "length": 16, "width": 12, "height": 10},
    "weight": {"unit": "LB", "value": 30},
    "quantity": 1,
}
_WAREHOUSE = {
    "name": "Harbor Goods",
    "addressLine1": "300 Turnbull Ave",
    "city": "Detroit",
    "stateOrProvinceCode": "MI",
    "postalCode": "48123",
    "countryCode": "US",
    "phoneNumber": "+1 313 555 0100",
}

Answer = TypeVar("Answer")


def measure(folder: Path, *, is_quick: bool) -> list[Figure]:
    """What a plan takes."""
    count = FEW if is_quick else SKUS
    found = planned_and_packed(f"sqlite:///{folder / 'inbound.db'}", count)
    name = f"a plan of {count:,} SKUs"
    most = _MOST_SECONDS if count == SKUS else None
    return [
        Figure(name=f"{name}, created until packed", value=sum(found.values()), unit="s", most=most),
        *(Figure(name=f"{name}, {part}", value=seconds * 1000, unit="ms") for part, seconds in found.items()),
    ]


def planned_and_packed(url: str, count: int) -> dict[str, float]:
    """How many seconds each part of the way took."""
    with TestMarket(url, limits="off") as market:
        skus = _listed(market, count)
        return _Planner(market, skus).goes()


class _Planner:
    """A seller on the way from a list of SKUs to packed boxes."""

    def __init__(self, market: TestMarket, skus: list[str]) -> None:
        self._market, self._skus = market, skus
        self._took: dict[str, float] = {}

    def goes(self) -> dict[str, float]:
        """Go the whole way."""
        send, here = self._market.seller.send, self._market.marketplace_id
        items = [_units(sku) for sku in self._skus]
        said = {"destinationMarketplaces": [here], "sourceAddress": _WAREHOUSE, "items": items}
        created = self._timed("createInboundPlan", lambda: send(msgspec.convert(said, api.CreateInboundPlan)))
        plan_id = created.inbound_plan_id
        self._done("createInboundPlan", created.operation_id)
        generated = self._timed(
            "generatePackingOptions", lambda: send(api.GeneratePackingOptions(inbound_plan_id=plan_id))
        )
        self._done("generatePackingOptions", generated.operation_id)
        option = send(api.ListPackingOptions(inbound_plan_id=plan_id)).packing_options[0]
        chosen = api.ConfirmPackingOption(inbound_plan_id=plan_id, packing_option_id=option.packing_option_id)
        self._done("confirmPackingOption", self._timed("confirmPackingOption", lambda: send(chosen)).operation_id)
        (group,) = option.packing_groups
        boxes = [
            _BOX | {"items": items[first : first + _SKUS_IN_A_BOX]} for first in range(0, len(items), _SKUS_IN_A_BOX)
        ]
        packing = {"inboundPlanId": plan_id, "packageGroupings": [{"packingGroupId": group, "boxes": boxes}]}
        packed = self._timed("setPackingInformation", lambda: send(msgspec.convert(packing, api.SetPackingInformation)))
        self._done("setPackingInformation", packed.operation_id)
        return self._took

    def _timed(self, name: str, work: Callable[[], Answer]) -> Answer:
        began = perf_counter()
        answer = work()
        self._took[name] = perf_counter() - began
        return answer

    def _done(self, name: str, operation_id: str) -> None:
        """Let the time pass in which an operation is carried out; it must have gone well."""
        self._timed(f"{name} carried out", lambda: self._market.advance(seconds=_LONGER_THAN_ANY))
        found = self._market.seller.send(api.GetInboundOperationStatus(operation_id=operation_id))
        assert found.operation_status == "SUCCESS", found.operation_problems


def _listed(market: TestMarket, count: int) -> list[str]:
    """Books that Amazon fulfills, which need no preparation; they are listed before anything is measured."""
    skus = [f"BOOK-{number:05}" for number in range(count)]
    books = [
        NewItem(
            product_type="ABIS_BOOK",
            title=sku,
            brand="Harbor",
            weight_grams=500,
            length_mm=200,
            width_mm=130,
            height_mm=30,
        )
        for sku in skus
    ]
    with market.market.write(market.seller.seller_id) as unit:
        asins = add_items(unit, books)
    for sku, asin in zip(skus, asins, strict=True):
        market.lists(sku, stock=0, asin=asin, fulfillment_channel=FulfillmentChannel.AFN)
    return skus


def _units(sku: str) -> dict[str, Any]:
    return {"msku": sku, "quantity": _UNITS, "prepOwner": "NONE", "labelOwner": "SELLER"}


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inbound")
    parser.add_argument("--skus", type=int, default=SKUS)
    parser.add_argument("--database")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="sellingpartner-inbound-") as folder:
        found = planned_and_packed(options.database or f"sqlite:///{folder}/market.db", options.skus)
    for part, seconds in found.items():
        print(f"{part}: {seconds * 1000:,.0f} ms")
    print(f"{options.skus:,} SKUs, created until packed: {sum(found.values()):.2f} s")


if __name__ == "__main__":
    main()
