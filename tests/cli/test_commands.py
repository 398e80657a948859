from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from sellingpartner.contract.scopes import ORDERS
from sellingpartner.market.events.accounts import GrantNarrowed, GrantRevoked
from sellingpartner.market.events.orders import OrderPlaced
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]


def test_the_status_is_told_to_people_and_to_programs(market: TestMarket, spapi: Spapi) -> None:
    market.buys()

    told = spapi("status")
    machine = spapi("status", "--json").json()

    assert (told.code, told.err) == (0, "")
    assert "2026-11-02 09:00:00 UTC, frozen" in told.out
    assert "1 Unshipped" in told.out
    assert machine["counts"]["orders"] == {"Unshipped": 1}


def test_a_buyer_orders_pays_and_cancels(market: TestMarket, spapi: Spapi) -> None:
    placed = spapi("order", "place", "--sku", "MUG-BLUE", "--quantity", "2", "--sku", "MUG-RED", "--unpaid", "--json")

    order = placed.json()
    assert order["lines"] == [{"sku": "MUG-BLUE", "quantity": 2}, {"sku": "MUG-RED", "quantity": 1}]
    assert order["status"] == "Pending"
    assert "Unshipped" in spapi("order", "pay", order["orderId"]).out
    assert "Canceled" in spapi("order", "cancel", order["orderId"], "--reason", "Changed my mind").out


def test_a_buyer_is_as_far_as_said_and_lives_where_said(market: TestMarket, spapi: Spapi) -> None:
    order = spapi(
        "order", "place", "--name", "Ada Byron", "--country", "US", "--state", "OR", "--marketplace", "us",
        "--business", "--prime", "--service", "NextDay", "--json",
    ).json()  # fmt: skip

    with market.market.read(order["sellerId"]) as unit:
        kept = order_of(unit, order["orderId"])
    assert (kept.buyer.name, kept.address.state_or_region, kept.service.value) == ("Ada Byron", "OR", "NextDay")
    assert (kept.is_business, kept.is_prime) == (True, True)


def test_quantities_belong_to_skus(market: TestMarket, spapi: Spapi) -> None:
    said = spapi("order", "place", "--quantity", "2")

    assert (said.code, said.out) == (2, "")
    assert said.err == "spapi: Each --quantity belongs to a --sku before it; there are more quantities than SKUs.\n"
    assert market.facts(OrderPlaced) == []


@pytest.mark.parametrize(
    ("arguments", "usage"),
    [
        (("order", "fly"), 'Unknown command "fly"'),
        (("order", "place", "--service", "Snail"), "\nUsage: spapi order place [OPTIONS]\n"),
        (("requests", "--limit", "many"), "\nUsage: spapi requests [OPTIONS]\n"),
        (("grant", "create", "one"), "\nUsage: spapi grant create [OPTIONS] SELLER APPLICATION\n"),
        (("order", "place", "--sku"), "Usage: spapi order place [OPTIONS]\n`spapi order place --help` says what it "),
        (("order", "pay"), "Usage: spapi order pay [OPTIONS] ORDER\n`spapi order pay --help` says what it takes."),
        (("clock", "advnce"), "Usage: spapi clock COMMAND\n`spapi clock --help` says what it takes."),
        (("call", "getOrder", "--al"), "Usage: spapi call OPERATION [NAME=VALUE...] [OPTIONS]\n`spapi call --help` "),
        (("serve", "--limits", "some"), "Usage: spapi serve [OPTIONS]\n`spapi serve --help` says what it takes.\n"),
        (("nonsense",), "Usage: spapi COMMAND\n`spapi --help` says what it takes.\n"),
    ],
)
def test_who_uses_a_command_wrongly_is_shown_how_it_is_used(
    spapi: Spapi, arguments: tuple[str, ...], usage: str
) -> None:
    said = spapi(*arguments)

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("spapi: ")
    assert usage in said.err


def test_an_order_that_is_paid_twice_is_refused_in_the_words_of_orders(market: TestMarket, spapi: Spapi) -> None:
    order_id = market.buys()

    said = spapi("order", "pay", order_id)

    assert said.code == 1
    assert said.err == f"spapi: Order {order_id} is Unshipped; to be paid it must be Pending.\n"


def test_a_refusal_of_the_market_is_one_line_and_code_1(market: TestMarket, spapi: Spapi) -> None:
    said = spapi("order", "place", "--sku", "NONE", "--json")

    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("spapi: There is no listing with SKU 'NONE' in marketplace ATVPDKIKX0DER. `spapi")
    assert market.facts(OrderPlaced) == []


@pytest.mark.parametrize(
    ("arguments", "cure"),
    [
        (("order", "place", "--seller", "Second"), "There is no seller Second. `spapi seller list` lists them."),
        (("restriction", "remove", "9"), "There is no restriction 9. `spapi restriction list` lists them."),
        (("shipment", "show", "X"), "There is no parcel X. `spapi shipment list` lists them, "),
    ],
)
def test_of_what_is_not_there_the_command_is_named_that_lists_what_is(
    spapi: Spapi, arguments: tuple[str, ...], cure: str
) -> None:
    assert cure in spapi(*arguments).err


def test_a_seller_an_application_and_a_grant_come_and_go(market: TestMarket, spapi: Spapi) -> None:
    seller = spapi("seller", "create", "Lakeside", "--marketplace", "US", "--marketplace", "ca", "--json").json()
    application = spapi("application", "create", "Tide Desk", "--developer", "Tide Inc", "--json").json()
    grant = spapi(
        "grant", "create", seller["sellerId"], application["applicationId"], "--scope", "orders",
        "--json",
    ).json()  # fmt: skip

    assert sorted(seller["marketplaceIds"]) == ["A2EUQ1WTGCTBG2", "ATVPDKIKX0DER"]
    assert grant["refreshToken"].startswith("Atzr|")
    assert "Lakeside" in spapi("seller", "list").out
    assert application["clientId"] in spapi("application", "list").out
    assert "orders" in spapi("grant", "list", "--seller", seller["sellerId"]).out
    assert spapi("grant", "revoke", grant["grantId"]).out == f"{grant['grantId']} is revoked.\n"
    assert [fact.application_id for fact in market.facts(GrantRevoked)] == [application["applicationId"]]


def test_secrets_are_shown_whole_so_that_they_can_be_copied(spapi: Spapi) -> None:
    told = spapi("application", "create", "Tide Desk").out

    lines = dict(line.split("  ", 1) for line in told.splitlines() if "  " in line)
    assert told.count("amzn1.oa2-cs.v1.") == 1
    assert len(told.splitlines()) == 4, lines


def test_an_application_is_registered_in_full_shown_and_changed(market: TestMarket, spapi: Spapi) -> None:
    made = spapi(
        "application", "create", "Tide Desk", "--scope", "orders", "--scope", "finance", "--optional", "finance",
        "--redirect-uri", "https://tide.example/callback", "--login-uri", "https://tide.example/login",
        "--distribution", "unlisted", "--developer", market.application.developer_id, "--json",
    ).json()  # fmt: skip
    told = spapi("application", "change", made["applicationId"], "--status", "published", "--name", "Tide").out

    assert (made["developerId"], made["status"]) == (market.application.developer_id, "draft")
    shown = dict(line.split(maxsplit=1) for line in told.splitlines())
    assert (shown["Name"], shown["Status"], shown["Optional"]) == ("Tide", "published, unlisted", "finance")
    assert spapi("application", "show", made["applicationId"]).out == told
    assert spapi("application", "change", made["applicationId"], "--scope", "all").err.count("is not a scope") == 1


def test_a_grant_is_narrowed_until_nothing_is_left(market: TestMarket, spapi: Spapi) -> None:
    seller, application = market.seller_account.seller_id, market.application.application_id
    grant = spapi(
        "grant", "create", seller, application, "--scope", "orders", "--scope", "finance", "--json"
    ).json()["grantId"]  # fmt: skip

    assert spapi("grant", "narrow", grant, "--withdraw", "finance").out == f"{grant} holds orders.\n"
    assert spapi("grant", "narrow", grant, "--withdraw", "orders").out == (
        f"{grant} is revoked: nothing was left in it.\n"
    )
    assert [fact.scopes for fact in market.facts(GrantNarrowed)] == [(ORDERS,), ()]


def test_people_may_sign_in_and_get_other_passwords(
    market: TestMarket, spapi: Spapi, monkeypatch: pytest.MonkeyPatch
) -> None:
    seller = market.seller_account.seller_id
    told = spapi("user", "create", "ada@harbor.example", "--seller", seller, "--not-primary").out
    chosen = dict(line.split(maxsplit=1) for line in told.splitlines())["Password"]
    listed = spapi("user", "list").out

    assert len(chosen) == 23
    assert "ada@harbor.example" in listed
    assert "no" in listed.split()
    monkeypatch.setenv("SPAPI_PASSWORD", "a password of my own")
    assert "Password" not in spapi("user", "password", "ADA@harbor.example").out
    assert "password" not in spapi("user", "password", "ada@harbor.example", "--json").json()
    assert spapi("user", "password", "bob@harbor.example").err.startswith("spapi: There is no user bob@")


def test_the_audit_is_a_table_json_or_csv(market: TestMarket, spapi: Spapi) -> None:
    seller = market.seller_account.seller_id

    table = spapi("audit", "--seller", seller).out
    machine = spapi("audit", "--seller", seller, "--json").json()["entries"]
    sheet = spapi("audit", "--csv").out

    assert "grant.given" in table
    assert [one["what"] for one in machine] == ["grant.given"]
    assert sheet.splitlines()[0] == "number,at,what,actor,actorId,address,sellerId,applicationId,details"
    assert [line.split(",")[2] for line in sheet.splitlines()[1:]] == [
        "application.registered", "secret.made", "grant.given",
    ]  # fmt: skip
    stranger = market.join("Stranger").seller_id
    assert spapi("audit", "--seller", stranger).out == "Nothing of this has been done to a permission yet.\n"


def test_the_clock_is_shown_moved_frozen_and_let_run(spapi: Spapi) -> None:
    assert spapi("clock", "show").out == "2026-11-02 09:00:00 UTC, frozen; next due 2026-12-01 00:00:00\n"
    assert spapi("clock", "advance", "P1D").out == (
        "2026-11-03 09:00:00 UTC, frozen; 0 things happened; next due 2026-12-01 00:00:00\n"
    )
    assert spapi("clock", "advance", "--hours", "1.5", "--json").json()["now"] == "2026-11-03T10:30:00Z"
    assert spapi("clock", "freeze", "2026-12-24T18:00").out == (
        "2026-12-24 18:00:00 UTC, frozen; next due 2026-12-25 09:00:04\n"
    )
    assert spapi("clock", "live", "--json").json()["mode"] == "live"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("clock", "advance"), "Say how far"),
        (("clock", "freeze", "tomorrow"), "'tomorrow' is no moment"),
        (("status", "--url", "nowhere"), "is no address"),
        (("token",), "No credentials in .spapi/credentials.env"),
        (("contract", "diff", "/no/such/folder"), "/no/such/folder"),
    ],
)
def test_what_a_command_cannot_do_is_one_line_and_code_2(spapi: Spapi, arguments: tuple[str, ...], why: str) -> None:
    said = spapi(*arguments)

    assert (said.code, said.out) == (2, "")
    assert why in said.err
    assert said.err.count("\n") == 1


def test_the_log_is_read_from_the_oldest_to_the_newest(market: TestMarket, spapi: Spapi) -> None:
    assert spapi("requests", "--refused").out == "No call was refused.\n"
    spapi("order", "pay", "111-0000000-0000000")

    told = spapi("requests").out.splitlines()
    refused = spapi("requests", "--refused", "--json").json()["requests"]

    assert [line.split()[2:4] for line in told[1:3]] == [["200", "listRequests"], ["404", "payOrder"]]
    assert [one["reason"] for one in refused] == ["There is no order 111-0000000-0000000."]


def test_names_from_the_market_are_text_and_no_markup(spapi: Spapi) -> None:
    spapi("seller", "create", "[bold]Bits[/bold] & [red]Bobs")

    assert "[bold]Bits[/bold] & [red]Bobs" in spapi("seller", "list").out


def test_help_names_every_command(spapi: Spapi) -> None:
    told = spapi("--help")

    assert told.code == 0
    for name in (
        "serve",
        "status",
        "seller",
        "application",
        "grant",
        "user",
        "audit",
        "order",
        "fees",
        "clock",
        "requests",
        "contract",
    ):
        assert f" {name} " in told.out


def test_help_says_what_each_command_of_a_family_is_for(spapi: Spapi) -> None:
    told = " ".join(spapi("application", "--help").out.split())

    assert "queue Show the SQS queue" in told
    assert "rotate Make another client secret" in told


def test_the_version_is_told(spapi: Spapi) -> None:
    assert spapi("--version").out == "0.1.0\n"


def test_an_order_has_every_form_at_the_command_line(market: TestMarket, spapi: Spapi) -> None:
    first = market.buys()

    placed = spapi(
        "order", "place", "--sku", "MUG-BLUE", "--state", "OR", "--shipping", "4.99", "--discount", "2", "--promotion",
        "SPRING", "--gift-wrap", "3.50", "--gift-message", "For Ada", "--company", "Finch & Sons",
        "--po-number", "PO-77", "--payment", "COD", "--cod-fee", "3.30", "--premium", "--access-point", "--json",
    ).json()  # fmt: skip
    free = spapi("order", "place", "--sku", "MUG-RED", "--replaces", first, "--json").json()
    waits = spapi("order", "place", "--sku", "MUG-RED", "--available-at", "2026-12-24", "--json").json()

    assert (placed["total"]["amount"], free["total"]["amount"]) == ("24.78", "0.00")
    assert waits["status"] == "PendingAvailability"
    with market.market.read(placed["sellerId"]) as unit:
        kept = order_of(unit, placed["orderId"])
    assert (kept.is_business, kept.is_premium, kept.is_access_point, kept.items[0].is_gift) == (True,) * 4
    assert (kept.payment_method, kept.buyer.purchase_order_number) == ("COD", "PO-77")
    said = spapi("order", "place", "--shipping", "4.99").err
    assert said == "spapi: Name the SKU that the shipping, gift wrap or promotion belongs to with --sku.\n"


def test_a_buyer_sends_back_and_is_refunded(market: TestMarket, spapi: Spapi) -> None:
    order_id = market.buys("LAMP-OAK")
    market.advance(days=9)

    assert spapi("order", "returns", order_id).out == "Nothing was sent back or refunded.\n"
    asked = spapi("order", "return", order_id, "--reason", "Defective", "--json").json()
    received = spapi("order", "receive-return", order_id, asked["returnId"], "--condition", "DEFECTIVE")
    refunded = spapi("order", "refund", order_id, "--return-id", asked["returnId"])
    both = spapi("order", "returns", order_id)

    assert "Received, DEFECTIVE" in received.out
    assert "59.00 USD" in refunded.out
    assert ("Defective" in both.out, "59.00 USD" in both.out) == (True, True)
    assert spapi("order", "refund", order_id).err == (
        f"spapi: Of order {order_id} nothing can be refunded: nothing has shipped that was not refunded.\n"
    )


@pytest.mark.parametrize("words", ["feed", "report --help", "query -h"])
def test_a_group_says_of_each_of_its_commands_what_it_is_for(words: str) -> None:
    program = [sys.executable, "-m", "sellingpartner.cli", *words.split()]

    said = subprocess.run(program, capture_output=True, text=True, check=True, timeout=120).stdout

    assert re.findall(r"(?m)^│ (?:list|show|make) +│$", said) == []
    assert re.search(r"│ list +List the ", said)
