"""The page that `callBackURL` of createTransaction leads to: a seller approves what an application asks to send."""

from __future__ import annotations

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.market.amounts import Money
from sellingpartner.market.money.wallet import commands, questions
from sellingpartner.market.money.wallet.model import Status, Transaction
from sellingpartner.server.console.fields import Fields
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.gateway.http import HttpAnswer
from sellingpartner.storage.unit import UnitOfWork


def show(visit: Visit) -> HttpAnswer:
    """What is to be sent, to whom, and the button that approves it."""
    with visit.market.write() as unit:
        return _page(visit, _asked(visit, unit, visit.query), "")


def approve(visit: Visit) -> HttpAnswer:
    """Approve it."""
    with visit.market.write() as unit:
        asked = _asked(visit, unit, visit.form)
        if asked.status is not Status.PENDING:
            return _page(visit, asked, "It does not wait for you any more.")
        try:
            sent = commands.approve(unit, asked)
        except SellingPartnerError as refused:
            return _page(visit, asked, refused.told)
        notice = "It is on its way." if sent.status is Status.IN_PROGRESS else "There is not enough in the wallet."
        return _page(visit, sent, notice)


def _asked(visit: Visit, unit: UnitOfWork, fields: Fields) -> Transaction:
    """The transaction that it is about; the unit is the seller's from here on."""
    _, unit.seller_id = visit.enter_for_seller(unit, "Sign in with the account of a person who sells.")
    return questions.transaction_by_id(unit, fields.one("transactionId"))


def _page(visit: Visit, one: Transaction, notice: str) -> HttpAnswer:
    return visit.page(
        "wallet_approval.html",
        asked=one,
        amount=Money(one.amount_minor, one.currency),
        fees=Money(one.rate.fee_minor, one.currency),
        arrives=Money(one.rate.arrives_minor, one.rate.to_currency),
        waits=one.status is Status.PENDING,
        notice=notice,
    )
