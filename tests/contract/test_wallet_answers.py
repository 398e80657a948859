"""Answers of the Seller Wallet API, held against Amazon's own document of it."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest

from sellingpartner.market.money.ledger.balances.paying_out import pay_out
from sellingpartner.market.money.ledger.selling.claims import ClaimKind, claim
from sellingpartner.market.money.wallet.commands import open_wallet
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US

DOCUMENT = "sellerWallet_2024-03-01.json"
ROOT = "/finances/transfers/wallet/2024-03-01"
HERE = f"marketplaceId={US}"
PREVIEW = "transferPreview?sourceCountryCode=US&sourceCurrencyCode=USD&destinationCountryCode=CN&baseAmount=20"
INSTRUMENT = {
    "bankAccount": {
        "bankAccountOwnershipType": "THIRD_PARTY",
        "accountCountryCode": "GB",
        "accountCurrency": "GBP",
        "bankAccountNumberTail": "819",
    },
    "bankAccountNumber": "GB29RBOS60161331926819",
    "accountHolderName": "John Doe",
}
PAYEE = {
    "payeeFirstName": "John",
    "payeeLastName": "Doe",
    "addressLine1": "1 Lane",
    "city": "London",
    "state": "London",
    "postalCode": "E1",
    "countryCode": "GB",
    "phoneNumber": "1",
    "emailAddress": "john@doe.example",
    "payeeEntityType": "BUSINESS",
}


@pytest.fixture
def wallet(market: TestMarket) -> str:
    order_id = market.buys()
    with market.market.write(market.seller_account.seller_id) as unit:
        account_id = open_wallet(unit, US).account_id
        claim(unit, order_id, ClaimKind.SAFE_T, 50_000)
        pay_out(unit, "USD")
    market.advance(hours=2)
    return account_id


def answered(market: TestMarket, method: str, path: str, body: object = None) -> tuple[int, dict[str, Any]]:
    headers = {"destAccountDigitalSignature": "s", "amountDigitalSignature": "s", "content-type": "application/json"}
    mark = "&" if "?" in path else "?"
    sent = None if body is None else json.dumps(body).encode()
    reply = market.seller.call(
        method, f"{ROOT}/{path}{mark}{HERE}", body=sent, headers=headers if body is not None else {}
    )
    return reply.status, reply.json()


def test_every_answer_has_the_form_of_amazons_document(
    market: TestMarket, wallet: str, published: dict[str, Any]
) -> None:
    def holds(answer: str, status: int, method: str, path: str, body: object = None) -> dict[str, Any]:
        found, said = answered(market, method, path, body)
        assert found == status, said
        schema = {"$ref": f"#/definitions/{answer}", "definitions": published[DOCUMENT]["definitions"]}
        jsonschema_rs.Draft7Validator(schema).validate(said)
        return said

    sending = {
        "sourceAccountId": wallet,
        "destinationTransactionInstrument": INSTRUMENT,
        "payeeContactInformation": PAYEE,
        "sourceAmount": {"currencyCode": "USD", "currencyAmount": 20},
        "requestTime": f"{market.now:%Y-%m-%dT%H:%M:%SZ}",
    }
    planning = {
        "sourceAccountId": wallet,
        "sourceCurrencyCode": "USD",
        "destinationAccountId": "theirs",
        "destinationTransactionInstrument": INSTRUMENT,
        "transactionType": "DEBIT",
        "transferScheduleInformation": {
            "scheduleExpression": {"scheduleExpressionType": "RECURRING", "recurringFrequency": "DAILY"}
        },
        "paymentPreference": {"paymentPreferencePaymentType": "AMOUNT", "value": 900},
    }
    holds("BankAccountListing", 200, "GET", "accounts")
    holds("BankAccount", 200, "GET", f"accounts/{wallet}")
    holds("ErrorList", 404, "GET", "accounts/nobodys")
    holds("BalanceListing", 200, "GET", f"accounts/{wallet}/balance")
    holds("TransferRatePreview", 200, "GET", f"{PREVIEW}&destinationCurrencyCode=CNY")
    holds("ErrorList", 400, "GET", f"{PREVIEW}&destinationCurrencyCode=XXX")
    made = holds("CreateTransactionResponse", 200, "POST", "transactions", sending)
    holds("Transaction", 200, "GET", f"transactions/{made['transaction']['transactionId']}")
    holds("TransactionListing", 200, "GET", f"transactions?accountId={wallet}")
    much = sending | {"sourceAmount": {"currencyCode": "USD", "currencyAmount": 9000}}
    holds("ErrorList", 422, "POST", "transactions", much)
    planned = holds("TransferSchedule", 200, "POST", "transferSchedules", planning)
    holds("ErrorList", 409, "POST", "transferSchedules", planning)
    market.advance(days=2)
    holds("TransferSchedule", 200, "GET", f"transferSchedules/{planned['transferScheduleId']}")
    holds("TransferScheduleListing", 200, "GET", f"transferSchedules?accountId={wallet}")
    holds("TransferSchedule", 200, "PUT", "transferSchedules", planned | {"transferScheduleStatus": "DISABLED"})
    holds("DeleteTransferSchedule", 200, "DELETE", f"transferSchedules/{planned['transferScheduleId']}")
