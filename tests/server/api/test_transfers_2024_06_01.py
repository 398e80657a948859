"""Transfers: what is paid out, what will be, and what is paid out on demand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec
import pytest

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.transfers_2024_06_01 import (
    GetPaymentMethods,
    InitiatePayout,
    ListExpectedPayouts,
    ListPayouts,
    PaymentMethodType,
)
from sellingpartner.market.money.ledger.balances.paying_out import fail
from sellingpartner.market.money.ledger.policies import change_policy
from sellingpartner.market.money.ledger.selling.claims import ClaimKind, claim
from sellingpartner.market.money.ledger.services.charges import ServiceCharge, charge
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US

UK = BY_COUNTRY["GB"].marketplace_id
STANDARD = "Standard Orders"
ROOT = "/finances/transfers/2024-06-01"


@pytest.fixture
def british() -> Iterator[TestMarket]:
    """A market of the United Kingdom, whose seller has 50 pounds."""
    market = TestMarket(marketplaces=[UK])
    order_id = market.buys(marketplace_id=UK)
    with market.market.write(market.seller_account.seller_id) as unit:
        claim(unit, order_id, ClaimKind.SAFE_T, 5000)
    yield market
    market.close()


def test_what_is_available_is_paid_out_on_demand_once_a_day(british: TestMarket) -> None:
    paid = british.seller.send(InitiatePayout(marketplace_id=UK, account_type=STANDARD))
    (sent,) = british.seller.send(ListPayouts(payout_id=paid.payout_reference_id)).payouts or []
    with pytest.raises(SellingPartnerError, match="24 hours after it"):
        british.seller.send(InitiatePayout(marketplace_id=UK, account_type=STANDARD))

    british.advance(days=5)

    (arrived,) = british.seller.send(ListPayouts(marketplace_ids=[UK])).payouts or []
    assert (sent.current_status, arrived.current_status) == ("IN_TRANSIT", "PAID")
    assert [str(one.status) for one in arrived.status_history] == ["STARTED", "IN_TRANSIT", "PAID"]
    assert arrived.amount is not None
    assert (arrived.amount.currency_code, arrived.amount.currency_amount) == ("GBP", Decimal("50.00"))
    assert (arrived.type, arrived.partner_metadata.marketplace_id) == ("ON_DEMAND", UK)
    with pytest.raises(SellingPartnerError, match="are available"):
        british.seller.send(InitiatePayout(marketplace_id=UK, account_type=STANDARD))


def test_a_payout_that_the_bank_refuses_says_why(british: TestMarket) -> None:
    paid = british.seller.send(InitiatePayout(marketplace_id=UK, account_type=STANDARD))
    with british.market.write(british.seller_account.seller_id) as unit:
        fail(unit, int(paid.payout_reference_id))

    (failed,) = british.seller.send(ListPayouts()).payouts or []

    assert failed.current_status == "FAILED"
    assert failed.status_history[-1].failure_reason == "The bank did not accept the transfer."


def test_an_open_period_tells_what_it_would_pay_out(british: TestMarket) -> None:
    seller_id = british.seller_account.seller_id
    statuses = []
    for changed in (None, False):
        if changed is not None:
            with british.market.write(seller_id) as unit:
                change_policy(unit, "GBP", bank_works=changed)
        (expected,) = british.seller.send(ListExpectedPayouts(marketplace_ids=[UK])).expected_payouts or []
        statuses.append(str(expected.status))
    with british.market.write(seller_id) as unit:
        charge(unit, ServiceCharge(component="VineFee", minor=9000, currency="GBP", source="vine"))
    (owing,) = british.seller.send(ListExpectedPayouts()).expected_payouts or []

    assert [*statuses, str(owing.status)] == ["SCHEDULED", "DISABLED", "AT_RISK"]
    assert owing.amount is not None
    assert owing.amount.currency_amount == Decimal("-40.00")


def test_money_goes_to_a_bank_account_and_debts_to_a_card(british: TestMarket) -> None:
    methods = british.seller.send(GetPaymentMethods(marketplace_id=UK)).payment_methods or []
    cards = british.seller.send(GetPaymentMethods(marketplace_id=UK, payment_method_types=[PaymentMethodType.CARD]))

    assert [(str(one.payment_method_type), one.assignment_type) for one in methods] == [
        ("BANK_ACCOUNT", "DEFAULT_DEPOSIT_METHOD"),
        ("CARD", None),
    ]
    assert cards.payment_methods == methods[1:]


@pytest.mark.parametrize(
    ("method", "target", "body", "said"),
    [
        ("POST", "/payouts", {"marketplaceId": US, "accountType": STANDARD}, "exist in Europe only"),
        ("POST", "/payouts", {"marketplaceId": US, "accountType": "PAYABLE"}, "accountType is 'PAYABLE'"),
        ("POST", "/payouts", {"marketplaceId": UK, "accountType": STANDARD}, UK),
        ("GET", "/payouts?marketplaceIds=" + UK, None, UK),
        ("GET", "/payouts?nextToken=x", None, "nextToken is not valid"),
        (
            "GET",
            "/payouts?createdAfter=2026-10-02T00:00:00Z&createdBefore=2026-10-01T00:00:00Z",
            None,
            "createdBefore is not after createdAfter",
        ),
        ("GET", "/payouts/expected?accountType=x", None, "accountType is 'x'"),
        ("GET", "/paymentMethods?marketplaceId=" + UK, None, UK),
        ("GET", f"/paymentMethods?marketplaceId={US}&paymentMethodTypes=CASH", None, "paymentMethodTypes"),
    ],
)
def test_what_cannot_be_paid_or_asked_is_refused(
    market: TestMarket, method: str, target: str, body: object, said: str
) -> None:
    sent = None if body is None else msgspec.json.encode(body)

    reply = market.seller.call(method, ROOT + target, headers={"content-type": "application/json"}, body=sent)

    assert reply.status in {400, 403}
    assert said in str(reply.json()["errors"][0])
