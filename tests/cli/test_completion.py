"""The script that a shell loads, run by bash itself; `spapi` is a file of the test's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cyclopts import App
from tests.cli.conftest import Spapi

from sellingpartner.cli.app import app

needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")


@pytest.fixture
def complete(spapi: Spapi, tmp_path: Path) -> Callable[..., list[str]]:
    """What bash offers for the last of some words."""
    script = tmp_path / "spapi.bash"
    script.write_text(spapi("completion", "bash").out)
    program = tmp_path / "bin" / "spapi"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m sellingpartner.cli "$@"\n')
    program.chmod(0o755)

    def run(*words: str) -> list[str]:
        asked = (
            f'source {script}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1));'
            ' _spapi_and_values; printf "%s\\n" "${COMPREPLY[@]}"'
        )
        environment = os.environ | {"PATH": f"{program.parent}:{os.environ['PATH']}"}
        said = subprocess.run(
            ["bash", "--norc", "-c", asked, "bash", *words], check=True, capture_output=True, text=True, env=environment
        )
        return sorted(said.stdout.split())

    return run


@needs_bash
def test_bash_completes_commands_operations_parameters_and_values(complete: Callable[..., list[str]]) -> None:
    assert complete("spapi", "opera") == ["operations"]
    assert complete("spapi", "call", "confirmSh") == ["confirmShipment", "confirmShipmentContentUpdatePreview"]
    assert complete("spapi", "call", "orders.getOrder") == ["orders.getOrder", "orders.getOrders"]
    # bash hands over name=value as three words
    assert complete("spapi", "call", "confirmShipment", "orderId", "=", "1", "") == [
        "codCollectionMethod=",
        "marketplaceId=",
        "packageDetail=",
    ]
    assert complete("spapi", "call", "confirmShipment", "codCollectionMethod", "=", "D") == ["DirectPayment"]
    assert complete("spapi", "orders", "list", "--personal-data", "ship") == ["shippingAddress"]
    assert complete("spapi", "orders", "list", "--status", "Unsh") == ["Unshipped"]
    assert complete("spapi", "feed", "submit", "JSON") == ["JSON_LISTINGS_FEED"]
    assert complete("spapi", "query", "list", "--status", "IN_Q") == ["IN_QUEUE"]


@pytest.mark.parametrize("shell", ["zsh", pytest.param("fish", marks=pytest.mark.soak)])
def test_other_shells_ask_for_names_too(spapi: Spapi, shell: str) -> None:
    told = spapi("completion", shell)

    assert told.code == 0
    assert "__complete" in told.out
    assert "operations" in told.out


def test_words_are_offered_to_shells_that_keep_a_parameter_whole(spapi: Spapi) -> None:
    values = spapi("__complete", "call", "confirmShipment", "codCollectionMethod=").out.splitlines()
    ambiguous = spapi("__complete", "call", "getOrder", "").out.splitlines()
    by_version = spapi("__complete", "call", "getOrder", "--api", "orders", "--version", "v0", "order").out.splitlines()

    assert [line.strip() for line in values if "=" in line] == ["codCollectionMethod=DirectPayment"]
    assert [line for line in ambiguous if "=" in line] == []
    assert [line.split("\t")[0] for line in by_version if "=" in line] == ["orderId="]


def test_another_shell_is_refused(spapi: Spapi) -> None:
    said = spapi("completion", "tcsh")

    assert (said.code, said.out) == (2, "")
    assert "tcsh" in said.err


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("orders", "list", "--status", ""), {"Unshipped", "PartiallyShipped", "Shipped"}),
        (("orders", "list", "--api", "2026-01-01", "--status", ""), {"UNSHIPPED", "PARTIALLY_SHIPPED", "SHIPPED"}),
        (("feed", "submit", ""), {"JSON_LISTINGS_FEED", "POST_ORDER_FULFILLMENT_DATA"}),
        (("feed", "list", "--feed-type", ""), {"JSON_LISTINGS_FEED"}),
        (("report", "download", ""), {"GET_MERCHANT_LISTINGS_ALL_DATA"}),
        (("report", "make", ""), {"GET_FLAT_FILE_SALES_TAX_DATA"}),
        (("report", "list", "--report-type", ""), {"GET_MERCHANT_LISTINGS_ALL_DATA"}),
        (("trigger", ""), {"ORDER_CHANGE"}),
        (("listen", "--type", ""), {"ORDER_CHANGE"}),
        (("notifications", "list", "--type", ""), {"ORDER_CHANGE"}),
        (("requests", "--operation", ""), {"getOrders"}),
        (("grant", "create", "--scope", ""), {"orders", "inventory"}),
        (("grant", "narrow", "1", "--withdraw", ""), {"finance"}),
        (("orders", "list", "--marketplace", ""), {"US", "DE"}),
        (("order", "place", "--marketplace", ""), {"US", "DE"}),
        (("product", "create", "X", "--marketplace", ""), {"US", "DE"}),
        (("stock", "stranded", "--marketplace", ""), {"US", "DE"}),
        (("orders", "list", "--region", ""), {"NA", "EU", "FE"}),
    ],
)
def test_what_is_known_beforehand_is_offered(spapi: Spapi, words: tuple[str, ...], offered: set[str]) -> None:
    found = {line.split("\t")[0].strip() for line in spapi("__complete", *words).out.splitlines()}

    assert offered <= found


def test_every_option_that_names_a_marketplace_is_completed() -> None:
    found = {
        " ".join(chain): argument.parameter.completer
        for chain, command in _commands(app, ())
        for argument in command.assemble_argument_collection(parse_docstring=False)
        if argument.name == "--marketplace"
    }

    assert len(found) > 20
    assert {chain for chain, completer in found.items() if completer is None} == set()


def _commands(group: App, chain: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], App]]:
    if group.default_command is not None:
        yield chain, group
    for name in group:
        if not name.startswith("-"):
            yield from _commands(group[name], (*chain, name))


def test_no_status_of_the_other_version_and_no_feed_that_amazon_takes_no_more_is_offered(spapi: Spapi) -> None:
    statuses = spapi("__complete", "orders", "list", "--status", "").out
    feeds = spapi("__complete", "feed", "submit", "").out

    assert "PARTIALLY_SHIPPED" not in statuses
    assert "POST_PRODUCT_DATA" not in feeds
