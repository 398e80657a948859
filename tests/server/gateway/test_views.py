from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from sellingpartner.contract.sellers_v1 import Marketplace
from sellingpartner.market.orders.commands import set_seller_order_id
from sellingpartner.server.gateway.views import Memory, view
from sellingpartner.storage.kept import Kept
from sellingpartner.testing import TestMarket

FORM = {"country_code": "US", "default_currency_code": "USD", "default_language_code": "en", "domain_name": "a"}
made: list[str] = []


@view
def shown(name: str, elements: frozenset[str] = frozenset(), *, now: Callable[[], str] | None = None) -> Marketplace:
    made.append(name)
    told = now() if now is not None and name.startswith("late") else ""
    return Marketplace(**FORM, id=name, name=f"{name}{told}{''.join(sorted(elements))}")


def kept(name: str) -> Kept[str]:
    return Kept(msgspec.json.encode(name), msgspec.json.Decoder(str).decode)


def name_of(part: Marketplace) -> str:
    return msgspec.json.decode(msgspec.json.encode(part), type=Marketplace).name


@pytest.fixture(autouse=True)
def _nothing_made() -> None:
    made.clear()


def test_the_same_bytes_are_shown_without_being_read_again() -> None:
    assert [name_of(shown(kept("a-é"))) for _ in range(3)] == ["a-é"] * 3
    assert made == ["a-é"]


def test_other_bytes_are_another_view() -> None:
    assert [name_of(shown(kept(name))) for name in ("b", "c", "b")] == ["b", "c", "b"]
    assert made == ["b", "c"]


def test_what_a_restricted_token_opens_is_neither_remembered_nor_taken_from_what_is() -> None:
    opened = frozenset({"+buyer"})
    views = [shown(kept("d")), shown(kept("d"), opened), shown(kept("d"), opened), shown(kept("d"))]

    assert [name_of(one) for one in views] == ["d", "d+buyer", "d+buyer", "d"]
    assert made == ["d", "d", "d"]


def test_a_view_that_asked_for_more_than_its_document_is_made_anew() -> None:
    times = iter("12")

    assert [name_of(shown(kept("late"), now=lambda: next(times))) for _ in range(2)] == ["late1", "late2"]
    assert [name_of(shown(kept("early"), now=lambda: next(times))) for _ in range(2)] == ["early", "early"]
    assert made == ["late", "late", "early"]


def test_the_memory_is_bounded_and_what_is_used_stays() -> None:
    memory = Memory(most_bytes=40_000)
    view_of = {number: msgspec.Raw(str(number).encode()) for number in range(1000)}
    memory.keep((0, b"used"), view_of[0])
    for number, encoded in view_of.items():
        memory.keep((1, b"%d" % number), encoded)
        assert memory.weight < 21_000
        assert memory.find((0, b"used")) == view_of[0]

    assert memory.find((1, b"999")) == view_of[999]
    assert memory.find((1, b"800")) is None


def test_an_order_that_changed_shows_it_at_once(market: TestMarket) -> None:
    order = f"/orders/v0/orders/{market.buys()}"
    before = [market.seller.call("GET", order).json()["payload"]["SellerOrderId"] for _ in range(2)]
    with market.market.write(market.seller_account.seller_id) as unit:
        set_seller_order_id(unit, order.rpartition("/")[2], "MY-1")

    after = market.seller.call("GET", order).json()["payload"]["SellerOrderId"]
    assert (*before, after) == (order.rpartition("/")[2],) * 2 + ("MY-1",)
