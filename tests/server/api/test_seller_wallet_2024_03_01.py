"""Seller Wallet: payouts come in, and what is sent leaves: at the rate of the day, or on the days it is planned for."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from books import faults_in
from shipper import leaves

from sellingpartner.contract.errors import Conflict, InvalidInput, NotFound, SellingPartnerError
from sellingpartner.contract.transfers_2024_06_01 import GetPaymentMethods, ListPayouts
from sellingpartner.market.money.ledger.balances.paying_out import pay_out
from sellingpartner.market.money.ledger.policies import change_policy
from sellingpartner.market.money.ledger.questions import sums_by_account
from sellingpartner.market.money.ledger.selling.claims import ClaimKind, claim
from sellingpartner.market.money.wallet.commands import add_bank_account, approve, direct_payouts, open_wallet, refuse
from sellingpartner.market.money.wallet.model import BankAccount
from sellingpartner.market.money.wallet.questions import transaction_by_id, wallet_by_account, wallet_in
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US

ROOT = "/finances/transfers/wallet/2024-03-01"
SIGNED = {"destAccountDigitalSignature": "signed", "amountDigitalSignature": "signed"}
Json = dict[str, Any]


@pytest.fixture
def wallet(market: TestMarket) -> str:
    """The account of a wallet in which there are 1,000 US dollars."""
    with market.market.write(market.seller_account.seller_id) as unit:
        change_policy(unit, "USD", deferral_days=0)
        account_id = open_wallet(unit, US).account_id
    order_id = market.buys("MUG-BLUE", quantity=4)
    with market.market.write(market.seller_account.seller_id) as unit:
        leaves(unit, order_id)
    market.advance(days=14, hours=2)
    fill(market, 100_000)
    with market.market.write(market.seller_account.seller_id) as unit:
        direct_payouts(unit, wallet_by_account(unit, account_id), into_wallet=False)  # nothing more comes into it
    return account_id


def fill(market: TestMarket, minor: int) -> None:
    """Bring what is in the wallet to an amount, by a payout of as much as is missing."""
    order_id = market.buys()
    with market.market.write(market.seller_account.seller_id) as unit:
        there = wallet_in(unit, "USD")
        assert there is not None
        missing = minor - there.balance_minor
        claim(unit, order_id, ClaimKind.SAFE_T, missing + 50_000)
        pay_out(unit, "USD", missing)
    market.advance(hours=2)


def call(market: TestMarket, method: str, path: str, body: Json | None = None, **query: str) -> Json:
    said = "&".join(f"{name}={value}" for name, value in {"marketplaceId": US, **query}.items())
    headers = {} if body is None else SIGNED | {"content-type": "application/json"}
    sent = None if body is None else json.dumps(body).encode()
    answer = market.seller.call(method, f"{ROOT}{path}?{said}", body=sent, headers=headers)
    assert answer.status in {200, 400, 404, 409, 422}, answer.body
    told: Json = answer.json()
    return {"status": answer.status} | told


def balances(market: TestMarket, account_id: str) -> dict[str, Decimal]:
    found = call(market, "GET", f"/accounts/{account_id}/balance")["balances"]
    return {one["balanceType"]: Decimal(str(one["balanceAmount"])) for one in found}


def own(market: TestMarket, account_id: str | None = None) -> Json:
    """The seller's own bank account in the US, or another one of its own, as somebody who sends money there says it."""
    if account_id is None:
        methods = market.seller.send(GetPaymentMethods(marketplace_id=US)).payment_methods or []
        account_id = next(one.payment_method_id for one in methods if one.payment_method_type == "BANK_ACCOUNT")
    return {
        "bankAccount": {
            "accountId": account_id,
            "bankAccountOwnershipType": "SELF",
            "accountCountryCode": "US",
            "accountCurrency": "USD",
            "bankAccountNumberTail": "123",
        },
        "bankAccountNumber": "000123",
        "accountHolderName": "Harbor Goods",
    }


def asked(market: TestMarket, account_id: str, amount: float, **more: Any) -> Json:  # noqa: ANN401 - fields of many types
    return {
        "sourceAccountId": account_id,
        "destinationTransactionInstrument": own(market),
        "sourceAmount": {"currencyCode": "USD", "currencyAmount": amount},
        "requestTime": f"{market.now:%Y-%m-%dT%H:%M:%SZ}",
    } | more


def plan(market: TestMarket, account_id: str, **more: Any) -> Json:  # noqa: ANN401 - fields of many types
    instrument = own(market)
    return {
        "sourceAccountId": account_id,
        "sourceCurrencyCode": "USD",
        "destinationAccountId": instrument["bankAccount"]["accountId"],
        "destinationTransactionInstrument": instrument,
        "transactionType": "DEBIT",
        "transferScheduleInformation": {
            "scheduleStartDate": f"{market.now + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}",
            "scheduleExpression": {"scheduleExpressionType": "RECURRING", "recurringFrequency": "WEEKLY"},
            "scheduleType": "TIME_BASED",
        },
        "paymentPreference": {"paymentPreferencePaymentType": "AMOUNT", "value": 300},
    } | more


def books(market: TestMarket) -> list[str]:
    with market.market.read(market.seller_account.seller_id) as unit:
        return faults_in(unit)


def by_hand(market: TestMarket, do: Callable[..., object], transaction_id: str) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        do(unit, transaction_by_id(unit, transaction_id))


def test_who_has_no_wallet_is_told_so(market: TestMarket) -> None:
    assert call(market, "GET", "/accounts")["status"] == 404


def test_a_payout_comes_into_the_wallet(market: TestMarket, wallet: str) -> None:
    (account,) = call(market, "GET", "/accounts")["accounts"]
    found = call(market, "GET", "/transactions", accountId=wallet)["transactions"]

    assert (account["accountId"], account["routingNumber"], account["bankName"]) == (
        wallet,
        "000000000",
        "Amazon Seller Wallet",
    )
    assert call(market, "GET", f"/accounts/{wallet}")["bankAccountNumberTail"] == "000"
    assert [one["transactionType"] for one in found] == ["CREDIT", "CREDIT"]
    assert balances(market, wallet) == {"AVAILABLE": 1000, "LOCKED_IN": 0, "LOCKED_OUT": 0, "TOTAL": 1000}
    assert {one.account_tail for one in market.seller.send(ListPayouts()).payouts or []} == {"000"}
    with market.market.read(market.seller_account.seller_id) as unit:
        assert sums_by_account(unit, "USD")["seller.wallet"] == 100_000
    assert books(market) == []


def test_what_is_asked_for_is_approved_sent_and_arrives(market: TestMarket, wallet: str) -> None:
    made = call(market, "POST", "/transactions", asked(market, wallet, 250.5))
    transaction_id = made["transaction"]["transactionId"]
    assert made["transaction"]["transactionStatus"] == "PENDING_USER_APPROVAL"
    assert made["callBackURL"].endswith(f"/console/wallet/approval?transactionId={transaction_id}")
    assert balances(market, wallet)["AVAILABLE"] == 1000

    by_hand(market, approve, transaction_id)
    sent, there = call(market, "GET", f"/transactions/{transaction_id}"), balances(market, wallet)
    assert books(market) == []
    market.advance(days=6)
    arrived = call(market, "GET", f"/transactions/{transaction_id}")

    assert (sent["transactionStatus"], arrived["transactionStatus"]) == ("IN_PROGRESS", "SUCCESSFUL")
    assert (there["AVAILABLE"], there["LOCKED_OUT"]) == (Decimal("749.5"), Decimal("250.5"))
    assert balances(market, wallet)["TOTAL"] == Decimal("749.5")
    assert arrived["transferRateDetails"]["fees"] == []
    assert books(market) == []


def test_who_does_not_approve_in_time_sends_nothing(market: TestMarket, wallet: str) -> None:
    made = call(market, "POST", "/transactions", asked(market, wallet, 10))

    market.advance(minutes=15)

    found = call(market, "GET", f"/transactions/{made['transaction']['transactionId']}")
    assert found["transactionStatus"] == "EXPIRED"
    assert balances(market, wallet)["TOTAL"] == 1000
    with pytest.raises(InvalidInput, match="is EXPIRED"):
        by_hand(market, approve, found["transactionId"])


def test_what_the_bank_refuses_is_in_the_wallet_again(market: TestMarket, wallet: str) -> None:
    made = call(market, "POST", "/transactions", asked(market, wallet, 400))
    transaction_id = made["transaction"]["transactionId"]
    by_hand(market, approve, transaction_id)

    by_hand(market, refuse, transaction_id)

    found = call(market, "GET", f"/transactions/{transaction_id}")
    assert found["transactionStatus"] == "FAILED_CREDITS_APPLIED"
    assert found["transactionFailureReason"]
    assert balances(market, wallet)["AVAILABLE"] == 1000
    assert books(market) == []
    with pytest.raises(InvalidInput, match="FAILED_CREDITS_APPLIED"):
        by_hand(market, refuse, transaction_id)


def test_changing_money_costs_a_fee_and_the_rate_of_the_day(market: TestMarket, wallet: str) -> None:
    where: dict[str, Any] = {"sourceCountryCode": "US", "sourceCurrencyCode": "USD", "baseAmount": "500"}
    shown = call(market, "GET", "/transferPreview", destinationCountryCode="DE", destinationCurrencyCode="EUR", **where)
    with market.market.write(market.seller_account.seller_id) as unit:
        german = add_bank_account(
            unit,
            BankAccount(
                holder="Harbor", bank_name="Bank", country_code="DE", currency="EUR", number_format="IBAN", tail="819"
            ),
        )
    instrument = own(market, german.account_id)
    instrument["bankAccount"]["accountCurrency"] = "EUR"
    made = call(
        market,
        "POST",
        "/transactions",
        asked(market, wallet, 500, destinationTransactionInstrument=instrument, transferRateDetails=plain(shown)),
    )
    by_hand(market, approve, made["transaction"]["transactionId"])
    market.advance(days=7)
    stale = call(
        market,
        "POST",
        "/transactions",
        asked(market, wallet, 10, destinationTransactionInstrument=instrument, transferRateDetails=plain(shown)),
    )

    (fee,) = shown["fees"]
    rate = Decimal(str(shown["fxRateDetails"]["baseRate"]))
    assert (fee["feeType"], fee["feeRateValue"], fee["feeAmount"]) == (
        "TRANSACTION_FEE",
        "1.5",
        {"currencyCode": "USD", "currencyAmount": 7.5},
    )
    arrives = Decimal(str(shown["transferAmount"]["currencyAmount"]))
    assert abs((500 - Decimal("7.5")) * rate - arrives) <= Decimal("0.01")
    found = call(market, "GET", f"/transactions/{made['transaction']['transactionId']}")
    assert found["transactionFinalAmount"] == shown["transferAmount"]
    with market.market.read(market.seller_account.seller_id) as unit:
        assert sums_by_account(unit, "USD")["seller.wallet"] == 50_000
    assert books(market) == []
    assert (stale["status"], "holds no longer" in stale["errors"][0]["message"]) == (400, True)


def plain(shown: Json) -> Json:
    return {name: value for name, value in shown.items() if name != "status"}


@pytest.mark.parametrize(
    ("changed", "status", "code", "said"),
    [
        ({"sourceAmount": {"currencyCode": "USD", "currencyAmount": 1000.01}}, 422, "InsufficientBalance", "1000.00"),
        ({"sourceAmount": {"currencyCode": "EUR", "currencyAmount": 1}}, 400, "InvalidInput", "the wallet is in USD"),
        ({"sourceAmount": {"currencyCode": "USD", "currencyAmount": 0}}, 400, "InvalidInput", "above 0"),
        ({"sourceAmount": {"currencyCode": "USD", "currencyAmount": 1.005}}, 400, "InvalidInput", "2 decimal places"),
        ({"sourceAccountId": "amzn1.account.NOBODY"}, 404, "NotFound", "BankAccount not found"),
        ({"requestTime": "2027-01-01T00:00:00Z"}, 400, "InvalidInput", "in the future"),
        ({"customerPaymentReference": "x" * 141}, 400, "InvalidInput", "it may have 140"),
    ],
)
def test_what_cannot_be_sent_is_refused(
    market: TestMarket, wallet: str, changed: Json, status: int, code: str, said: str
) -> None:
    answer = call(market, "POST", "/transactions", asked(market, wallet, 10) | changed)

    assert (answer["status"], answer["errors"][0]["code"]) == (status, code)
    assert said in answer["errors"][0]["message"]
    assert len(call(market, "GET", "/transactions", accountId=wallet)["transactions"]) == 2


def test_an_account_that_is_not_the_sellers_own_takes_a_payee(market: TestMarket, wallet: str) -> None:
    unknown = call(
        market, "POST", "/transactions", asked(market, wallet, 10, destinationTransactionInstrument=own(market, "1"))
    )
    others = own(market)
    others["bankAccount"] |= {"bankAccountOwnershipType": "THIRD_PARTY", "accountId": None}
    nobody = call(market, "POST", "/transactions", asked(market, wallet, 10, destinationTransactionInstrument=others))

    assert unknown["status"] == 404
    assert "payeeContactInformation is missing" in nobody["errors"][0]["message"]


def test_planned_transfers_happen_on_their_days(market: TestMarket, wallet: str) -> None:
    made = call(market, "POST", "/transferSchedules", plan(market, wallet))
    again = call(market, "POST", "/transferSchedules", plan(market, wallet))

    market.advance(days=30)

    sent = [
        one
        for one in call(market, "GET", "/transactions", accountId=wallet)["transactions"]
        if one["transactionType"] == "DEBIT"
    ]
    found = call(market, "GET", f"/transferSchedules/{made['transferScheduleId']}")
    assert (again["status"], again["errors"][0]["code"]) == (409, "RequestConflict")
    assert len(sent) == 3
    assert {one["transactionStatus"] for one in sent} == {"SUCCESSFUL"}
    assert [one["transferScheduleFailureReason"] for one in found["transferScheduleFailures"]] == [
        "INSUFFICIENT_BALANCE",
        "INSUFFICIENT_BALANCE",
    ]
    assert found["transferScheduleStatus"] == "ENABLED"
    assert balances(market, wallet)["AVAILABLE"] >= 100
    assert books(market) == []
    assert market.market.failures() == []


def test_a_plan_is_changed_put_off_and_ended(market: TestMarket, wallet: str) -> None:
    made = call(market, "POST", "/transferSchedules", plan(market, wallet))
    schedule_id = made.pop("transferScheduleId")
    changed = {
        "transferScheduleId": schedule_id,
        "transactionType": "DEBIT",
        "transactionDestinationAccount": made["transactionDestinationAccount"],
        "transferScheduleStatus": "DISABLED",
        "transferScheduleInformation": made["transferScheduleInformation"],
        "paymentPreference": {"paymentPreferencePaymentType": "PERCENTAGE", "value": 50},
        "transferScheduleFailures": [],
    }
    call(market, "PUT", "/transferSchedules", changed)
    market.advance(days=10)
    untouched = balances(market, wallet)["AVAILABLE"]
    call(market, "PUT", "/transferSchedules", changed | {"transferScheduleStatus": "ENABLED"})
    market.advance(days=6)
    halved = balances(market, wallet)["AVAILABLE"]

    ended = call(market, "DELETE", f"/transferSchedules/{schedule_id}")
    twice = call(market, "DELETE", f"/transferSchedules/{schedule_id}")
    back = call(market, "PUT", "/transferSchedules", changed)
    (listed,) = call(market, "GET", "/transferSchedules", accountId=wallet)["transferSchedules"]

    assert halved == untouched / 2
    assert (ended["code"], twice["status"], back["status"]) == ("Successful", 400, 400)
    assert "is DELETED" in twice["errors"][0]["message"]
    assert listed["transferScheduleStatus"] == "DELETED"


def test_a_plan_for_once_is_over_afterwards(market: TestMarket, wallet: str) -> None:
    once = plan(market, wallet)
    once["transferScheduleInformation"]["scheduleExpression"] = {"scheduleExpressionType": "ONE_TIME"}
    made = call(market, "POST", "/transferSchedules", once)

    market.advance(days=2)

    found = call(market, "GET", f"/transferSchedules/{made['transferScheduleId']}")
    assert found["transferScheduleStatus"] == "EXPIRED"
    assert balances(market, wallet)["AVAILABLE"] == 700
    assert call(market, "POST", "/transferSchedules", plan(market, wallet))["status"] == 200


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("transactionType", "CREDIT", "is a DEBIT"),
        ("sourceCurrencyCode", "EUR", "the wallet is in USD"),
        ("paymentPreference", {"paymentPreferencePaymentType": "PERCENTAGE", "value": 101}, "at most 100"),
        ("paymentPreference", {"paymentPreferencePaymentType": "AMOUNT", "value": -1}, "above 0"),
        ("transferScheduleInformation", {"scheduleExpression": {"scheduleExpressionType": "RECURRING"}}, "missing"),
        ("transferScheduleInformation", {}, "scheduleExpression is missing"),
        ("transferScheduleStatus", "EXPIRED", "must be one of ENABLED, DISABLED"),
    ],
)
def test_what_cannot_be_planned_is_refused(
    market: TestMarket, wallet: str, field: str, value: object, said: str
) -> None:
    answer = call(market, "POST", "/transferSchedules", plan(market, wallet, **{field: value}))

    assert answer["status"] == 400
    assert said in answer["errors"][0]["message"]
    assert call(market, "GET", "/transferSchedules", accountId=wallet)["transferSchedules"] == []


def test_transactions_are_listed_by_the_hundred(market: TestMarket, wallet: str) -> None:
    for _ in range(101):
        call(market, "POST", "/transactions", asked(market, wallet, 1))
        market.advance(seconds=2)

    first = call(market, "GET", "/transactions", accountId=wallet)
    rest = call(market, "GET", "/transactions", accountId=wallet, nextPageToken=first["nextPageToken"])
    wrong = call(market, "GET", "/transactions", accountId=wallet, nextPageToken="x")

    assert (len(first["transactions"]), len(rest["transactions"]), rest.get("nextPageToken")) == (100, 3, None)
    assert len({one["transactionId"] for one in first["transactions"] + rest["transactions"]}) == 103
    assert wrong["status"] == 400


def test_a_wallet_is_opened_once(market: TestMarket, wallet: str) -> None:
    assert wallet
    with pytest.raises(Conflict), market.market.write(market.seller_account.seller_id) as unit:
        open_wallet(unit, US)
    with pytest.raises(NotFound):
        by_hand(market, approve, "amzn.transaction.NOBODY")
    with pytest.raises(SellingPartnerError), market.market.write(market.seller_account.seller_id) as unit:
        open_wallet(unit, "A1PA6795UKMFR9")
