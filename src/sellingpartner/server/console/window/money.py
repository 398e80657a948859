"""Money: what a shop has, what its settlement periods come to, what one is made of, and what was paid out."""

from __future__ import annotations

from datetime import timedelta

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.counted import counted
from sellingpartner.market.money.ledger import questions as ledger
from sellingpartner.market.money.ledger.model import Entry
from sellingpartner.market.orders.questions import SalesFilter, sales_between
from sellingpartner.market.traffic.calendar import Stretch, bounds_of, calendar_of, today_in
from sellingpartner.server.console import places
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.console.window import asked
from sellingpartner.server.console.window.charts import Chart, bars, in_currency
from sellingpartner.server.console.window.looking import SHOP, Look, looking, named
from sellingpartner.server.console.window.tables import (
    BAD,
    GOOD,
    OFF,
    WARN,
    Cell,
    Column,
    Input,
    Table,
    amount,
    amounts,
    code,
    moment,
)
from sellingpartner.server.console.window.timeline import kind_words
from sellingpartner.server.gateway.http import HttpAnswer
from sellingpartner.storage.unit import UnitOfWork

_DAYS = 28
_PAYOUTS = 12
_ENTRIES = 50
_PERIODS = 26
_STATUSES = {"PAID": ("Paid", GOOD), "IN_TRANSIT": ("On its way", WARN), "FAILED": ("Refused by the bank", BAD)}


def show(visit: Visit) -> HttpAnswer:
    """What the shop has in a currency; or one period of its."""
    look = looking(visit)
    period_id = asked.number(visit.query, "period", least=1, most=10**12)
    if period_id is not None:
        return _show_period(look, period_id)
    with look.reading() as unit:
        home = MARKETPLACES[look.home].currency
        currencies = ledger.currencies_of(unit) or [home]
        usual = home if home in currencies else currencies[0]
        currency = asked.choice(visit.query, "currency", currencies) or usual
        found = ledger.balance(unit, currency)
        open_period = ledger.open_period(unit, currency)
        payouts = ledger.payouts_of(unit, currency, most=_PAYOUTS)
        sales = _sales(unit, look, currency)
        periods = ledger.periods_of(unit, currency, most=_PERIODS)
        entries = _entries(unit, look, currency)
    return look.page(
        "money.html",
        filters=_filters(look, currency, currencies),
        facts=_balance(found, open_period),
        sales=sales,
        paid_out=_payout_chart(payouts, currency),
        periods=_periods(look, periods),
        payouts=_payouts(payouts),
        entries=entries,
    )


def _show_period(look: Look, period_id: int) -> HttpAnswer:
    with look.reading() as unit:
        period = ledger.period_of(unit, period_id)
        parts = ledger.statement_of(unit, period_id)
    said = f"{period.began_at:%B} {period.began_at.day}, {period.began_at.year}"
    return look.page(
        "statement.html",
        title=f"Settlement period from {said}",
        facts=_facts(period),
        statement=Table(
            name="statement",
            caption="What it is made of, by its effect on the seller",
            columns=[Column("Kind"), Column("Component"), *amounts("Postings", "Amount")],
            rows=[
                [
                    Cell(kind_words(one.kind)),
                    Cell(one.component),
                    Cell(f"{one.count:,}"),
                    Cell(amount(one.minor, period.currency)),
                ]
                for one in parts
            ],
            empty="Nothing counts in it yet.",
        ),
        back=("Money", places.with_query(places.MONEY, currency=period.currency, **{SHOP: look.shop_said})),
    )


def _filters(look: Look, currency: str, currencies: list[str]) -> list[Input]:
    if len(currencies) < 2:  # noqa: PLR2004 - what there is a choice from
        return look.shop_filter()
    choices = [(one, one) for one in currencies]
    return [
        *look.shop_filter(),
        Input(name="currency", label="Currency", kind="select", value=currency, choices=choices),
    ]


def _balance(found: ledger.Balance, period: ledger.Period | None) -> list[tuple[str, Cell]]:
    told = [
        ("Available", Cell(amount(found.available, found.currency), below="what the open period comes to")),
        ("Held", Cell(amount(found.held, found.currency), below="until orders were delivered, and some days more")),
        ("In all", Cell(amount(found.total, found.currency))),
    ]
    if period is not None:
        told.append(("Period ends", moment(period.ends_at)))
    return told


def sales_of(look: Look) -> Chart:
    """What the shop sold lately, at home."""
    with look.reading() as unit:
        return _sales(unit, look, MARKETPLACES[look.home].currency)


def _sales(unit: UnitOfWork, look: Look, currency: str) -> Chart:
    """The days are those by which reports and the Data Kiosk count: of each marketplace by its own clock."""
    marketplace_ids = [one for one in look.marketplace_ids if MARKETPLACES[one].currency == currency]
    today = today_in(marketplace_ids[0] if marketplace_ids else look.home, unit.now)
    stretch = Stretch(today - timedelta(days=_DAYS - 1), today)
    sums = [0] * _DAYS
    for marketplace_id in marketplace_ids:
        totals = sales_between(unit, SalesFilter(marketplace_id=marketplace_id), bounds_of(marketplace_id, stretch))
        sums = [had + one.sales.minor for had, one in zip(sums, totals, strict=True)]
    days = [stretch.first + timedelta(days=number) for number in range(_DAYS)]
    return bars(
        "sales",
        f"Sales a day in {currency}, the last {_DAYS} days",
        [(f"{day:%b} {day.day}", one) for day, one in zip(days, sums, strict=True)],
        in_currency(currency),
        said=_said(marketplace_ids, amount(sum(sums), currency)),
        of="Day",
    )


def _said(marketplace_ids: list[str], told: str) -> str:
    if not marketplace_ids:
        return "The shop sells nowhere in this currency."
    where = ", ".join(named(one) for one in marketplace_ids)
    zones = " and ".join(dict.fromkeys(calendar_of(one).zone.key for one in marketplace_ids))
    return f"{told} in {where}. Days are those of {zones}."


def _payout_chart(found: list[ledger.Payout], currency: str) -> Chart | None:
    paid = [one for one in found if one.status != "FAILED"][::-1]
    if not paid:
        return None
    return bars(
        "paid-out",
        f"Payouts in {currency}, the latest {_PAYOUTS}",
        [(f"{one.begun_at:%b} {one.begun_at.day}", one.amount_minor) for one in paid],
        in_currency(currency),
        said=f"{amount(sum(one.amount_minor for one in paid), currency)} in {counted(len(paid), 'payout')}.",
        of="Sent",
    )


def _facts(one: ledger.Period) -> list[tuple[str, Cell]]:
    told = [
        ("Began", moment(one.began_at)),
        ("Ends", moment(one.ends_at)),
        ("Status", Cell(one.status.capitalize(), badge=WARN if one.is_open else GOOD)),
        ("It began with", Cell(amount(one.opening_minor, one.currency))),
        ("It comes to", Cell(amount(one.balance_minor, one.currency))),
        ("Settlement", code(str(one.settlement_id))),
    ]
    if one.total_minor is not None:
        told.append(("Kept back", Cell(amount(one.reserve_minor, one.currency))))
        told.append(("Transferred", Cell(amount(one.total_minor, one.currency), below=one.transfer_status or "")))
    return told


def _periods(look: Look, found: list[ledger.Period]) -> Table:
    return Table(
        name="periods",
        caption=f"Settlement periods, the latest {_PERIODS}",
        columns=[Column("Began"), Column("Ends"), Column("Status"), *amounts("Comes to", "Transferred")],
        rows=[
            [
                Cell(
                    f"{one.began_at:%b} {one.began_at.day}, {one.began_at.year}",
                    places.with_query(places.MONEY, period=str(one.period_id), **{SHOP: look.shop_said}),
                ),
                moment(one.ends_at),
                Cell(one.status.capitalize(), badge=WARN if one.is_open else GOOD),
                Cell(amount(one.balance_minor, one.currency)),
                Cell("-" if one.total_minor is None else amount(one.total_minor, one.currency)),
            ]
            for one in found
        ],
        empty="Nothing has been settled yet.",
    )


def _payouts(found: list[ledger.Payout]) -> Table:
    return Table(
        name="payouts",
        caption=f"Payouts, the latest {_PAYOUTS}",
        columns=[Column("Sent"), Column("Arrived"), Column("Status"), Column("Amount", is_number=True)],
        rows=[
            [
                moment(one.begun_at),
                moment(one.ended_at),
                Cell(_STATUSES[one.status][0], badge=_STATUSES[one.status][1], below=one.reason),
                Cell(amount(one.amount_minor, one.currency)),
            ]
            for one in found
        ],
        empty="Nothing was paid out yet.",
    )


def state_of(entry: Entry, hold: ledger.Hold | None) -> Cell:
    """What becomes of an entry's money: it waits, was let go by another entry, or counts in a period; or none of it."""
    if hold is not None and hold.released_at is None:
        return Cell("Held", badge=WARN, below=f"until {hold.matures_at:%b} {hold.matures_at.day}")
    if hold is not None:
        return Cell("Released", badge=OFF)
    return Cell("-") if entry.period_id is None else Cell("Counts", badge=GOOD)


def _caption(latest: ledger.Latest) -> str:
    said, since = f"What was posted last, up to {_ENTRIES} entries", latest.looked_back_to
    return said if since is None else f"{said}, and back to {since:%B} {since.day}, {since.year}, {since:%H:%M} UTC"


def _entries(unit: UnitOfWork, look: Look, currency: str) -> Table:
    latest = ledger.latest_entries(unit, currency, _ENTRIES)
    holds = ledger.holds_of(unit, [one.entry_id for one in latest.entries])
    rows = []
    for one in latest.entries:
        order = "-" if one.order_id is None else one.order_id
        href = "" if one.order_id is None else f"{places.ORDERS}/{one.order_id}"
        if href and look.is_operator:
            href = places.with_query(href, **{SHOP: look.shop_said})
        rows.append(
            [
                Cell(kind_words(one.kind)),
                moment(one.posted_at),
                code(order, href),
                state_of(one, holds.get(one.entry_id)),
                Cell(amount(one.total_minor, currency)),
            ]
        )
    return Table(
        name="entries",
        caption=_caption(latest),
        columns=[Column("Entry"), Column("Posted"), Column("Order"), Column("State"), Column("Amount", is_number=True)],
        rows=rows,
        empty="Nothing was posted yet." if latest.looked_back_to is None else "Nothing was posted since then.",
    )
