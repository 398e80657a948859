from __future__ import annotations

import pytest
from modeled import check_form

from sellingpartner.contract import vehicles_2024_11_01 as api
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.catalog.vehicles import VehicleType, vehicles
from sellingpartner.testing import Caller
from sellingpartner.testing.world import US

CAR, MOTORBIKE = api.VehicleType.CAR, api.VehicleType.MOTORBIKE


def page(
    seller: Caller, kind: api.VehicleType = CAR, token: str | None = None, after: str | None = None
) -> api.VehiclesResponse:
    return seller.send(api.GetVehicles(marketplace_id=US, vehicle_type=kind, page_token=token, updated_after=after))


def amazon_ids(found: api.VehiclesResponse) -> list[str]:
    return [one.value for each in found.vehicles for one in each.identifiers if one.standard == "AMAZON_ID"]


def test_all_cars_are_gone_through_and_back(seller: Caller) -> None:
    pages = [page(seller)]
    while (more := pages[-1].pagination) is not None and more.next_token:
        pages.append(page(seller, token=more.next_token))

    found = [one for each in pages for one in amazon_ids(each)]
    assert found == [one.amazon_id for one in vehicles() if one.model.type is VehicleType.CAR]
    assert len(pages) > 2
    last = pages[-1].pagination
    assert last is not None
    assert amazon_ids(page(seller, token=last.previous_token)) == amazon_ids(pages[-2])


def test_what_was_taken_in_lately_is_asked_for_alone(seller: Caller) -> None:
    every = page(seller, MOTORBIKE).vehicles
    days = sorted({one.last_processed_date or "" for one in every})

    lately = page(seller, MOTORBIKE, after=days[-2]).vehicles

    assert {one.last_processed_date for one in lately} == {days[-1]}
    assert page(seller, MOTORBIKE, after="2999-01-01").vehicles == []


def test_an_answer_has_amazons_form(seller: Caller) -> None:
    reply = seller.call("GET", f"/catalog/2024-11-01/automotive/vehicles?marketplaceId={US}&vehicleType=CAR")

    assert reply.status == 200
    check_form(reply.json(), "vehicles_2024-11-01.json", "VehiclesResponse")


@pytest.mark.parametrize(
    "query",
    [
        f"marketplaceId={US}&vehicleType=BOAT",
        f"marketplaceId={US}",
        "vehicleType=CAR",
        f"marketplaceId={BY_COUNTRY['JP'].marketplace_id}&vehicleType=CAR",
        f"marketplaceId={US}&vehicleType=CAR&updatedAfter=yesterday",
        f"marketplaceId={US}&vehicleType=CAR&updatedAfter=9999-12-31T23:59:59-14:00",
        f"marketplaceId={US}&vehicleType=CAR&pageToken=x",
    ],
)
def test_what_cannot_be_asked_is_refused(seller: Caller, query: str) -> None:
    assert seller.call("GET", f"/catalog/2024-11-01/automotive/vehicles?{query}").status == 400


def test_a_token_is_of_no_use_for_another_kind(seller: Caller) -> None:
    pagination = page(seller).pagination
    assert pagination is not None

    with pytest.raises(InvalidInput, match="pageToken is not valid"):
        page(seller, MOTORBIKE, token=pagination.next_token)
