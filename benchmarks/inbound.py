"""What a plan of many SKUs takes, from its creation to its labels, call by call and with what time brings.

    python -m benchmarks.inbound                                                    # on SQLite
    python -m benchmarks.inbound --database postgresql+psycopg://USER@HOST/NAME     # one that is empty

The market's clock is moved on as soon as an operation has begun, so that nothing is waited for but the work itself. Of
the placement options the one with the most centers is chosen.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any, NamedTuple, TypeVar

import msgspec

from benchmarks.report import Figure
from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract import fulfillment_inbound_v0 as v0
from sellingpartner.contract.operation import Request
from sellingpartner.market.catalog.commands import add_items
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.testing import TestMarket

SKUS, FEW = 1_500, 100
_UNITS, _SKUS_IN_A_BOX = 6, 5
_MOST_SECONDS = 5
_LONGER_THAN_ANY = 40
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
    found = planned_to_labels(f"sqlite:///{folder / 'inbound.db'}", count)
    seconds, processor = (sum(column) for column in zip(*found.values(), strict=True))
    name = f"a plan of {count:,} SKUs"
    most = _MOST_SECONDS if count == SKUS else None
    return [
        Figure(name=f"{name}, created to labels", value=seconds, unit="s", most=most),
        Figure(name=f"{name}, processor time", value=processor, unit="s"),
        *(Figure(name=f"{name}, {part}", value=one.seconds * 1000, unit="ms") for part, one in found.items()),
    ]


class Taken(NamedTuple):
    """How long something took, by the wall's clock and of the processor."""

    seconds: float
    processor: float


def planned_to_labels(url: str, count: int) -> dict[str, Taken]:
    """How long each part of the way took."""
    with TestMarket(url, limits="off") as market:
        skus = _listed(market, count)
        return _Planner(market, skus).goes()


class _Planner:
    """A seller on the way from a list of SKUs to the labels of shipments."""

    def __init__(self, market: TestMarket, skus: list[str]) -> None:
        self._market, self._items = market, [_units(sku) for sku in skus]
        self._took: dict[str, Taken] = {}

    def goes(self) -> dict[str, Taken]:
        """Go the whole way."""
        plan_id = self._plans()
        self._packs(plan_id)
        placement = self._places(plan_id)
        self._has_carried(plan_id, placement)
        self._prints(plan_id, placement)
        return self._took

    def _plans(self) -> str:
        said = {"destinationMarketplaces": [self._market.marketplace_id], "sourceAddress": _WAREHOUSE}
        return str(self._does(msgspec.convert(said | {"items": self._items}, api.CreateInboundPlan)).inbound_plan_id)

    def _packs(self, plan_id: str) -> None:
        self._does(api.GeneratePackingOptions(inbound_plan_id=plan_id))
        option = self._asks(api.ListPackingOptions(inbound_plan_id=plan_id)).packing_options[0]
        self._does(api.ConfirmPackingOption(inbound_plan_id=plan_id, packing_option_id=option.packing_option_id))
        (group,) = option.packing_groups
        items = self._items
        boxes = [
            _BOX | {"items": items[first : first + _SKUS_IN_A_BOX]} for first in range(0, len(items), _SKUS_IN_A_BOX)
        ]
        packing = {"inboundPlanId": plan_id, "packageGroupings": [{"packingGroupId": group, "boxes": boxes}]}
        self._does(msgspec.convert(packing, api.SetPackingInformation))

    def _places(self, plan_id: str) -> api.PlacementOption:
        self._does(api.GeneratePlacementOptions(inbound_plan_id=plan_id))
        offered = self._asks(api.ListPlacementOptions(inbound_plan_id=plan_id)).placement_options
        chosen: api.PlacementOption = max(offered, key=lambda one: len(one.shipment_ids))
        confirmed = chosen.placement_option_id
        self._does(api.ConfirmPlacementOption(inbound_plan_id=plan_id, placement_option_id=confirmed))
        return chosen

    def _has_carried(self, plan_id: str, placement: api.PlacementOption) -> None:
        ready = {"start": self._market.now.isoformat()}
        wishes = [{"shipmentId": one, "readyToShipWindow": ready} for one in placement.shipment_ids]
        wish = {
            "inboundPlanId": plan_id,
            "placementOptionId": placement.placement_option_id,
            "shipmentTransportationConfigurations": wishes,
        }
        self._does(msgspec.convert(wish, api.GenerateTransportationOptions, strict=False))
        selections = [
            {"shipmentId": one, "transportationOptionId": self._partner(plan_id, one)} for one in placement.shipment_ids
        ]
        chosen = {"inboundPlanId": plan_id, "transportationSelections": selections}
        self._does(msgspec.convert(chosen, api.ConfirmTransportationOptions))

    def _partner(self, plan_id: str, shipment_id: str) -> str:
        """The offer of Amazon's partner to carry the boxes of a shipment."""
        asked = api.ListTransportationOptions(inbound_plan_id=plan_id, shipment_id=shipment_id)
        return next(
            str(one.transportation_option_id)
            for one in self._asks(asked).transportation_options
            if one.shipping_solution == "AMAZON_PARTNERED_CARRIER" and one.shipping_mode == "GROUND_SMALL_PARCEL"
        )

    def _prints(self, plan_id: str, placement: api.PlacementOption) -> None:
        for shipment_id in placement.shipment_ids:
            shipment = self._asks(api.GetShipment(inbound_plan_id=plan_id, shipment_id=shipment_id))
            link = self._asks(
                v0.GetLabels(
                    shipment_id=shipment.shipment_confirmation_id,
                    page_type=v0.PageType.PACKAGE_LABEL_THERMAL,
                    label_type=v0.LabelType.BARCODE_2D,
                )
            ).payload.download_url
            printed = self._timed("labels", partial(self._market.anybody().call, "GET", "/" + link.split("/", 3)[3]))
            assert printed.status == 200, printed.body  # noqa: PLR2004 - found

    def _does(self, request: Request[Any]) -> Any:  # noqa: ANN401 - what the operation answers
        """Have an operation done; it must go well."""
        name = request.operation.name
        begun = self._asks(request)
        self._timed(f"{name} carried out", lambda: self._market.advance(seconds=_LONGER_THAN_ANY))
        found = self._market.seller.send(api.GetInboundOperationStatus(operation_id=begun.operation_id))
        assert found.operation_status == "SUCCESS", found.operation_problems
        return begun

    def _asks(self, request: Request[Any]) -> Any:  # noqa: ANN401 - its answer
        return self._timed(request.operation.name, lambda: self._market.seller.send(request))

    def _timed(self, name: str, work: Callable[[], Answer]) -> Answer:
        began, worked = perf_counter(), process_time()
        answer = work()
        before = self._took.get(name, Taken(0, 0))
        took = Taken(before.seconds + perf_counter() - began, before.processor + process_time() - worked)
        self._took[name] = took
        return answer


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
        found = planned_to_labels(options.database or f"sqlite:///{folder}/market.db", options.skus)
    for part, one in found.items():
        print(f"{part}: {one.seconds * 1000:,.0f} ms, {one.processor * 1000:,.0f} of the processor")
    seconds, processor = (sum(column) for column in zip(*found.values(), strict=True))
    print(f"{options.skus:,} SKUs, created to labels: {seconds:.2f} s, {processor:.2f} of the processor")


if __name__ == "__main__":
    main()
