"""Somebody who holds settlements against events, transactions and what was paid out, and says what differs."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal

from event_reader import worth
from settlement_reader import Read, read_v1, read_v2, read_xml

from sellingpartner.contract.reports_2021_06_30 import GetReports
from sellingpartner.contract.reports_2021_06_30 import Report as ReportView
from sellingpartner.market.amounts import Money
from sellingpartner.market.money.ledger.periods import Period, periods_of
from sellingpartner.testing import TestMarket

V2, V1, XML = (f"GET_V2_SETTLEMENT_REPORT_DATA_{form}" for form in ("FLAT_FILE_V2", "FLAT_FILE", "XML"))
READERS = {
    V2: lambda paper: read_v2(paper.text),
    V1: lambda paper: read_v1(paper.text),
    XML: lambda paper: read_xml(paper.content),
}
_OF_ORDERS = ("ShipmentEventList", "RefundEventList", "GuaranteeClaimEventList", "ChargebackEventList")


def listed(market: TestMarket, report_type: str) -> list[ReportView]:
    return market.seller.send(GetReports(report_types=[report_type], page_size=100)).reports


def settlements(market: TestMarket, report_type: str) -> dict[str, Read]:
    """What each report of a type says, by the id of its settlement."""
    found = [READERS[report_type](market.report_of(one.report_id)) for one in listed(market, report_type)]
    return {one.settlement_id: one for one in found}


def closed_periods(market: TestMarket) -> list[Period]:
    with market.market.read(market.seller_account.seller_id) as unit:
        return [one for one in periods_of(unit) if not one.is_open]


def events_of(market: TestMarket, group_id: str) -> tuple[dict[tuple[str, datetime], Decimal], Decimal]:
    """What the events of a group come to: of orders, by order and moment; and all others together."""
    of_orders: defaultdict[tuple[str, datetime], Decimal] = defaultdict(Decimal)
    others = Decimal()
    where = f"/finances/v0/financialEventGroups/{group_id}/financialEvents?MaxResultsPerPage=100"
    target = where
    while target:
        payload = market.seller.call("GET", target).json()["payload"]
        for name, events in payload["FinancialEvents"].items():
            for event in events:
                if name in _OF_ORDERS:
                    at = datetime.fromisoformat(event["PostedDate"])
                    of_orders[event["AmazonOrderId"], at] += worth(event)
                else:
                    others += worth(event)
        token = payload.get("NextToken")
        target = f"{where}&NextToken={token}" if token else ""
    return dict(of_orders), others


def transactions_of(market: TestMarket, settlement_id: str) -> Decimal:
    """What the parts of a settlement's transactions come to; a transfer is none of them."""
    after = f"{market.now - timedelta(days=179):%Y-%m-%dT%H:%M:%SZ}"
    where = f"/finances/2024-06-19/transactions?postedAfter={after}&transactionStatus=RELEASED"
    target, total = where, Decimal()
    while target:
        payload = market.seller.call("GET", target).json()["payload"]
        total += sum(
            (
                Decimal(str(part["breakdownAmount"]["currencyAmount"]))
                for one in payload["transactions"]
                for part in one["breakdowns"]
                if {"relatedIdentifierName": "SETTLEMENT_ID", "relatedIdentifierValue": settlement_id}
                in one["relatedIdentifiers"]
            ),
            Decimal(),
        )
        token = payload.get("nextToken")
        target = f"{where}&nextToken={token}" if token else ""
    return total


def disagreements(market: TestMarket) -> list[str]:
    """Where a settlement's report, its group, its transactions and the change of the balance say different things."""
    wrong = []
    reports = {name: settlements(market, name) for name in READERS}
    for period in closed_periods(market):
        known, total = str(period.settlement_id), Money(period.total_minor or 0, period.currency).decimal
        of_orders, others = events_of(market, period.group_id)
        transactions = transactions_of(market, known)
        if transactions != total:
            wrong.append(f"{known}: transactions {transactions} of {total}")
        if sum(of_orders.values(), others) != total:
            wrong.append(f"{known}: events {sum(of_orders.values(), others)} of {total}")
        if not of_orders and not others:
            continue
        for name, reads in reports.items():
            read = reads[known]
            said = {
                "total": (read.total, total),
                "rows": (read.rows_sum, total),
                "orders": (dict(read.of_orders), of_orders),
                "others": (sum(read.others, Decimal()), others),
            }
            wrong += [f"{known} {name}: {what} {one} of {other}" for what, (one, other) in said.items() if one != other]
    return wrong
