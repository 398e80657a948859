from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from drivers import Drivers, Fulfill
from serviceman import Serviceman

from sellingpartner.contract.merchant_fulfillment_v0 import Address
from sellingpartner.contract.orders_2026_01_01 import GetOrder, IncludedData, Order
from sellingpartner.market.events.messaging import MessageSent
from sellingpartner.market.events.orders import OrderShipped, PackageShipped
from sellingpartner.market.events.shipping import LabelBought
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.orders.canceling import cancel, request_cancellation
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.shipping.commands import save_settings
from sellingpartner.market.shipping.model import Settings
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.workflows import (
    BuyLabels,
    Handed,
    Journal,
    JournalBusy,
    OwnShipping,
    ParcelSize,
    Progress,
    Result,
    Stage,
    ToShip,
    fulfillment,
)

WAREHOUSE = Address(
    name="Harbor Goods",
    address_line1="300 Turnbull Ave",
    city="Detroit",
    state_or_province_code="MI",
    postal_code="48123",
    country_code="US",
    email="dispatch@harbor.example",
    phone="+1 313 555 0100",
)
BOX = ParcelSize(length=10, width=8, height=4, weight=20)


def seen(seller: Caller, order_id: str) -> Order:
    parts = [IncludedData.FULFILLMENT, IncludedData.PACKAGES]
    return seller.send(GetOrder(order_id=order_id, included_data=parts)).order


def test_every_order_that_waits_leaves_once_and_the_seller_sees_each_step(
    market: TestMarket, seller: Caller, fulfill: Fulfill, drivers: Drivers
) -> None:
    order_ids = [market.buys("MUG-BLUE", quantity=2), market.buys("MUG-RED")]
    market.advance(minutes=5)
    steps: list[Progress] = []

    report = fulfill(OwnShipping(drivers), on_progress=steps.append)

    assert report.counts == {Result.SHIPPED: 2}
    assert {fact.order_id for fact in market.facts(OrderShipped)} == set(order_ids)
    assert [step.stage for step in steps if step.order_id == order_ids[0]] == [
        Stage.FOUND, Stage.STOCK, Stage.CHANNEL, Stage.SHIPPED, Stage.CONFIRMED, Stage.STATUS, Stage.ENDED,
    ]  # fmt: skip
    assert steps[-1].done == steps[-1].total == 2
    packages = seen(seller, order_ids[0]).packages or []
    assert [package.tracking_number for package in packages] == [f"1Z{order_ids[0][-7:]}1"]

    again = fulfill(OwnShipping(drivers))

    assert again.outcomes == ()
    assert len(market.facts(PackageShipped)) == len(drivers.fetched) == 2


def test_a_label_is_bought_and_its_buyer_told(market: TestMarket, seller: Caller, fulfill: Fulfill) -> None:
    order_id = market.buys("MUG-BLUE")
    market.advance(minutes=5)
    labels: list[bytes] = []
    plan = BuyLabels(WAREHOUSE, BOX, keep=lambda _, label: labels.append(label.content))

    report = fulfill(plan, tell=lambda _, handed: f"It comes with {handed.carrier_code}.")

    (outcome,) = report.outcomes
    assert (outcome.result, outcome.status, outcome.is_told) == (Result.SHIPPED, "SHIPPED", True)
    (bought,) = market.facts(LabelBought)
    assert outcome.package is not None
    assert (bought.order_id, bought.tracking_id) == (order_id, outcome.package.tracking_number)
    assert [label[:4] for label in labels] == [b"%PDF"]
    assert [fact.order_id for fact in market.facts(MessageSent)] == [order_id]


def test_a_dry_run_says_what_it_would_do_and_does_nothing(
    market: TestMarket, seller: Caller, fulfill: Fulfill, drivers: Drivers
) -> None:
    order_id = market.buys("MUG-BLUE")
    market.advance(minutes=5)

    own = fulfill(OwnShipping(drivers), dry_run=True)
    label = fulfill(BuyLabels(WAREHOUSE, BOX), dry_run=True)

    assert (own.counts, label.counts) == ({Result.PLANNED: 1}, {Result.PLANNED: 1})
    assert own.outcomes[0].words == "would hand over package 1: 1 unit"
    assert "USD" in label.outcomes[0].words
    assert (drivers.fetched, market.facts(PackageShipped), market.facts(LabelBought)) == ([], [], [])
    assert seen(seller, order_id).packages in (None, [])


def test_an_order_that_cannot_leave_holds_up_no_other(market: TestMarket, fulfill: Fulfill, drivers: Drivers) -> None:
    broken, wanted_back, short, good = (market.buys("MUG-BLUE") for _ in range(4))
    with market.market.write(market.seller_account.seller_id) as unit:
        request_cancellation(unit, wanted_back, reason="Changed my mind")
    market.advance(minutes=5)
    shelf = {"MUG-BLUE": 2}

    def hand_over(parcel: ToShip) -> Handed | None:
        if parcel.order_id == broken:
            message = "the lorry is full"
            raise RuntimeError(message)
        return drivers(parcel)

    report = fulfill(OwnShipping(hand_over), order_ids=[broken, wanted_back, good, short], on_hand=shelf.get)

    results = {one.order_id: (one.result, one.words) for one in report.outcomes}
    assert results[broken] == (Result.FAILED, "RuntimeError: the lorry is full")
    assert results[wanted_back] == (Result.HELD, "the buyer asks for its cancellation")
    assert results[short] == (Result.SHORT, "missing: 1 MUG-BLUE")
    assert results[good][0] is Result.SHIPPED
    assert report.needs_somebody
    assert [fact.order_id for fact in market.facts(OrderShipped)] == [good]


def test_what_amazon_ships_is_left_to_amazon(market: TestMarket, fulfill: Fulfill, drivers: Drivers) -> None:
    order_id = market.buys("LAMP-OAK")

    report = fulfill(OwnShipping(drivers), order_ids=[order_id])

    assert report.counts == {Result.BY_AMAZON: 1}
    assert drivers.fetched == []


def test_of_a_service_nothing_is_handed_over(market: TestMarket, fulfill: Fulfill, drivers: Drivers) -> None:
    seller = Serviceman(market)
    service, goods = str(seller.job(seller.ordered()).service_order_id), market.buys()
    market.advance(minutes=5)

    report = fulfill(OwnShipping(drivers))

    ends = {one.order_id: (one.result, one.words) for one in report.outcomes}
    assert ends[service] == (Result.HELD, "a service, of which no package leaves")
    assert ends[goods][0] is Result.SHIPPED
    assert drivers.fetched == [(goods, "1")]


def test_an_order_that_is_canceled_during_a_long_run_does_not_leave(
    market: TestMarket, fulfill: Fulfill, drivers: Drivers, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_ids = [market.buys("MUG-BLUE") for _ in range(2)]
    market.advance(minutes=5)
    monkeypatch.setattr(fulfillment, "FRESH_SECONDS", -1)

    def hand_over(parcel: ToShip) -> Handed:
        with market.market.write(market.seller_account.seller_id) as unit:
            cancel(unit, order_ids[1], by=Canceler.BUYER, reason="Changed my mind")
        return drivers(parcel)

    report = fulfill(OwnShipping(hand_over), order_ids=order_ids)

    assert [(one.result, one.words) for one in report.outcomes] == [
        (Result.SHIPPED, ""),
        (Result.HELD, "nothing of it is left to ship"),
    ]
    assert drivers.fetched == [(order_ids[0], "1")]


def test_what_is_missing_on_the_shelf_and_lies_at_amazon_is_said(
    market: TestMarket, fulfill: Fulfill, drivers: Drivers
) -> None:
    order_id = market.buys("MUG-BLUE", quantity=2)
    with market.market.write(market.seller_account.seller_id) as unit:
        receive(unit, "MUG-BLUE", Place.FBA, 12, reference="a lorry")

    report = fulfill(OwnShipping(drivers), order_ids=[order_id], on_hand={"MUG-BLUE": 1}.get)

    assert report.outcomes[0].words == "missing: 1 MUG-BLUE; at Amazon: 12 MUG-BLUE"
    assert drivers.fetched == []


class Crash(BaseException):
    """The process dies here."""


@pytest.mark.parametrize("stage", [Stage.STOCK, Stage.SHIPPED, Stage.CONFIRMED, Stage.STATUS])
@pytest.mark.parametrize("way", ["own", "label"])
def test_a_run_that_dies_half_way_is_gone_on_with_and_nothing_ships_twice(
    market: TestMarket, fulfill: Fulfill, drivers: Drivers, tmp_path: Path, stage: Stage, way: str
) -> None:
    order_ids = [market.buys("MUG-BLUE") for _ in range(2)]
    market.advance(minutes=5)
    plan = OwnShipping(drivers) if way == "own" else BuyLabels(WAREHOUSE, BOX)

    def die(progress: Progress) -> None:
        if progress.stage is stage:
            raise Crash

    with pytest.raises(Crash), Journal(tmp_path / "journal.db") as journal:
        fulfill(plan, journal=journal, on_progress=die)
    with Journal(tmp_path / "journal.db") as journal:
        report = fulfill(plan, journal=journal, tell=lambda *_: "It is on its way.")
        assert journal.open_entries() == []

    assert report.counts == {Result.SHIPPED: 2}
    assert Counter(fact.order_id for fact in market.facts(PackageShipped)) == Counter(order_ids)
    assert len(drivers.fetched if way == "own" else market.facts(LabelBought)) == 2
    assert Counter(fact.order_id for fact in market.facts(MessageSent)) == Counter(order_ids)


def test_a_purchase_that_was_cut_off_is_looked_for_before_another_is_made(market: TestMarket, fulfill: Fulfill) -> None:
    bought, unbought = (market.buys("MUG-BLUE") for _ in range(2))
    market.advance(minutes=5)
    journal, plan = Journal(), BuyLabels(WAREHOUSE, BOX, settled_after=timedelta(0))
    fulfill(plan, order_ids=[bought])
    for order_id in (bought, unbought):
        journal.begin(order_id, "1", {}, ())

    waits = fulfill(BuyLabels(WAREHOUSE, BOX), order_ids=[unbought], journal=journal)
    unclear = fulfill(BuyLabels(WAREHOUSE, BOX, confirms=False), order_ids=[unbought], journal=journal)
    report = fulfill(plan, journal=journal)

    assert (waits.counts, unclear.counts) == ({Result.HELD: 1}, {Result.UNCERTAIN: 1})
    assert report.counts == {Result.SHIPPED: 2}
    assert Counter(fact.order_id for fact in market.facts(LabelBought)) == Counter([bought, unbought])


@pytest.mark.parametrize("knows", [True, False])
def test_where_labels_confirm_nothing_the_order_is_confirmed_all_the_same_and_one_label_bought(
    market: TestMarket, fulfill: Fulfill, *, knows: bool
) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        save_settings(unit, Settings(confirms_orders=False))
    order_id = market.buys("MUG-BLUE")
    market.advance(minutes=5)
    journal, plan = Journal(), BuyLabels(WAREHOUSE, BOX, confirms=not knows)

    first = fulfill(plan, journal=journal)
    second = fulfill(plan, journal=journal)

    if knows:
        assert (first.counts, second.counts) == ({Result.SHIPPED: 1}, {})
    else:
        assert first.outcomes[0].words == "a label is bought; the order does not show it yet"
        assert second.counts == {Result.SHIPPED: 1}
    assert [fact.order_id for fact in market.facts(LabelBought)] == [order_id]
    assert [fact.order_id for fact in market.facts(OrderShipped)] == [order_id]


def test_two_runs_never_share_a_journal(tmp_path: Path) -> None:
    with (
        Journal(tmp_path / "journal.db"),
        pytest.raises(JournalBusy, match="Another process works with the journal"),
    ):
        Journal(tmp_path / "journal.db")
