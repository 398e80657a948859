"""The Data Kiosk from the question to the rows, through the public client."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import chain, pairwise
from typing import Any

import pytest
from modeled import check_form

from sellingpartner.contract.data_kiosk_2023_11_15 import (
    CancelQuery,
    CreateQuery,
    GetDocument,
    GetQueries,
    GetQuery,
    ProcessingStatus,
)
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.data_kiosk import running
from sellingpartner.market.data_kiosk.datasets import RowsUnavailable
from sellingpartner.market.documents.documents import documents_kept
from sellingpartner.market.events.data_kiosk import QueryAsked, QueryEnded
from sellingpartner.market.time.works import works_waiting
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START, US

DOCUMENT = "dataKiosk_2023-11-15.json"
PATH = "/dataKiosk/2023-11-15/queries"
BY_SKU = (
    "query Mine { analytics_salesAndTraffic_2024_04_24 { salesAndTrafficByAsin(aggregateBy: SKU, "
    'startDate: "2026-11-02", endDate: "2026-11-04", marketplaceIds: ["ATVPDKIKX0DER"]) { sku '
    "sales { unitsOrdered orderedProductSales { amount currencyCode } } traffic { sessions } } } }"
)
BY_DATE = (
    "{ analytics_salesAndTraffic_2023_11_15 { salesAndTrafficByDate(aggregateBy: DAY, "
    'startDate: "2026-11-02", endDate: "2026-11-04") { startDate marketplaceId sales { unitsOrdered } } } }'
)
ECONOMICS = (
    'query { analytics_economics_2024_03_15 { economics(startDate: "2026-11-02", endDate: "2026-11-04", '
    'marketplaceIds: ["ATVPDKIKX0DER"]) { msku sales { unitsOrdered } } } }'
)


def test_a_query_waits_is_run_and_its_rows_are_lines_of_json(market: TestMarket) -> None:
    market.buys(quantity=2)
    market.buys("MUG-RED")

    query_id = market.seller.send(CreateQuery(query=BY_SKU)).query_id
    waits = market.seller.send(GetQuery(query_id=query_id))
    answer = market.seller.call("GET", f"{PATH}/{query_id}").json()
    found = market.query(BY_SKU)

    assert (waits.processing_status, waits.query, waits.processing_start_time) == ("IN_QUEUE", BY_SKU, None)
    check_form(answer, DOCUMENT, "Query")
    done = market.seller.call("GET", f"{PATH}/{query_id}").json()
    check_form(done, DOCUMENT, "Query")
    assert set(done) == {
        "queryId",
        "query",
        "createdTime",
        "processingStatus",
        "processingStartTime",
        "processingEndTime",
        "dataDocumentId",
    }
    assert (found.status, found.content_type) == ("DONE", "application/jsonl; charset=UTF-8")
    sold = {row["sku"]: row["sales"] for row in found.rows if row["sales"]["unitsOrdered"]}
    assert sold == {
        "MUG-BLUE": {"unitsOrdered": 2, "orderedProductSales": {"amount": 29.98, "currencyCode": "USD"}},
        "MUG-RED": {"unitsOrdered": 1, "orderedProductSales": {"amount": 14.99, "currencyCode": "USD"}},
    }
    assert all(list(row) == ["sku", "sales", "traffic"] for row in found.rows)
    assert [fact.status for fact in market.facts(QueryEnded)] == ["DONE", "DONE"]
    assert {fact.query_id for fact in market.facts(QueryAsked)} >= {query_id}


def test_the_client_asks_waits_and_reads_row_by_row(market: TestMarket) -> None:
    market.buys()

    with (
        market.seller.client() as client,
        client.data_kiosk.download(ECONOMICS, on_progress=lambda _: market.advance(seconds=30)) as document,
    ):
        rows = [row.columns for row in document.rows()]

    assert rows == [{"msku": "MUG-BLUE", "sales": {"unitsOrdered": 1}}]


def test_a_query_of_nothing_is_done_without_a_document(market: TestMarket) -> None:
    found = market.query(ECONOMICS)

    assert (found.status, found.query.data_document_id, found.query.error_document_id) == ("DONE", None, None)
    with market.market.read() as unit:
        assert documents_kept(unit) == []


def test_an_older_dataset_may_be_asked_of_all_marketplaces_at_once() -> None:
    market = TestMarket(marketplaces=["US", "CA"])
    market.buys()

    rows = market.query(BY_DATE).rows

    assert {row["startDate"] for row in rows} == {"2026-11-02"}
    assert {row["marketplaceId"]: row["sales"]["unitsOrdered"] for row in rows} == {US: 1, "A2EUQ1WTGCTBG2": 0}
    market.close()


def test_what_does_not_fit_on_a_page_follows_by_its_token(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [row["sku"] for row in market.query(BY_SKU).rows]
    monkeypatch.setattr(running, "PAGE_ROWS", 2)

    pages, token = [], None
    while True:
        page = market.query(BY_SKU, next_token=token)
        pages.append([row["sku"] for row in page.rows])
        token = page.next_token
        if token is None:
            break

    assert len(whole) == 5
    assert [len(page) for page in pages] == [2, 2, 1]
    assert list(chain.from_iterable(pages)) == whole
    token = market.query(BY_SKU).next_token
    with pytest.raises(InvalidInput, match="of another query"):
        market.seller.send(CreateQuery(query=ECONOMICS, pagination_token=token))
    with pytest.raises(InvalidInput, match="is not valid"):
        market.seller.send(CreateQuery(query=BY_SKU, pagination_token="made up"))
    with pytest.raises(InvalidInput, match="is not valid"):
        market.caller(seller=market.join("Another")).send(CreateQuery(query=BY_SKU, pagination_token=token))


def test_a_query_can_be_cancelled_until_it_has_ended(market: TestMarket) -> None:
    waiting, working, done = (market.seller.send(CreateQuery(query=BY_SKU)).query_id for _ in range(3))

    market.seller.send(CancelQuery(query_id=waiting))
    market.seller.send(CancelQuery(query_id=waiting))
    while market.seller.send(GetQuery(query_id=working)).processing_status == "IN_QUEUE":
        market.advance(seconds=1)
    assert market.seller.send(GetQuery(query_id=working)).processing_status == "IN_PROGRESS"
    market.seller.send(CancelQuery(query_id=working))
    market.advance(minutes=1)

    told = {one: market.seller.send(GetQuery(query_id=one)) for one in (waiting, working, done)}
    assert [one.processing_status for one in told.values()] == ["CANCELLED", "CANCELLED", "DONE"]
    assert told[working].data_document_id is None
    with pytest.raises(InvalidInput, match="is DONE; only a query that is IN_QUEUE or IN_PROGRESS"):
        market.seller.send(CancelQuery(query_id=done))
    with pytest.raises(NotFound, match="queryId was not found"):
        market.seller.send(CancelQuery(query_id="1"))


def test_queries_of_a_seller_are_run_one_after_the_other(market: TestMarket) -> None:
    ids = [market.seller.send(CreateQuery(query=BY_SKU)).query_id for _ in range(3)]
    market.advance(minutes=2)

    told = [market.seller.send(GetQuery(query_id=one)) for one in ids]

    for before, after in pairwise(told):
        assert before.processing_end_time is not None
        assert after.processing_start_time is not None
        assert before.processing_end_time <= after.processing_start_time


def test_a_query_and_its_document_are_kept_as_long_as_its_fields_say(market: TestMarket) -> None:
    market.buys()
    found = market.query(BY_SKU)
    document_id = found.query.data_document_id
    assert document_id is not None

    market.advance(days=29, hours=23)
    market.seller.send(GetDocument(document_id=document_id))
    market.advance(hours=2)

    with pytest.raises(NotFound):
        market.seller.send(GetQuery(query_id=found.query.query_id))
    with pytest.raises(NotFound):
        market.seller.send(GetDocument(document_id=document_id))
    market.advance(days=1)
    with market.market.read() as unit:
        assert documents_kept(unit) == []


def test_a_document_is_its_sellers_and_a_querys(market: TestMarket) -> None:
    market.buys()
    document_id = market.query(BY_SKU).query.data_document_id or ""
    paper = market.report("GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL", start=START - timedelta(days=1))
    other = market.caller(seller=market.join("Another"))

    answer = market.seller.call("GET", f"/dataKiosk/2023-11-15/documents/{document_id}").json()
    check_form(answer, DOCUMENT, "GetDocumentResponse")
    for caller, wanted in ((other, document_id), (market.seller, paper.report.report_document_id or "")):
        with pytest.raises(NotFound, match="documentId was not found"):
            caller.send(GetDocument(document_id=wanted))


def test_queries_are_listed_newest_first_page_by_page(market: TestMarket) -> None:
    ids = []
    for _ in range(5):
        ids.append(market.seller.send(CreateQuery(query=BY_SKU)).query_id)
        market.advance(minutes=1)
    market.seller.send(CancelQuery(query_id=market.seller.send(CreateQuery(query=BY_SKU)).query_id))

    first = market.seller.send(GetQueries(processing_statuses=[ProcessingStatus.DONE], page_size=2))
    assert first.pagination is not None
    second = market.seller.send(GetQueries(page_size=10, pagination_token=first.pagination.next_token))

    assert [one.query_id for one in (*first.queries, *second.queries)] == ids[::-1]
    assert second.pagination is None
    check_form(market.seller.call("GET", PATH).json(), DOCUMENT, "GetQueriesResponse")
    assert len(market.seller.send(GetQueries()).queries) == 6
    with pytest.raises(InvalidInput, match="processingStatuses is another than on the first page"):
        token = first.pagination.next_token
        market.seller.send(GetQueries(processing_statuses=[ProcessingStatus.FATAL], pagination_token=token))
    with pytest.raises(InvalidInput, match="is not valid"):
        market.seller.send(GetQueries(pagination_token="made up"))
    with pytest.raises(InvalidInput, match="createdSince is after createdUntil"):
        market.seller.send(GetQueries(created_since=START + timedelta(days=2), created_until=START))


def replaced(before: str, after: str) -> str:
    assert before in BY_SKU
    return BY_SKU.replace(before, after)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Syntax Error: Unexpected <EOF> (line 1, column 1)."),
        ("{", "Syntax Error: Expected Name, found <EOF> (line 1, column 2)."),
        ("# first\n{\n  a b }}", "Syntax Error: Unexpected '}' (line 3, column 8)."),
        ("{\n  a(b: 'c') }", "Syntax Error: Unexpected single quote character ('), did you mean"),
        (replaced("sku sales", "\n  colour sales"), "(line 2, column 3)."),
        ("query { sampleQuery }", "Query did not have a versioned domain field"),
        ("{ __schema { types { name } } }", "Query did not have a versioned domain field"),
        ("{ analytics_vendorAnalytics_2024_09_30 { x } }", "'analytics_vendorAnalytics_2024_09_30' is not supported"),
        ("mutation { x }", "it is a mutation"),
        ("query A { a } query B { b }", "one operation; it holds 2"),
        ("fragment F on Query { a }", "one operation; it holds 0"),
        (replaced("sku sales", "colour sales"), "Cannot query field 'colour'"),
        (replaced("aggregateBy: SKU, ", ""), "aggregateBy"),
        (replaced("SKU", "BRAND"), "BRAND"),
        (replaced("2026-11-04", "4 November"), "A Date is a day"),
        (replaced("2026-11-04", "2026-02-30"), "A Date is a day"),
        (replaced("2026-11-04", "2026-11-01"), "must not be"),
        (replaced("2026-11-02", "2024-10-01"), "more than two years ago"),
        (replaced("2026-11-02", "0001-01-01"), "must be of the years"),
        (replaced("ATVPDKIKX0DER", "A1PA6795UKMFR9"), "A1PA6795UKMFR9 is not a marketplace of this seller"),
        (replaced('["ATVPDKIKX0DER"]', "[]"), "marketplaceIds is empty"),
        (replaced('"2026-11-02"', "$from").replace("Mine", "Mine($from: Date!)"), "Variables are not supported"),
        (replaced("sku sales", "sku " * 201 + "sales"), "says 'sku' 201 times"),
        (replaced("sku sales", "sku " + "a" * 8_000 + " sales"), "it may have 8000"),
        ("{" * 4_000, "levels deep (line 1, column 16)."),
        ("{a(b:" + "[" * 3_000, "levels deep"),
        (" " * 40_001, "without unneeded ones it may have 8000"),
        (BY_SKU[:-3] + "again: " + BY_SKU.partition("2024_04_24 { ")[2], "takes one query at a time"),
        ("{ ...F } fragment F on Query { ...F }", "must stand there as one field"),
    ],
)
def test_a_query_that_is_none_is_refused_and_nothing_is_queued(market: TestMarket, text: str, said: str) -> None:
    reply = market.seller.call(
        "POST", PATH, headers={"content-type": "application/json"}, body=json.dumps({"query": text}).encode()
    )

    assert reply.status == 400
    [error] = reply.json()["errors"]
    assert (error["code"], error["message"]) == ("InvalidInput", "The provided query is invalid.")
    assert said in error["details"]
    assert market.seller.send(GetQueries()).queries == []
    assert market.facts(QueryAsked) == []


def test_spaces_and_comments_do_not_count_and_aliases_name_what_was_asked(market: TestMarket) -> None:
    market.buys()
    text = replaced("sku sales", "# a comment\n" * 2_000 + "name: sku sold: sales")

    [row] = [row for row in market.query(text).rows if row["sold"]["unitsOrdered"]]

    assert row["name"] == "MUG-BLUE"


def test_a_query_whose_run_fails_is_fatal_and_says_so(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> Any:  # noqa: ANN401 - stands for any function
        raise RowsUnavailable("The rows are not there.")

    monkeypatch.setattr(running, "shown", fails)

    found = market.query(BY_SKU)

    assert (found.status, found.query.data_document_id) == ("FATAL", None)
    assert json.loads(found.content) == {"errors": [{"message": "The rows are not there."}]}
    with market.market.read() as unit:
        assert works_waiting(unit) == 0


def test_a_query_whose_run_breaks_each_time_is_given_up(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "shown", None)

    assert market.query(BY_SKU).status == "FATAL"


def test_whoever_subscribed_is_told_how_a_query_ended(market: TestMarket) -> None:
    market.subscribe("DATA_KIOSK_QUERY_PROCESSING_FINISHED")
    market.buys()
    done = market.query(BY_SKU).query
    cancelled = market.seller.send(CreateQuery(query=ECONOMICS)).query_id
    market.seller.send(CancelQuery(query_id=cancelled))

    first, second = (one.payload for one in market.notifications("DATA_KIOSK_QUERY_PROCESSING_FINISHED"))

    assert (first.query_id, first.processing_status, first.query) == (done.query_id, "DONE", BY_SKU)
    assert (first.data_document_id, first.error_document_id) == (done.data_document_id, None)
    assert (second.query_id, second.processing_status, second.data_document_id) == (cancelled, "CANCELLED", None)
