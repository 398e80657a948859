"""Both versions of Finances say the same money: what v0 lists is what 2024-06-19 calls RELEASED, amount by amount."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal

from event_reader import worth
from shipper import leaves
from sqlalchemy import text

from sellingpartner.market.money.ledger.balances.paying_out import fail, pay_out
from sellingpartner.market.money.ledger.selling.claims import ClaimKind, claim
from sellingpartner.market.money.ledger.services.charges import ServiceCharge, charge
from sellingpartner.market.orders.commands import refund
from sellingpartner.storage.append_only import statements_for
from sellingpartner.testing import TestMarket


def events_of(market: TestMarket) -> Counter[Decimal]:
    """What each event of v0 comes to, over all pages."""
    found: Counter[Decimal] = Counter()
    target = "/finances/v0/financialEvents?MaxResultsPerPage=7"
    while target:
        payload = market.seller.call("GET", target).json()["payload"]
        found.update(worth(event) for events in payload["FinancialEvents"].values() for event in events)
        token = payload.get("NextToken")
        target = f"/finances/v0/financialEvents?MaxResultsPerPage=7&NextToken={token}" if token else ""
    return found


def released(market: TestMarket) -> Counter[Decimal]:
    """What each transaction that is RELEASED comes to; a transfer is none of a period's."""
    after = f"{market.now - timedelta(days=179):%Y-%m-%dT%H:%M:%SZ}"
    target = f"/finances/2024-06-19/transactions?postedAfter={after}&transactionStatus=RELEASED"
    found = market.seller.call("GET", target).json()["payload"]["transactions"]
    return Counter(
        Decimal(str(one["totalAmount"]["currencyAmount"])) for one in found if one["transactionType"] != "Transfer"
    )


def settled(market: TestMarket) -> list[str]:
    """The groups that came to something else than their events do."""
    wrong = []
    groups = market.seller.call("GET", "/finances/v0/financialEventGroups?MaxResultsPerPage=100").json()
    for group in groups["payload"]["FinancialEventGroupList"]:
        name = group["FinancialEventGroupId"]
        events = market.seller.call("GET", f"/finances/v0/financialEventGroups/{name}/financialEvents").json()
        total = sum(
            (worth(event) for some in events["payload"]["FinancialEvents"].values() for event in some), Decimal()
        )
        if group["ProcessingStatus"] == "Closed" and total != Decimal(str(group["OriginalTotal"]["CurrencyAmount"])):
            wrong.append(f"{name}: {total} of {group['OriginalTotal']['CurrencyAmount']}")
    return wrong


def lives(market: TestMarket) -> None:
    """Let money move in many ways, and time pass."""
    seller_id = market.seller_account.seller_id
    orders = [market.buys() for _ in range(4)]
    with market.market.write(seller_id) as unit:
        for order_id in orders:
            leaves(unit, order_id)
        refund(unit, orders[0], reason="CustomerReturn")
        charge(unit, ServiceCharge(component="VineFee", minor=20000, currency="USD", source="vine"))
    market.advance(days=16)
    with market.market.write(seller_id) as unit:
        claim(unit, orders[1], ClaimKind.CHARGEBACK)
        for kind in (ClaimKind.SAFE_T, ClaimKind.GOODWILL, ClaimKind.RETROCHARGE):
            claim(unit, orders[2], kind, 15000)
        fail(unit, pay_out(unit, "USD", 100).payout_id)
    market.advance(days=20)


def test_both_versions_of_finances_say_the_same_money(market: TestMarket) -> None:
    lives(market)

    events = events_of(market)

    assert sum(events.values()) > 10
    assert events == released(market)
    assert settled(market) == []


def test_a_posting_that_is_missing_shows_in_finances() -> None:
    market = TestMarket()
    lives(market)
    with market.market.write(market.seller_account.seller_id) as unit:
        for statement in statements_for("ledger_postings", "sqlite"):
            unit.execute(text(f"DROP TRIGGER {statement.split()[2]}"))
        unit.execute(text("DELETE FROM ledger_postings WHERE component = 'Commission'"))

    assert events_of(market) != released(market)
    assert settled(market) != []
    market.close()
