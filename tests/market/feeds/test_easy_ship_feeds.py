"""POST_EASYSHIP_DOCUMENTS: labels, invoices and warranties of scheduled packages, as one report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pypdfium2
import pytest
from feed_writer import envelope

from sellingpartner.contract import easy_ship_2022_03_23 as api
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.reports_2021_06_30 import CreateReport, GetReport, GetReportDocument, GetReports
from sellingpartner.market.orders.commands import cancel
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.shipping.commands import save_settings
from sellingpartner.market.shipping.model import Settings
from sellingpartner.testing import TestMarket
from sellingpartner.testing.feeding import FeedTold

FEED, REPORT = "POST_EASYSHIP_DOCUMENTS", "GET_EASYSHIP_DOCUMENTS"


def shop(country: str) -> TestMarket:
    made = TestMarket(marketplaces=(BY_COUNTRY[country].marketplace_id,))
    with made.market.write(made.seller_account.seller_id) as unit:
        save_settings(unit, Settings(easy_ship=(country,)))
    return made


@pytest.fixture
def india() -> Iterator[TestMarket]:
    with shop("IN") as made:
        yield made


def scheduled(market: TestMarket, *, serial_numbers: list[str] | None = None) -> str:
    """An order whose package is scheduled."""
    order_id = market.buys()
    market.advance(minutes=1)
    box = api.Dimensions(length=15, width=10, height=12, unit=api.UnitOfLength.CM)
    weight = api.Weight(value=250, unit=api.UnitOfWeight.G)
    here = market.marketplace_id
    asked = api.ListHandoverSlots(
        marketplace_id=here, amazon_order_id=order_id, package_dimensions=box, package_weight=weight
    )
    slot = market.seller.send(asked).time_slots[0]
    more: dict[str, Any] = {}
    if serial_numbers:
        more["package_items"] = [api.Item(order_item_serial_numbers=serial_numbers)]
    details = api.PackageDetails(package_time_slot=api.TimeSlot(slot_id=slot.slot_id), **more)
    market.seller.send(
        api.CreateScheduledPackage(amazon_order_id=order_id, marketplace_id=here, package_details=details)
    )
    return order_id


def wanting(order_id: str, *kinds: str) -> str:
    types = "".join(f"<DocumentType>{kind}</DocumentType>" for kind in kinds)
    return f"<AmazonOrderID>{order_id}</AmazonOrderID>{types}"


def sent(market: TestMarket, *bodies: str) -> FeedTold:
    return market.feed(FEED, envelope("EasyShipDocument", *bodies))


def reference(told: FeedTold) -> str | None:
    found = re.search("<DocumentReportReferenceID>(.*?)</DocumentReportReferenceID>", told.text)
    return None if found is None else found[1]


def pages(content: bytes) -> list[str]:
    """What each page of a PDF says."""
    with closing(pypdfium2.PdfDocument(content)) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_documents_of_two_orders_come_as_one_pdf(india: TestMarket) -> None:
    first, second = scheduled(india), scheduled(india, serial_numbers=["SN-77", "SN-78"])

    told = sent(india, wanting(first, "ShippingLabel", "Invoice"), wanting(second, "ShippingLabel", "Warranty"))
    report_id = reference(told)
    assert report_id is not None
    india.advance(minutes=1)
    paper = india.report_of(report_id)

    assert (told.status, told.counts, told.found) == ("DONE", (2, 2, 0), [])
    assert (paper.status, paper.content_type) == ("DONE", "application/pdf")
    label, invoice, other_label, warranty = pages(paper.content)
    assert all(first in page for page in (label, invoice))
    assert all(second in page for page in (other_label, warranty))
    assert ("Invoice" in invoice, "Invoice" in label) == (True, False)
    assert ("SN-77" in warranty, "SN-78" in warranty) == (True, True)
    assert [one.report_id for one in india.seller.send(GetReports(report_types=[REPORT])).reports] == [report_id]


def test_it_takes_a_restricted_data_token(india: TestMarket) -> None:
    told = sent(india, wanting(scheduled(india), "ShippingLabel"))
    india.advance(minutes=1)
    report = india.seller.send(GetReport(report_id=reference(told) or ""))
    path = f"/reports/2021-06-30/documents/{report.report_document_id}"

    assert india.seller.call("GET", path).status == 403
    found = india.restricted(path).send(GetReportDocument(report_document_id=report.report_document_id or ""))
    assert found.url


def test_what_is_not_there_is_said_of_its_order_alone(india: TestMarket) -> None:
    plain, unscheduled = scheduled(india), india.buys()
    india.advance(minutes=1)

    told = sent(
        india,
        wanting(plain, "ShippingLabel", "Warranty"),
        wanting(unscheduled, "ShippingLabel"),
        wanting("404-0000000-0000000", "ShippingLabel"),
        wanting(plain, "Warranty"),
        wanting(plain, "Receipt"),
    )
    india.advance(minutes=1)

    assert told.counts == (5, 1, 4)
    assert [(number, code) for number, code, _ in told.found] == [
        (1, "18000"),
        (2, "18000"),
        (3, "18028"),
        (4, "18000"),
        (5, "25"),
    ]
    assert "There is no Warranty" in told.found[0][2]
    assert "createScheduledPackage" in told.found[1][2]
    assert len(pages(india.report_of(reference(told) or "").content)) == 1


def test_a_feed_of_which_nothing_is_there_has_no_report(india: TestMarket) -> None:
    told = sent(india, wanting(india.buys(), "ShippingLabel"))

    assert (told.counts, reference(told)) == ((1, 0, 1), None)
    assert india.seller.send(GetReports(report_types=[REPORT])).reports == []


def test_what_is_canceled_meanwhile_is_not_told(india: TestMarket) -> None:
    order_id = scheduled(india)
    told = sent(india, wanting(order_id, "ShippingLabel"))

    assert (told.counts, reference(told) is not None) == ((1, 1, 0), True)
    with india.market.write(india.seller_account.seller_id) as unit:
        cancel(unit, order_id, by=Canceler.SELLER, reason="NoInventory")
    again = sent(india, wanting(order_id, "ShippingLabel"))

    assert (again.counts, reference(again)) == ((1, 0, 1), None)


def test_a_feed_is_for_fifty_orders_and_for_two_countries(india: TestMarket) -> None:
    many = sent(india, *[wanting("404-0000000-0000000", "Invoice")] * 51)
    with shop("JP") as japan:
        elsewhere = sent(japan, wanting(scheduled(japan), "ShippingLabel"))

    for told in (many, elsewhere):
        assert (told.status, told.counts, reference(told)) == ("DONE", (0, 0, 1), None)
    assert "50 orders at most" in many.found[0][2]
    assert "IN and SG alone" in elsewhere.found[0][2]


def test_nobody_asks_for_the_report_itself(india: TestMarket) -> None:
    with pytest.raises(InvalidInput):
        india.seller.send(CreateReport(report_type=REPORT, marketplace_ids=[india.marketplace_id]))
