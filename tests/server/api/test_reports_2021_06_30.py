"""Reports from the request to the document, through the public client."""

import gzip
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.reports_2021_06_30 import (
    CancelReport,
    CreateReport,
    CreateReportSchedule,
    GetReport,
    GetReportDocument,
    GetReports,
    Period,
    ProcessingStatus,
)
from sellingpartner.market.events.reports import ReportEnded
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.reports.queue import make_own
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START, US

ALL_ORDERS = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"


def asked(market: TestMarket, **more: object) -> CreateReport:
    fields = {"report_type": ALL_ORDERS, "marketplace_ids": [US], "data_start_time": market.now - timedelta(days=1)}
    return CreateReport(**{**fields, **more})  # type: ignore[arg-type] # the case's own fields


def test_a_report_waits_is_made_and_holds_every_order(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    orders = [market.buys(), market.buys()]

    report_id = market.seller.send(asked(market)).report_id
    waits = market.seller.send(GetReport(report_id=report_id))
    paper = market.report_of(report_id)

    assert (waits.processing_status, waits.processing_start_time) == (ProcessingStatus.IN_QUEUE, None)
    assert paper.status == "DONE"
    assert paper.content_type == "text/plain; charset=UTF-8"
    assert sorted(row["amazon-order-id"] for row in paper.rows) == sorted(orders)
    began, ended = paper.report.processing_start_time, paper.report.processing_end_time
    assert began is not None
    assert ended is not None
    assert timedelta(seconds=4) <= began - START <= timedelta(seconds=7)
    assert timedelta(seconds=6) <= ended - began <= timedelta(seconds=9)
    (fact,) = market.facts(ReportEnded)
    assert (fact.report_id, fact.status, fact.document_id) == (report_id, "DONE", paper.report.report_document_id)


def test_a_report_of_nothing_is_cancelled_and_has_no_document(market: TestMarket) -> None:
    paper = market.report(ALL_ORDERS, start=START - timedelta(days=1))

    assert (paper.status, paper.report.report_document_id) == ("CANCELLED", None)


def test_the_client_asks_waits_and_reads_row_by_row(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    order_id = market.buys()

    with (
        market.seller.client() as client,
        client.reports.download(
            ALL_ORDERS, since=START - timedelta(days=1), on_progress=lambda _: market.advance(seconds=30)
        ) as document,
    ):
        rows = [row["amazon-order-id"] for row in document.rows()]

    assert rows == [order_id]


def test_a_report_is_known_for_ninety_days(market: TestMarket) -> None:
    report_id = market.seller.send(asked(market)).report_id
    market.advance(days=90)
    assert market.seller.send(GetReport(report_id=report_id)).processing_status == ProcessingStatus.CANCELLED

    market.advance(minutes=1)

    with pytest.raises(NotFound):
        market.seller.send(GetReport(report_id=report_id))


def test_a_report_of_amazons_own_appears_when_it_is_done(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    market.buys()
    with market.market.write(market.seller.seller_id) as unit:
        own = make_own(unit, ALL_ORDERS, (US,), start=START - timedelta(days=1), end=unit.now)
    listed = GetReports(report_types=[ALL_ORDERS])

    assert market.seller.send(listed).reports == []
    with pytest.raises(InvalidInput):
        market.seller.send(CancelReport(report_id=own.report_id))
    market.advance(minutes=1)
    assert [(one.report_id, one.processing_status) for one in market.seller.send(listed).reports] == [
        (own.report_id, ProcessingStatus.DONE)
    ]


def test_a_report_can_be_cancelled_while_it_waits_and_not_later(market: TestMarket) -> None:
    first, second = (market.seller.send(asked(market)).report_id for _ in range(2))
    market.seller.send(CancelReport(report_id=first))
    market.advance(seconds=60)

    with pytest.raises(InvalidInput, match="only a report that is IN_QUEUE"):
        market.seller.send(CancelReport(report_id=second))
    assert market.seller.send(GetReport(report_id=first)).processing_status == ProcessingStatus.CANCELLED


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"report_type": "GET_NOTHING"}, "Invalid Report Type GET_NOTHING"),
        ({"report_type": "GET_VENDOR_SALES_REPORT"}, "Invalid Report Type"),
        ({"data_start_time": None}, "dataStartTime is missing"),
        ({"data_start_time": START - timedelta(days=40)}, "more than 30 days apart"),
        ({"data_end_time": START - timedelta(days=2)}, "is after dataEndTime"),
        ({"data_end_time": START + timedelta(days=2)}, "is in the future"),
        ({"report_options": {"colour": "blue"}}, "'colour'; .* knows none"),
        ({"marketplace_ids": ["A1PA6795UKMFR9"]}, "A1PA6795UKMFR9"),
        ({"marketplace_ids": ["NOWHERE"]}, "NOWHERE"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_nothing_is_queued(
    market: TestMarket, fields: dict[str, object], said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        market.seller.send(asked(market, **fields))

    assert market.seller.send(GetReports(report_types=[ALL_ORDERS])).reports == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (
            "GET_VENDOR_SALES_REPORT",
            "GET_VENDOR_SALES_REPORT are not made here: it is for vendors, who have no account",
        ),
        ("GET_PAN_EU_OFFER_STATUS", "not made here: "),
        ("GET_MERCHANT_LISTING_ALL_DATA", "Did you mean GET_MERCHANT_LISTINGS_ALL_DATA"),
        ("ZZZ", "There is no report type ZZZ."),
    ],
)
def test_the_request_log_says_why_a_type_is_not_made_and_amazons_words_say_no_more(
    market: TestMarket, name: str, why: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        market.seller.send(asked(market, report_type=name))

    assert (refused.value.message, refused.value.details) == (f"Invalid Report Type {name}", "")
    assert why in str(market.requests(refused=True)[-1].reason)


def test_lists_show_the_newest_first_page_by_page_and_stand_still(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    made = [market.seller.send(asked(market)).report_id for _ in range(3)]

    first = market.seller.send(GetReports(report_types=[ALL_ORDERS], page_size=2))
    market.seller.send(asked(market))
    second = market.seller.send(GetReports(next_token=first.next_token))

    assert [report.report_id for report in (*first.reports, *second.reports)] == made[::-1]
    assert second.next_token is None
    with pytest.raises(InvalidInput, match="nextToken stands alone"):
        market.seller.send(GetReports(next_token=first.next_token, page_size=2))
    with pytest.raises(InvalidInput, match="not valid"):
        market.seller.send(GetReports(next_token="AAAA" + str(first.next_token)[4:]))
    with pytest.raises(InvalidInput, match="reportTypes is missing"):
        market.seller.send(GetReports())


def test_no_schedule_makes_a_report_that_is_made_on_demand_alone(market: TestMarket) -> None:
    with pytest.raises(InvalidInput, match="Invalid Report Type"):
        market.seller.send(CreateReportSchedule(report_type=ALL_ORDERS, marketplace_ids=[US], period=Period.PT5M))


def test_another_sellers_reports_and_documents_are_not_there(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    market.buys()
    paper = market.report(ALL_ORDERS, start=START - timedelta(days=1))
    stranger = market.caller(seller=market.join("Stranger"))

    with pytest.raises(NotFound):
        stranger.send(GetReport(report_id=paper.report.report_id))
    with pytest.raises(InvalidInput, match="Invalid or unsupported document ID found"):
        stranger.send(GetReportDocument(report_document_id=str(paper.report.report_document_id)))


def test_links_end_after_five_minutes_and_give_parts(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    market.buys()
    paper = market.report(ALL_ORDERS, start=START - timedelta(days=1))
    link = urlsplit(market.seller.send(GetReportDocument(report_document_id=str(paper.report.report_document_id))).url)
    target, anybody = f"{link.path}?{link.query}", market.anybody()

    part = anybody.call("GET", target, headers={"Range": "bytes=0-4"})
    tail = anybody.call("GET", target, headers={"Range": "bytes=-2"})
    beyond = anybody.call("GET", target, headers={"Range": "bytes=100000-"})
    forged = anybody.call("GET", target.replace("for=GET", "for=PUT"))
    size = len(paper.content)
    assert (part.status, part.body, part.headers["content-range"]) == (206, b"amazo", f"bytes 0-4/{size}")
    assert (tail.status, tail.body) == (206, b"\r\n")
    assert (beyond.status, b"InvalidRange" in beyond.body) == (416, True)
    assert (forged.status, b"SignatureDoesNotMatch" in forged.body) == (403, True)
    market.advance(minutes=5)
    late = anybody.call("GET", target)
    assert (late.status, b"Request has expired" in late.body) == (403, True)


def test_a_large_report_is_compressed_and_says_so_to_browsers_if_asked(market: TestMarket) -> None:
    skus = [f"MUG-{number}" for number in range(20)]
    for sku in skus:
        market.lists(sku, stock=100)
    for _ in range(40):
        market.buys(lines=tuple(PurchaseLine(sku=sku, quantity=1) for sku in skus))
    paper = market.report(ALL_ORDERS, start=START - timedelta(days=1))

    found = market.seller.send(
        GetReportDocument(
            report_document_id=str(paper.report.report_document_id), enable_content_encoding_url_header=True
        )
    )
    link = urlsplit(found.url)
    reply = market.anybody().call("GET", f"{link.path}?{link.query}")
    assert found.compression_algorithm == "GZIP"
    assert reply.headers["content-encoding"] == "gzip"
    assert gzip.decompress(reply.body) == paper.content
    assert len(paper.rows) == 800
