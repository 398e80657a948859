"""Lists of jobs: filtered, sorted, forward and back."""

from __future__ import annotations

import pytest
from modeled import check_form
from serviceman import MODEL, MOUNTING, Serviceman
from shopkeeper import DE

from sellingpartner.contract import services_v1 as v1
from sellingpartner.market.orders.commands import ship
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.saying import US

SINCE = "2026-11-01T00:00:00Z"


@pytest.fixture
def seller(market: TestMarket) -> Serviceman:
    seller = Serviceman(market, capacity=5)
    for number in range(7):
        job_id = seller.ordered()
        if number % 2:
            seller.books(job_id, "2026-11-03T18:00")
        market.advance(minutes=10)
    return seller


def listed(seller: Serviceman, **more: object) -> v1.JobListing:
    said: dict[str, object] = {"marketplace_ids": [US], "created_after": SINCE}
    return seller.seller.send(v1.GetServiceJobs(**said | more)).payload  # type: ignore[arg-type] # its fields


def names(page: v1.JobListing) -> list[str]:
    return [str(one.service_job_id) for one in page.jobs or []]


def test_a_list_is_walked_forward_and_back(seller: Serviceman) -> None:
    reply = seller.post("GET", f"/serviceJobs?marketplaceIds={US}&createdAfter={SINCE}&pageSize=3")
    check_form(reply.json(), MODEL, "GetServiceJobsResponse")
    whole = listed(seller)
    first = listed(seller, page_size=3)
    second = listed(seller, page_size=3, page_token=first.next_page_token)
    third = seller.seller.send(v1.GetServiceJobs(marketplace_ids=[US], page_size=3, page_token=second.next_page_token))
    back = listed(seller, page_size=3, page_token=third.payload.previous_page_token)
    start = listed(seller, page_size=3, page_token=back.previous_page_token)

    assert (whole.total_result_size, whole.next_page_token, whole.previous_page_token) == (7, None, None)
    assert names(first) + names(second) + names(third.payload) == names(whole)
    assert (names(back), names(start)) == (names(second), names(first))
    assert (start.previous_page_token, third.payload.next_page_token) == (None, None)


def test_lists_are_sorted_by_date_or_by_status_either_way(seller: Serviceman) -> None:
    latest, oldest = listed(seller), listed(seller, sort_order="ASC")
    by_status = [
        str(one.service_job_status) for one in listed(seller, sort_field="JOB_STATUS", sort_order="ASC").jobs or []
    ]

    dates = [one.create_time for one in latest.jobs or []]
    assert dates == sorted(dates, key=str, reverse=True)
    assert names(oldest) == names(latest)[::-1]
    assert by_status == ["NOT_SERVICED"] * 3 + ["PENDING_SCHEDULE"] * 4
    page = listed(seller, sort_field="JOB_STATUS", sort_order="ASC", page_size=2)
    found = names(page)
    while page.next_page_token:
        page = listed(seller, sort_field="JOB_STATUS", sort_order="ASC", page_size=2, page_token=page.next_page_token)
        found += names(page)
    assert found == names(listed(seller, sort_field="JOB_STATUS", sort_order="ASC"))


def test_lists_hold_what_was_asked_for(seller: Serviceman, market: TestMarket) -> None:
    whole = names(listed(seller, sort_order="ASC"))
    changed = market.now
    seller.books(whole[0], "2026-11-04T18:00")

    assert names(listed(seller, service_job_status=["NOT_SERVICED"], sort_order="ASC")) == [
        whole[0],
        whole[1],
        whole[3],
        whole[5],
    ]
    assert names(listed(seller, created_before="2026-11-02T09:10:00Z", sort_order="ASC")) == whole[:2]
    assert names(listed(seller, created_after=None, last_updated_after=changed.isoformat())) == [whole[0]]
    assert names(listed(seller, schedule_start_date="2026-11-04")) == [whole[0]]
    assert len(names(listed(seller, asins=[seller.asin], store_ids=["STOREPORTLAND"], required_skills=["tv"]))) == 7
    assert names(listed(seller, required_skills=["tiles"])) == []
    assert names(listed(seller, store_ids=["OTHER"])) == []
    order_id = str(seller.job(whole[2]).service_order_id)
    assert names(listed(seller, service_order_ids=[order_id])) == [whole[2]]


def test_a_job_is_found_by_the_parcel_of_its_goods(seller: Serviceman, market: TestMarket) -> None:
    goods = market.buys("MUG-BLUE")
    job_id = seller.job_of(market.buys(MOUNTING, serves_order_ids=(goods,)))
    with market.market.write(market.seller.seller_id) as unit:
        items = order_of(unit, goods).unshipped_quantities()
        parcel = Parcel(
            reference="1",
            shipped_at=unit.now,
            quantities=items,
            carrier_code="UPS",
            tracking_number="1Z999AA10123456784",
        )
        ship(unit, goods, parcel)

    job = seller.job(job_id)
    assert names(listed(seller, tracking_ids=["1Z999AA10123456784"])) == [job_id]
    assert (job.tracking_ids, [one.item_status for one in job.associated_items or []]) == (
        ["1Z999AA10123456784"],
        ["SHIPPED"],
    )


def test_another_marketplace_has_other_jobs(seller: Serviceman, market: TestMarket) -> None:
    refused = seller.post("GET", f"/serviceJobs?marketplaceIds={DE}&createdAfter={SINCE}")
    job_id = names(listed(seller))[0]
    slots = seller.post("GET", f"/serviceJobs/{job_id}/appointmentSlots?marketplaceIds={US}")

    check_form(slots.json(), MODEL, "GetAppointmentSlotsResponse")
    assert (refused.status, slots.status) == (400, 200)
    report = slots.json()["payload"]
    assert report["schedulingType"] == "REAL_TIME_SCHEDULING"
    assert {one["capacity"] for one in report["appointmentSlots"]} == {5, 2}
    assert len(report["appointmentSlots"]) == 30 * 8
