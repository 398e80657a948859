"""The record as a file."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from sellingpartner.market.accounts.applications import change_application
from sellingpartner.market.accounts.grants import give_grant, revoke_application
from sellingpartner.market.accounts.model import Actor, ActorKind

Town = Any  # tests/server/console/conftest.py
Browser = Any


def table(browser: Browser) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(browser.reply.body.decode())))


def lines(browser: Browser) -> list[dict[str, Any]]:
    return [json.loads(line) for line in browser.reply.body.splitlines()]


@pytest.fixture(autouse=True)
def past(town: Town) -> None:
    """Ada lets Wharf Desk in and puts it out."""
    by = Actor(ActorKind.USER, town.ada.user_id, "203.0.113.7")
    with town.market.market.write(town.seller_id) as unit:
        give_grant(unit, town.seller_id, town.application.application_id, by=by)
    with town.market.market.write(town.seller_id) as unit:
        revoke_application(unit, town.seller_id, town.application.application_id, by=by)


def test_a_seller_gets_all_that_concerns_it(town: Town, browser: Browser) -> None:
    browser.signs_in().open("/console/audit.csv")

    assert browser.reply.headers["content-disposition"] == 'attachment; filename="audit.csv"'
    assert browser.reply.headers["content-type"] == "text/csv; charset=utf-8"
    found = [(row["what"], row["actorId"], row["address"]) for row in table(browser)]
    ada = town.ada.user_id
    assert found[-3:] == [
        ("grant.given", ada, "203.0.113.7"),
        ("grant.revoked", ada, "203.0.113.7"),
        ("sign_in.accepted", ada, "127.0.0.1"),
    ]
    assert {row["sellerId"] for row in table(browser)} == {town.seller_id}


def test_both_forms_say_the_same(browser: Browser) -> None:
    rows = table(browser.signs_in().open("/console/audit.csv?of=seller"))
    objects = lines(browser.open("/console/audit.jsonl?of=seller"))

    assert [row["number"] for row in rows] == [str(one["number"]) for one in objects]
    assert [row["what"] for row in rows] == [one["what"] for one in objects]
    assert rows[0]["at"] == objects[0]["at"] == "2026-11-02T09:00:00Z"


def test_a_developer_gets_what_concerns_its_applications_without_the_sellers_people(
    town: Town, browser: Browser
) -> None:
    browser.signs_in("ben@wharf.example").open("/console/audit.jsonl")

    found = lines(browser)
    assert [one["what"] for one in found] == [
        "application.registered",
        "secret.made",
        "grant.given",
        "grant.revoked",
    ]
    assert found[2]["actor"] == "user"
    assert {"actorId", "address"}.isdisjoint(found[2])
    assert found[2]["sellerId"] == town.seller_id


def test_nobody_gets_what_is_anothers(browser: Browser) -> None:
    assert browser.signs_in().open("/console/audit.csv?of=developer").reply.status == 403
    assert browser.open("/console/audit.csv?of=everybody").reply.status == 403
    browser.cookies.clear()
    assert browser.open("/console/audit.csv").target.startswith("/console/sign-in")


def test_a_spreadsheet_takes_nothing_in_it_for_a_formula(town: Town, browser: Browser) -> None:
    with town.market.market.write() as unit:
        change_application(unit, town.application.application_id, name="=1+1")
        by = Actor(ActorKind.USER, '=HYPERLINK("https://elsewhere.example")')
    with town.market.market.write(town.seller_id) as unit:
        give_grant(unit, town.seller_id, town.application.application_id, by=by)

    rows = table(browser.signs_in().open("/console/audit.csv"))

    assert rows[-2]["actorId"] == '\'=HYPERLINK("https://elsewhere.example")'
    assert all(not value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())
