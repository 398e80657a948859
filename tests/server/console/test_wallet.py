"""Approving what an application asks to send out of a wallet, where `callBackURL` of createTransaction leads."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from shipper import leaves

from sellingpartner.market.money.ledger.balances.paying_out import pay_out
from sellingpartner.market.money.ledger.selling.claims import ClaimKind, claim
from sellingpartner.market.money.wallet.commands import open_wallet
from sellingpartner.market.money.wallet.model import Status
from sellingpartner.market.money.wallet.questions import own_accounts, transaction_by_id, wallet_in
from sellingpartner.testing.world import US

Town = Any  # tests/server/console/conftest.py
Browser = Any
PAGE = "/console/wallet/approval"
ROOT = "/finances/transfers/wallet/2024-03-01"


@pytest.fixture
def wallet(town: Town) -> str:
    """A wallet in which there are 500 US dollars."""
    market = town.market
    order_id = market.buys("MUG-BLUE")
    with market.market.write(town.seller_id) as unit:
        account_id = open_wallet(unit, US).account_id
        leaves(unit, order_id)
        claim(unit, order_id, ClaimKind.SAFE_T, 80_000)
        pay_out(unit, "USD", 50_000)
    market.advance(hours=2)
    return account_id


def ask(town: Town, wallet: str, amount: float = 120.5) -> str:
    """Have the application ask to send money to the seller's bank; returns where the seller is sent."""
    with town.market.market.read(town.seller_id) as unit:
        bank = own_accounts(unit)[0]
    body = {
        "sourceAccountId": wallet,
        "destinationTransactionInstrument": {
            "bankAccount": {
                "accountId": bank.account_id,
                "bankAccountOwnershipType": "SELF",
                "accountCountryCode": "US",
                "accountCurrency": "USD",
                "bankAccountNumberTail": bank.tail,
            },
            "bankAccountNumber": "000123",
            "accountHolderName": "Harbor Goods",
        },
        "sourceAmount": {"currencyCode": "USD", "currencyAmount": amount},
        "requestTime": f"{town.market.now:%Y-%m-%dT%H:%M:%SZ}",
    }
    signed = {"destAccountDigitalSignature": "signed", "amountDigitalSignature": "signed"}
    answer = town.market.seller.call(
        "POST",
        f"{ROOT}/transactions?marketplaceId={US}",
        headers=signed | {"content-type": "application/json"},
        body=json.dumps(body).encode(),
    )
    assert answer.status == 200, answer.body
    found = urlsplit(answer.json()["callBackURL"])
    assert found.path == PAGE
    return f"{found.path}?{found.query}"


def state(town: Town, address: str) -> tuple[Status, int]:
    """Where the transaction is, and what is left in the wallet."""
    with town.market.market.read(town.seller_id) as unit:
        there = wallet_in(unit, "USD")
        assert there is not None
        return transaction_by_id(unit, address.partition("transactionId=")[2]).status, there.balance_minor


def test_a_seller_sees_what_is_to_leave_the_wallet_and_approves_it_once(
    town: Town, browser: Browser, wallet: str
) -> None:
    address = ask(town, wallet)
    browser.open(address).signs_in()
    assert "asks to send 120.50 USD to" in browser.text
    assert state(town, address) == (Status.PENDING, 50_000)

    browser.send(PAGE)
    assert "It is on its way." in browser.text
    assert state(town, address) == (Status.IN_PROGRESS, 37_950)

    assert "Approve the transfer" not in browser.open(address).text


def test_who_looks_approves_nothing(town: Town, browser: Browser, wallet: str) -> None:
    address = ask(town, wallet)

    browser.open(address).signs_in().open(address)
    assert state(town, address) == (Status.PENDING, 50_000)

    town.market.advance(minutes=16)
    assert "expired" in browser.open(address).text
    assert state(town, address) == (Status.EXPIRED, 50_000)


def test_what_came_too_late_or_is_too_much_leaves_nothing(town: Town, browser: Browser, wallet: str) -> None:
    first, second, third = ask(town, wallet, 400), ask(town, wallet, 400), ask(town, wallet, 10)
    browser.open(first).signs_in()
    browser.send(PAGE)
    browser.open(second)
    browser.send(PAGE)
    assert "There is not enough in the wallet." in browser.text
    assert (state(town, first), state(town, second)) == ((Status.IN_PROGRESS, 10_000), (Status.FAILED, 10_000))

    browser.open(third)
    town.market.advance(minutes=16)
    browser.send(PAGE)

    assert "It does not wait for you any more." in browser.text
    assert state(town, third) == (Status.EXPIRED, 10_000)


def test_nobody_else_sees_or_approves_it(town: Town, browser: Browser, wallet: str) -> None:
    address = ask(town, wallet)

    browser.open(address).signs_in("ben@wharf.example")
    assert (browser.reply.status, "You act for no seller" in browser.text) == (403, True)

    town.user("dora@dale.example", "Dora Dale", seller_id=town.market.seller("Dale Goods").seller_id)
    other = town.browser()
    other.open(address).signs_in("dora@dale.example")
    assert (other.reply.status, "120.50" in other.text) == (404, False)
    assert state(town, address) == (Status.PENDING, 50_000)


def test_an_unknown_transaction_is_not_found(town: Town, browser: Browser, wallet: str) -> None:
    browser.open(ask(town, wallet)).signs_in()

    assert browser.open(f"{PAGE}?transactionId=amzn.transaction.NOBODY").reply.status == 404
    assert browser.open(PAGE).reply.status == 404
