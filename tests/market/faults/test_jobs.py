"""Faults of reports: stuck in the queue or at work until the rule ends, or FATAL with a document that says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellingpartner.client.documents.failures import ReportFailed
from sellingpartner.contract.errors import DeadlineExceeded, InvalidInput
from sellingpartner.contract.reports_2021_06_30 import CancelReport, CreateReport, GetReport
from sellingpartner.market.events.reports import ReportEnded
from sellingpartner.market.faults.model import Counts
from sellingpartner.market.faults.text import rule_of
from sellingpartner.testing import Shop, TestMarket
from sellingpartner.testing.world import START

ORDERS = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"


@pytest.fixture
def busy(market: TestMarket) -> TestMarket:
    """A market with something to report."""
    market.buys("MUG-BLUE")
    return market


def asked(shop: Shop) -> str:
    since = START - timedelta(days=1)
    wanted = CreateReport(report_type=ORDERS, marketplace_ids=[shop.marketplace_id], data_start_time=since)
    return shop.send(wanted).report_id


def status(shop: Shop, report_id: str) -> str:
    return shop.send(GetReport(report_id=report_id)).processing_status.value


@pytest.mark.parametrize("where", ["IN_QUEUE", "IN_PROGRESS"])
def test_a_stuck_report_goes_on_when_its_rule_is_taken_away(busy: TestMarket, where: str) -> None:
    rule = busy.faults.add(f"report stuck {ORDERS} status={where}")
    report_id = asked(busy.seller)

    busy.advance(days=2)
    assert status(busy.seller, report_id) == where
    busy.faults.remove(rule.rule_id)
    paper = busy.report_of(report_id)

    assert (paper.status, len(paper.rows)) == ("DONE", 1)
    assert [fact.report_id for fact in busy.facts(ReportEnded)] == [report_id]


def test_a_stuck_report_goes_on_when_the_time_of_its_rule_is_over(busy: TestMarket) -> None:
    rule = busy.faults.add("report stuck until=2026-11-02T10:00Z")
    report_id = asked(busy.seller)

    busy.advance(minutes=59)
    assert status(busy.seller, report_id) == "IN_PROGRESS"
    busy.advance(minutes=2)

    assert status(busy.seller, report_id) == "DONE"
    assert busy.faults.counts() == {rule.rule_id: Counts(1, 1)}


def test_a_stuck_report_holds_up_no_other_and_all_go_on_at_once(busy: TestMarket) -> None:
    busy.faults.add("report stuck nth=1,2")
    stuck = [asked(busy.seller), asked(busy.seller)]
    third = asked(busy.seller)

    busy.advance(minutes=5)
    assert [status(busy.seller, one) for one in (*stuck, third)] == ["IN_PROGRESS", "IN_PROGRESS", "DONE"]
    busy.faults.clear()
    busy.advance(minutes=5)

    assert [status(busy.seller, one) for one in stuck] == ["DONE", "DONE"]


def test_a_report_that_is_stuck_in_the_queue_can_be_cancelled(busy: TestMarket) -> None:
    busy.faults.add("report stuck status=IN_QUEUE")
    report_id = asked(busy.seller)
    busy.advance(minutes=5)

    busy.seller.send(CancelReport(report_id=report_id))
    busy.faults.clear()
    busy.advance(minutes=5)

    assert status(busy.seller, report_id) == "CANCELLED"
    assert len(busy.facts(ReportEnded)) == 1


def test_a_rule_strikes_the_sellers_and_types_that_it_names(busy: TestMarket) -> None:
    other = busy.seller("Other Goods", skus=["CUP"])
    busy.faults.add(f"report fatal GET_FLAT_* seller_id={other.seller_id}")
    busy.faults.add("report stuck GET_FBA_*")

    done, fatal = asked(busy.seller), asked(other)
    busy.advance(minutes=5)

    assert (status(busy.seller, done), status(other, fatal)) == ("DONE", "FATAL")


def test_the_client_says_that_a_report_was_given_up_and_why(busy: TestMarket) -> None:
    busy.faults.add(f"report fatal {ORDERS} times=1")

    with busy.seller.client() as client:
        with pytest.raises(ReportFailed) as failed:
            client.reports.download(
                ORDERS, since=START - timedelta(days=1), on_progress=lambda _: busy.advance(hours=1)
            )
        with client.reports.download(
            ORDERS, since=START - timedelta(days=1), on_progress=lambda _: busy.advance(hours=1)
        ) as document:
            assert len(list(document.rows())) == 1

    assert "double check that your parameters" in (failed.value.explanation or "")


def test_the_client_waits_for_a_stuck_report_no_longer_than_it_may(busy: TestMarket) -> None:
    busy.faults.add("report stuck")

    with busy.seller.client() as client, pytest.raises(DeadlineExceeded) as late:
        client.reports.download(ORDERS, since=START - timedelta(days=1), deadline=0.2)

    assert late.value.report_id is not None
    busy.faults.clear()
    assert busy.report_of(late.value.report_id).status == "DONE"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("report stuck GET_FLAT_FILE_ALL_ORDER_DATA_BY_ORDER_DATE_GENERAL", "Did you mean GET_FLAT_FILE_ALL_ORDERS"),
        ("report late", "what"),
        ("report stuck operation=getReport", "is no call"),
        ("report stuck A B", "is a word without a name"),
        ("report stuck notification_type=ORDER_CHANGE", "notification alone"),
    ],
)
def test_what_is_wrong_with_a_rule_of_reports_is_said(text: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        rule_of(text)


def test_a_single_call_cannot_ask_for_it(market: TestMarket) -> None:
    answer = market.seller.call(
        "GET", "/sellers/v1/marketplaceParticipations", headers={"x-spapi-fault": "report fatal"}
    )

    assert answer.status == 400
    assert "strikes no call" in answer.body.decode()
