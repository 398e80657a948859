"""`spapi money`: a seller's money, from sale to payout, and what may be done to it by hand."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import App

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.paying.wallets import app as wallet
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.tables import Printed
from sellingpartner.cli.shown.printing import print_facts, print_json, print_line, print_table
from sellingpartner.cli.words.amounts import amount_of, told
from sellingpartner.contract.market_v1 import (
    AdjustLabel,
    ChangeMoneyPolicy,
    ChangePayout,
    ChargeService,
    DecideClaim,
    GetMoneyPolicy,
    GetOrderMoney,
    GetStatement,
    LedgerEntry,
    ListBalances,
    ListMoneyPayouts,
    ListPeriods,
    MoneyClaim,
    MoneyPolicy,
    PayoutChange,
    SettlementPeriod,
)

app = App(name="money", help="What sellers are owed, what they are charged, and when they are paid.")
policy = App(name="policy", help="How a seller's money is held and paid out.")
app.command(policy)
app.command(wallet)

_OWN = "(seller)"


@app.command
def balance(*, seller: str | None = None, csv: Annotated[bool, FLAG] = False, to: Connection | None = None) -> None:
    """Show what a seller has, by currency.

    Args:
        seller: The seller's id; the first one unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListBalances(seller_id=seller))
    rows = [
        (
            told(one.available),
            told(one.held),
            told(one.total),
            None if one.period is None else one.period.period_id,
            None if one.period is None else one.period.ends_at,
            told(one.wallet),
        )
        for one in answer.balances
    ]
    Printed(to, csv=csv).show(
        answer, ("Available", "Held", "Total", "Period", "Ends", "Wallet"), rows, empty="Nothing yet."
    )


@app.command
def periods(
    *,
    seller: str | None = None,
    currency: str | None = None,
    csv: Annotated[bool, FLAG] = False,
    to: Connection | None = None,
) -> None:
    """List a seller's settlement periods, the latest first.

    Args:
        seller: The seller's id; the first one unless said.
        currency: Of this currency alone.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListPeriods(seller_id=seller, currency=currency))
    rows = [
        (
            one.period_id,
            one.settlement_id,
            one.began_at,
            one.ends_at,
            one.status,
            told(one.opening),
            told(one.balance),
            told(one.total),
            one.transfer_status,
        )
        for one in answer.periods
    ]
    columns = ("Period", "Settlement", "Began", "Ends", "Status", "Opening", "Balance", "Total", "Transfer")
    Printed(to, csv=csv).show(answer, columns, rows, empty="No period has begun yet: nothing has counted in one.")


@app.command
def statement(
    *,
    period: int | None = None,
    currency: str | None = None,
    seller: str | None = None,
    csv: Annotated[bool, FLAG] = False,
    to: Connection | None = None,
) -> None:
    """Show what a settlement period is made of: what was sold, charged and given back, by kind.

    Args:
        period: The period's number; the open one unless said.
        currency: The currency of the open period; that of the seller's home unless said.
        seller: The seller's id; the first one unless said.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(GetStatement(seller_id=seller, period_id=period, currency=currency))
    rows: list[tuple[object, ...]] = [(one.kind, one.component, one.count, told(one.amount)) for one in answer.parts]
    if not csv and not to.json:
        print_facts(_facts(answer.period))
        rows.append(("", "in all", "", told(answer.period.balance)))
    Printed(to, csv=csv).show(answer, ("Kind", "Part", "Count", "Amount"), rows, empty="Nothing counts in it yet.")


@app.command
def order(order_id: str, *, to: Connection | None = None) -> None:
    """Show every posting for an order, from its sale to its payout.

    Args:
        order_id: The order's id.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(GetOrderMoney(order_id=order_id))
    if to.json:
        print_json(answer)
        return
    rows = [row for one in answer.entries for row in _rows(one)]
    columns = ("Entry", "When", "Kind", "Account", "Part", "SKU", "Owed more", "To the seller", "Period")
    print_table(columns, rows, empty=f"Nothing was posted for order {order_id}: nothing of it has shipped.")
    for one in answer.payouts:
        end = told(one.total) or "still to come"
        print_line(
            f"Period {one.period_id}: {one.status}, {end}{', transfer ' if one.transfer_status else ''}"
            f"{one.transfer_status or ''}."
        )


@app.command
def payouts(
    *,
    seller: str | None = None,
    currency: str | None = None,
    csv: Annotated[bool, FLAG] = False,
    to: Connection | None = None,
) -> None:
    """List what was paid out to a seller, the latest first.

    Args:
        seller: The seller's id; the first one unless said.
        currency: Of this currency alone.
        csv: Print CSV.
        to: Which market.
    """
    to = to or Connection()
    answer = to.send(ListMoneyPayouts(seller_id=seller, currency=currency))
    rows = [
        (one.payout_id, one.kind, one.status, told(one.amount), one.begun_at, one.ended_at, one.period_id)
        for one in answer.payouts
    ]
    columns = ("Payout", "Kind", "Status", "Amount", "Begun", "Ended", "Period")
    Printed(to, csv=csv).show(answer, columns, rows, empty="Nothing was paid out yet.")


@app.command
def charge(
    service: str,
    amount: str,
    *,
    seller: str | None = None,
    currency: str | None = None,
    sku: str | None = None,
    description: str = "",
    to: Connection | None = None,
) -> None:
    """Charge a seller for a service.

    Args:
        service: The service, by the name of its fee, such as VineFee.
        amount: What it costs, such as 200.00; below zero it is given back.
        seller: The seller's id; the first one unless said.
        currency: The currency; that of the seller's home unless said.
        sku: What it is charged for.
        description: What listTransactions shows.
        to: Which market.
    """
    wanted = amount_of(amount, "AMOUNT")
    if wanted is None:
        return
    request = ChargeService(
        component=service, amount=wanted, seller_id=seller, currency=currency, sku=sku, description=description
    )
    _show_entry(to or Connection(), request)


@app.command
def claim(
    order_id: str,
    kind: Literal["guarantee", "chargeback", "safe-t", "goodwill", "retrocharge"],
    *,
    amount: str | None = None,
    to: Connection | None = None,
) -> None:
    """Decide a claim about an order.

    Args:
        order_id: The order's id.
        kind: An A-to-z claim or a chargeback, which refund all; a reimbursement; or tax that is charged afterwards.
        amount: How much; a refund takes all that is left.
        to: Which market.
    """
    decided = MoneyClaim(kind.upper().replace("-", "_"))
    request = DecideClaim(order_id=order_id, kind=decided, amount=amount_of(amount, "--amount"))
    _show_entry(to or Connection(), request)


@app.command(name="adjust-label")
def adjust_label(shipment: str, amount: str, *, to: Connection | None = None) -> None:
    """Have a carrier ask for more than a label cost, as it found the parcel to be heavier.

    Args:
        shipment: The shipment's id, as `spapi shipment list` shows it.
        amount: How much more, in the currency of the label.
        to: Which market.
    """
    wanted = amount_of(amount, "AMOUNT")
    if wanted is not None:
        _show_entry(to or Connection(), AdjustLabel(shipment_id=shipment, amount=wanted))


@app.command(name="fail-transfer")
def fail_transfer(payout: int, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Have the bank refuse a payout that is on its way.

    Args:
        payout: The payout's number, as `spapi money payouts` shows it.
        seller: The seller's id; the first one unless said.
        to: Which market.
    """
    _change(to or Connection(), ChangePayout(payout_id=payout, change=PayoutChange.FAIL, seller_id=seller))


@app.command(name="retry-transfer")
def retry_transfer(payout: int, *, seller: str | None = None, to: Connection | None = None) -> None:
    """Send a payout that failed again at once, as far as the money is there.

    Args:
        payout: The payout's number, as `spapi money payouts` shows it.
        seller: The seller's id; the first one unless said.
        to: Which market.
    """
    _change(to or Connection(), ChangePayout(payout_id=payout, change=PayoutChange.RETRY, seller_id=seller))


@policy.command(name="show")
def show_policy(*, seller: str | None = None, currency: str | None = None, to: Connection | None = None) -> None:
    """Show how a seller's money is held and paid out.

    Args:
        seller: The seller's id; the first one unless said.
        currency: The currency; that of the seller's home unless said.
        to: Which market.
    """
    to = to or Connection()
    _show_policy(to, to.send(GetMoneyPolicy(seller_id=seller, currency=currency)))


@policy.command(name="set")
def set_policy(
    *,
    deferral_days: int | None = None,
    reserve_percent: int | None = None,
    bank: Literal["works", "refuses"] | None = None,
    card: Literal["works", "refuses"] | None = None,
    minimum: str | None = None,
    seller: str | None = None,
    currency: str | None = None,
    to: Connection | None = None,
) -> None:
    """Change how a seller's money is held and paid out; what is not said stays.

    Args:
        deferral_days: For how many days after delivery the money of sales is held, 0 to 90.
        reserve_percent: What part of a period's balance is kept for the next one.
        bank: Whether the bank takes transfers.
        card: Whether debts can be charged.
        minimum: What is less than this is not transferred.
        seller: The seller's id; the first one unless said.
        currency: The currency; that of the seller's home unless said.
        to: Which market.
    """
    if all(one is None for one in (deferral_days, reserve_percent, bank, card, minimum)):
        message = "Say what is to change, such as --deferral-days 0; `spapi money policy show` shows what holds."
        raise CannotDo(message)
    to = to or Connection()
    request = ChangeMoneyPolicy(
        seller_id=seller,
        currency=currency,
        deferral_days=deferral_days,
        reserve_percent=reserve_percent,
        bank_works=None if bank is None else bank == "works",
        card_works=None if card is None else card == "works",
        minimum=amount_of(minimum, "--minimum"),
    )
    _show_policy(to, to.send(request))


def _facts(period: SettlementPeriod) -> list[tuple[str, object]]:
    return [
        ("Period", f"{period.period_id}, {period.status}"),
        ("Settlement", period.settlement_id),
        ("Group", period.group_id),
        ("From", period.began_at),
        ("To", period.ends_at),
        ("Opening", told(period.opening)),
        ("Transfer", f"{told(period.total)} {period.transfer_status or ''}".strip()),
    ]


def _rows(entry: LedgerEntry) -> list[tuple[object, ...]]:
    """An entry's postings, a row each; what is said of the whole stands in the first."""
    whole = (entry.entry_id, entry.posted_at, entry.kind)
    ends = (told(entry.total), entry.period_id or ("held" if entry.matures_at and not entry.released_at else None))
    return [
        (
            *(whole if number == 0 else (None, None, None)),
            one.account,
            one.component or _OWN,
            one.sku,
            told(one.amount),
            *(ends if number == 0 else (None, None)),
        )
        for number, one in enumerate(entry.postings)
    ]


def _show_entry(to: Connection, request: ChargeService | DecideClaim | AdjustLabel) -> None:
    answer = to.send(request)
    if to.json:
        print_json(answer)
        return
    print_table(
        ("Entry", "When", "Kind", "Account", "Part", "SKU", "Owed more", "To the seller", "Period"),
        _rows(answer),
        empty="Nothing was posted.",
    )


def _change(to: Connection, request: ChangePayout) -> None:
    answer = to.send(request)
    if to.json:
        print_json(answer)
    else:
        print_line(f"Payout {answer.payout_id} of {told(answer.amount)} is {answer.status}. {answer.reason}".rstrip())


def _show_policy(to: Connection, found: MoneyPolicy) -> None:
    if to.json:
        print_json(found)
        return
    print_facts(
        [
            ("Currency", found.currency),
            ("Held", f"{found.deferral_days} days after delivery"),
            ("Reserve", f"{found.reserve_percent} percent of a period's balance"),
            ("Bank account", f"...{found.bank_tail}, {'works' if found.bank_works else 'refuses transfers'}"),
            ("Card", "works" if found.card_works else "refuses charges"),
            ("Transferred from", told(found.minimum)),
        ]
    )
