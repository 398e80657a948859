from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from modeled import check_form

from sellingpartner.contract import supply_sources_2020_07_01 as v1
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.orders_2026_01_01 import GetOrder, IncludedData
from sellingpartner.market.events.supply import SupplySourceChanged
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import Caller, TestMarket

BASE = "/supplySources/2020-07-01/supplySources"
FORM = "supplySources_2020-07-01.json"
ADDRESS = v1.Address(
    name="North Shed",
    address_line1="1 Quay",
    city="Portland",
    state_or_region="OR",
    postal_code="97205",
    country_code="US",
)
HOURS = {"monday": [{"startTime": "09:00", "endTime": "12:00"}, {"startTime": "13:00", "endTime": "18:00"}]}
OPERATING = {
    "contactDetails": {"primary": {"email": "shed@harbor.example.com", "phone": "+1 503 555 0100"}},
    "throughputConfig": {"throughputCap": {"value": 5, "timeUnit": "Days"}, "throughputUnit": "Order"},
    "operatingHoursByDay": HOURS,
    "handlingTime": {"value": 1, "timeUnit": "Hours"},
}
WHOLE = {
    "alias": "The shed",
    "configuration": {"operationalConfiguration": OPERATING, "timezone": "America/Los_Angeles"},
    "capabilities": {
        "outbound": {
            "isSupported": True,
            "operationalConfiguration": OPERATING,
            "deliveryChannel": {"isSupported": True},
            "pickupChannel": {
                "isSupported": True,
                "inventoryHoldPeriod": {"value": 4, "timeUnit": "Days"},
                "inStorePickupConfiguration": {
                    "isSupported": True,
                    "parkingConfiguration": {"parkingCostType": "Free"},
                },
            },
        },
        "services": {"isSupported": False},
    },
}


def created(seller: Caller, code: str = "SHED") -> str:
    return seller.send(v1.CreateSupplySource(supply_source_code=code, alias="Shed", address=ADDRESS)).supply_source_id


def put(seller: Caller, source: str, said: object) -> dict[str, Any] | None:
    """What is wrong with a change; None if it was made."""
    body = msgspec.json.encode(said)
    reply = seller.call("PUT", f"{BASE}/{source}", headers={"content-type": "application/json"}, body=body)
    if reply.status == 204:
        return None
    refusal: dict[str, Any] = reply.json()["errors"][0]
    return refusal


def outbound(**said: object) -> dict[str, Any]:
    return {"capabilities": {"outbound": said}}


def operational(**said: object) -> dict[str, Any]:
    return {"configuration": {"operationalConfiguration": said}}


def test_a_source_begins_inactive_and_is_switched_on_and_off(seller: Caller, market: TestMarket) -> None:
    source = created(seller)

    assert seller.send(v1.GetSupplySource(supply_source_id=source)).status == "Inactive"
    for status in (v1.SupplySourceStatus.ACTIVE, v1.SupplySourceStatus.INACTIVE):
        seller.send(v1.UpdateSupplySourceStatus(supply_source_id=source, status=status))
        assert seller.send(v1.GetSupplySource(supply_source_id=source)).status == status.value
    assert [fact.status for fact in market.facts(SupplySourceChanged)] == ["Inactive", "Active", "Inactive"]


def test_what_is_set_up_is_read_again_as_amazon_shows_it(seller: Caller) -> None:
    source = created(seller)
    assert put(seller, source, WHOLE) is None

    shown = seller.call("GET", f"{BASE}/{source}").json()

    check_form(shown, FORM, "SupplySource")
    assert {name: shown[name] for name in WHOLE} == WHOLE
    assert shown["createdAt"] == "2026-11-02T09:00:00Z"


def test_a_part_that_is_not_sent_stays(seller: Caller) -> None:
    source = created(seller)
    put(seller, source, WHOLE)

    put(seller, source, {"alias": "Another"})

    shown = seller.call("GET", f"{BASE}/{source}").json()
    assert (shown["alias"], shown["capabilities"]) == ("Another", WHOLE["capabilities"])


def test_an_archived_source_can_be_read_and_never_changed(seller: Caller) -> None:
    source = created(seller)
    seller.send(v1.ArchiveSupplySource(supply_source_id=source))

    refused = [
        put(seller, source, {"alias": "x"}),
        put(seller, f"{source}/status", {"status": "Active"}),
        seller.call("DELETE", f"{BASE}/{source}").json()["errors"][0],
    ]

    archived = "Supply Source has been archived and cannot be modified."
    assert refused == [{"code": "InvalidInput", "message": archived, "details": "1005"}] * 3
    assert seller.send(v1.GetSupplySource(supply_source_id=source)).status == "Archived"
    assert seller.send(v1.GetSupplySources()).supply_sources == []


def test_a_code_is_taken_once_whatever_became_of_its_source(seller: Caller, market: TestMarket) -> None:
    seller.send(v1.ArchiveSupplySource(supply_source_id=created(seller)))

    with pytest.raises(InvalidInput) as refused:
        created(seller)

    assert (refused.value.message, refused.value.details) == ("Supply Source with given Code already exists", "1004")
    created(market.caller(seller=market.join("Quay Goods")))


def test_sources_are_listed_page_by_page(seller: Caller) -> None:
    made = [created(seller, f"S{number}") for number in range(5)]
    seen: list[str | None] = []
    token = None
    while True:
        page = seller.send(v1.GetSupplySources(page_size=Decimal(2), next_page_token=token))
        seen += [one.supply_source_id for one in page.supply_sources or []]
        token = page.next_page_token
        if token is None:
            break
    assert seen == made
    check_form(seller.call("GET", f"{BASE}?pageSize=2").json(), FORM, "GetSupplySourcesResponse")


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({"alias": " "}, "alias"),
        ({"alias": "a\nb"}, "alias"),
        ({"configuration": {"timezone": "Mars/Base"}}, "configuration.timezone"),
        ({"configuration": {"timezone": "../etc"}}, "configuration.timezone"),
        (operational(handlingTime={"value": 1}), "configuration.operationalConfiguration.handlingTime"),
        (operational(handlingTime={"value": 10**12, "timeUnit": "Days"}), "handlingTime.value"),
        (operational(handlingTime={"value": -1, "timeUnit": "Days"}), "handlingTime"),
        (operational(throughputConfig={"throughputUnit": "Parcel"}), "throughputUnit"),
        (
            operational(throughputConfig={"throughputUnit": "Order", "throughputCap": {"timeUnit": "Days"}}),
            "throughputCap",
        ),
        (
            operational(operatingHoursByDay={"monday": [{"startTime": "9:00", "endTime": "10:00"}]}),
            "monday[0].startTime",
        ),
        (operational(operatingHoursByDay={"monday": [{"startTime": "24:00", "endTime": "24:00"}]}), "startTime"),
        (operational(operatingHoursByDay={"monday": [{"startTime": "10:00", "endTime": "09:00"}]}), "monday[0]"),
        (operational(operatingHoursByDay={"monday": [{"startTime": "10:00"}]}), "monday[0].endTime"),
        (
            operational(
                operatingHoursByDay={
                    "friday": [{"startTime": "10:00", "endTime": "12:00"}, {"startTime": "09:00", "endTime": "11:00"}]
                }
            ),
            "friday",
        ),
        (operational(contactDetails={"primary": {"email": "nobody"}}), "email"),
        (operational(contactDetails={"primary": {"phone": "call me"}}), "phone"),
        (outbound(returnLocation={}), "returnLocation"),
        (outbound(returnLocation={"supplySourceId": "x"}), "returnLocation.supplySourceId"),
        (
            outbound(pickupChannel={"inventoryHoldPeriod": {"timeUnit": "Days"}}),
            "capabilities.outbound.pickupChannel.inventoryHoldPeriod",
        ),
        (
            outbound(returnLocation={"addressWithContact": {"address": {"addressLine1": "x", "countryCode": "na"}}}),
            "address",
        ),
    ],
)
def test_what_cannot_be_is_named_and_changes_nothing(seller: Caller, said: dict[str, Any], path: str) -> None:
    source = created(seller)

    refused = put(seller, source, said)

    assert refused is not None
    assert refused["code"] == "InvalidInput"
    assert path in refused["message"]
    assert seller.send(v1.GetSupplySource(supply_source_id=source)).alias == "Shed"


@pytest.mark.parametrize(
    "change",
    [
        {"address": {"countryCode": "USA"}},
        {"address": {"countryCode": "us"}},
        {"address": {"name": ""}},
        {"address": {"addressLine1": "x" * 181}},
        {"address": {"phone": "no"}},
        {"supplySourceCode": ""},
        {"supplySourceCode": "x" * 65},
        {"alias": ""},
    ],
)
def test_a_source_that_cannot_be_is_not_created(seller: Caller, change: dict[str, Any]) -> None:
    right: dict[str, Any] = {"supplySourceCode": "A", "alias": "A", "address": msgspec.to_builtins(ADDRESS)}
    address = right["address"] | change.get("address", {})
    body = msgspec.json.encode(right | change | {"address": address})

    reply = seller.call("POST", BASE, headers={"content-type": "application/json"}, body=body)

    assert reply.status == 400
    assert seller.send(v1.GetSupplySources()).supply_sources == []


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (f"{BASE}/x", 400),
        (f"{BASE}/00000000-0000-4000-8000-000000000000", 404),
        (f"{BASE}?nextPageToken=x", 400),
        (f"{BASE}?pageSize=0", 400),
        (f"{BASE}?pageSize=1.5", 400),
        (f"{BASE}?pageSize=1e999", 400),
    ],
)
def test_what_is_not_there_is_refused(seller: Caller, target: str, status: int) -> None:
    reply = seller.call("GET", target)

    assert reply.status == status
    check_form(reply.json(), FORM, "ErrorList")


def test_a_source_of_another_seller_is_not_there(seller: Caller, market: TestMarket) -> None:
    source = created(seller)

    with pytest.raises(NotFound):
        market.caller(seller=market.join("Quay Goods")).send(v1.GetSupplySource(supply_source_id=source))


def test_a_package_that_leaves_a_source_says_from_where(seller: Caller, market: TestMarket) -> None:
    source, order_id = created(seller, "SHED-9"), market.buys("MUG-BLUE", quantity=2)
    with market.market.write(seller.seller_id) as unit:
        (item_id,) = order_of(unit, order_id).unshipped_quantities()
        for reference, place in (("1", source), ("2", None)):
            left = Parcel(
                reference=reference,
                shipped_at=unit.now,
                quantities={item_id: 1},
                carrier_code="UPS",
                supply_source_id=place,
            )
            orders.ship(unit, order_id, left)

    asked = GetOrder(order_id=order_id, included_data=[IncludedData.PACKAGES])
    shown, other = seller.send(asked).order.packages or []

    assert shown.ship_from_address is not None
    assert (shown.ship_from_address.name, shown.ship_from_address.address_line1) == (
        ADDRESS.name,
        ADDRESS.address_line1,
    )
    assert (shown.ship_from_address.country_code, other.ship_from_address) == (ADDRESS.country_code, None)
