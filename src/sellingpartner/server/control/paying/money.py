"""A seller's money: what there is, what was posted, and what may be done to it by hand."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument, InvalidInput, NotFound, SellingPartnerError
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import all_sellers
from sellingpartner.market.amounts import Money
from sellingpartner.market.money.ledger import commands, questions
from sellingpartner.market.money.ledger.balances.paying_out import Payout
from sellingpartner.market.money.ledger.model import Entry
from sellingpartner.market.money.ledger.periods import Period
from sellingpartner.market.money.ledger.policies import Policy
from sellingpartner.market.money.wallet.questions import wallet_in
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping import commands as shipping
from sellingpartner.market.shipping.questions import find_shipment
from sellingpartner.server.control.amounts import minor_if_said, minor_of
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.whose import seller_of_order, shop_meant
from sellingpartner.storage.unit import UnitOfWork


def list_balances(desk: Desk, request: v1.ListBalances) -> v1.MoneyBalances:
    """Show a seller's money, by currency; that of its home where there is none yet."""
    seller_id, home = _meant(desk, request.seller_id)
    with desk.market.read(seller_id) as unit:
        currencies = questions.currencies_of(unit) or [home]
        return v1.MoneyBalances(seller_id=seller_id, balances=[_balance(unit, one) for one in currencies])


def list_periods(desk: Desk, request: v1.ListPeriods) -> v1.SettlementPeriods:
    """List a seller's settlement periods."""
    seller_id, _ = _meant(desk, request.seller_id)
    with desk.market.read(seller_id) as unit:
        found = questions.periods_of(unit, request.currency and _known(request.currency))
        return v1.SettlementPeriods(periods=[_period(one) for one in found])


def get_statement(desk: Desk, request: v1.GetStatement) -> v1.MoneyStatement:
    """Show what a settlement period is made of."""
    seller_id, home = _meant(desk, request.seller_id)
    with desk.market.read(seller_id) as unit:
        period = _period_meant(unit, request, home)
        parts = questions.statement_of(unit, period.period_id)
        return v1.MoneyStatement(
            seller_id=seller_id,
            period=_period(period),
            parts=[
                v1.StatementPart(
                    kind=one.kind, component=one.component, count=one.count, amount=_told(one.minor, period.currency)
                )
                for one in parts
            ],
        )


def get_order_money(desk: Desk, request: v1.GetOrderMoney) -> v1.OrderMoney:
    """Show all that was posted for an order."""
    seller_id = seller_of_order(desk.market, request.order_id)
    with desk.market.read(seller_id) as unit:
        entries = questions.entries_of_order(unit, request.order_id)
        periods = sorted({one.period_id for one in entries if one.period_id is not None})
        return v1.OrderMoney(
            order_id=request.order_id,
            seller_id=seller_id,
            entries=_entries(unit, entries),
            payouts=[_period(questions.period_of(unit, one)) for one in periods],
        )


def get_money_policy(desk: Desk, request: v1.GetMoneyPolicy) -> v1.MoneyPolicy:
    """Show how a seller's money is held and paid out."""
    seller_id, home = _meant(desk, request.seller_id)
    with desk.market.read(seller_id) as unit:
        return _policy(seller_id, questions.policy_of(unit, _known(request.currency or home)))


def change_money_policy(desk: Desk, request: v1.ChangeMoneyPolicy) -> v1.MoneyPolicy:
    """Change how a seller's money is held and paid out."""
    seller_id, home = _meant(desk, request.seller_id)
    currency = _known(request.currency or home)
    with desk.market.write(seller_id) as unit:
        changed = commands.change_policy(
            unit,
            currency,
            deferral_days=request.deferral_days,
            reserve_percent=request.reserve_percent,
            bank_works=request.bank_works,
            card_works=request.card_works,
            minimum_minor=minor_if_said("minimum", request.minimum, currency, least=0),
        )
        return _policy(seller_id, changed)


def charge_service(desk: Desk, request: v1.ChargeService) -> v1.LedgerEntry:
    """Charge a seller for a service."""
    seller_id, home = _meant(desk, request.seller_id)
    currency = _known(request.currency or home)
    with desk.market.write(seller_id) as unit:
        wanted = commands.ServiceCharge(
            component=request.component,
            minor=minor_of("amount", request.amount, currency),
            currency=currency,
            source=f"charge:{unit.next_number('charges by hand')}",
            sku=request.sku,
            quantity=1 if request.sku else 0,
            description=request.description,
        )
        return _entries(unit, [commands.charge(unit, wanted)])[0]


def decide_claim(desk: Desk, request: v1.DecideClaim) -> v1.LedgerEntry:
    """Decide a claim about an order."""
    with desk.market.write(seller_of_order(desk.market, request.order_id)) as unit:
        currency = order_of(unit, request.order_id).currency
        minor = minor_if_said("amount", request.amount, currency, least=1)
        entry = commands.claim(unit, request.order_id, commands.ClaimKind(request.kind.value), minor)
        return _entries(unit, [entry])[0]


def list_money_payouts(desk: Desk, request: v1.ListMoneyPayouts) -> v1.MoneyPayouts:
    """List a seller's payouts."""
    seller_id, _ = _meant(desk, request.seller_id)
    with desk.market.read(seller_id) as unit:
        found = questions.payouts_of(unit, request.currency and _known(request.currency))
        return v1.MoneyPayouts(payouts=[_payout(seller_id, one) for one in found])


def change_payout(desk: Desk, request: v1.ChangePayout) -> v1.MoneyPayout:
    """Have the bank refuse a payout, or send one that failed again."""
    seller_id, _ = _meant(desk, request.seller_id)
    change = commands.fail if request.change is v1.PayoutChange.FAIL else commands.retry
    with desk.market.write(seller_id) as unit:
        return _payout(seller_id, change(unit, request.payout_id))


def adjust_label(desk: Desk, request: v1.AdjustLabel) -> v1.LedgerEntry:
    """Have a carrier ask for more than a label cost."""
    with desk.market.write(_seller_of_shipment(desk, request.shipment_id)) as unit:
        source = f"label-adjustment:{request.shipment_id}"
        if questions.entry_by_source(unit, source) is not None:
            message = f"The label of shipment {request.shipment_id} was adjusted before; its carrier asks once."
            raise InvalidInput(message)
        currency = find_shipment(unit, request.shipment_id).bought.total.currency
        shipping.adjust(unit, request.shipment_id, minor_of("amount", request.amount, currency))
        entry = questions.entry_by_source(unit, source)
        return _entries(unit, [] if entry is None else [entry])[0]


def _meant(desk: Desk, seller_id: str | None) -> tuple[str, str]:
    """The seller that is meant, and the currency of its home."""
    found, marketplace_id = shop_meant(desk.market, seller_id, None)
    return found, MARKETPLACES[marketplace_id].currency


def _known(currency: str) -> str:
    known = sorted({one.currency for one in MARKETPLACES.values()})
    if currency not in known:
        message = f"{currency!r} is no currency of a marketplace; those are {', '.join(known)}."
        raise InvalidArgument(message)
    return currency


def _seller_of_shipment(desk: Desk, shipment_id: str) -> str:
    with desk.market.read() as unit:
        for seller in all_sellers(unit):
            unit.seller_id = seller.seller_id
            try:
                find_shipment(unit, shipment_id)
            except SellingPartnerError:
                continue
            return seller.seller_id
    message = f"There is no shipment {shipment_id}."
    raise NotFound(message)


def _period_meant(unit: UnitOfWork, request: v1.GetStatement, home: str) -> Period:
    if request.period_id is not None:
        return questions.period_of(unit, request.period_id)
    currency = _known(request.currency or home)
    found = questions.open_period(unit, currency)
    if found is None:
        message = f"Nothing has been settled in {currency} yet, so that no period is open."
        raise NotFound(message)
    return found


def _told(minor: int, currency: str) -> v1.Money:
    return v1.Money(currency_code=currency, amount=str(Money(minor, currency)))


def _balance(unit: UnitOfWork, currency: str) -> v1.MoneyBalance:
    found, period = questions.balance(unit, currency), questions.open_period(unit, currency)
    wallet = wallet_in(unit, currency)
    return v1.MoneyBalance(
        available=_told(found.available, currency),
        held=_told(found.held, currency),
        total=_told(found.total, currency),
        period=None if period is None else _period(period),
        wallet=None if wallet is None else _told(wallet.balance_minor, currency),
    )


def _period(one: Period) -> v1.SettlementPeriod:
    return v1.SettlementPeriod(
        period_id=one.period_id,
        currency=one.currency,
        group_id=one.group_id,
        settlement_id=one.settlement_id,
        began_at=one.began_at,
        ends_at=one.ends_at,
        status=one.status,
        opening=_told(one.opening_minor, one.currency),
        balance=_told(one.balance_minor, one.currency),
        reserve=_told(one.reserve_minor, one.currency),
        total=None if one.total_minor is None else _told(one.total_minor, one.currency),
        transfer_status=one.transfer_status,
        transferred_at=one.transferred_at,
    )


def _entries(unit: UnitOfWork, entries: list[Entry]) -> list[v1.LedgerEntry]:
    ids = [one.entry_id for one in entries]
    legs, holds = questions.legs_of(unit, ids), questions.holds_of(unit, ids)
    shown = []
    for one in entries:
        hold = holds.get(one.entry_id)
        postings = [
            v1.LedgerPosting(
                account=leg.account,
                component=leg.component,
                amount=_told(leg.amount_minor, one.currency),
                sku=one.detail.lines[leg.line - 1].sku if leg.line else None,
            )
            for leg in legs[one.entry_id]
        ]
        shown.append(
            v1.LedgerEntry(
                entry_id=one.entry_id,
                transaction_id=questions.transaction_id_of(unit, one.entry_id),
                kind=one.kind,
                source=one.source,
                posted_at=one.posted_at,
                total=_told(one.total_minor, one.currency),
                period_id=one.period_id,
                of_entry_id=one.of_entry_id,
                matures_at=None if hold is None else hold.matures_at,
                released_at=None if hold is None else hold.released_at,
                postings=postings,
            )
        )
    return shown


def _policy(seller_id: str, policy: Policy) -> v1.MoneyPolicy:
    return v1.MoneyPolicy(
        seller_id=seller_id,
        currency=policy.currency,
        deferral_days=policy.deferral_days,
        reserve_percent=policy.reserve_percent,
        bank_tail=policy.bank_tail,
        bank_works=policy.bank_works,
        card_works=policy.card_works,
        minimum=_told(policy.minimum_minor, policy.currency),
    )


def _payout(seller_id: str, one: Payout) -> v1.MoneyPayout:
    return v1.MoneyPayout(
        payout_id=one.payout_id,
        seller_id=seller_id,
        kind=one.kind,
        status=one.status,
        amount=_told(one.amount_minor, one.currency),
        begun_at=one.begun_at,
        ended_at=one.ended_at,
        period_id=one.period_id,
        reason=one.reason,
    )
