"""The pages of a market that stands behind a proxy which ends TLS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sellingpartner.market.accounts.applications import change_application
from sellingpartner.testing import TestMarket

Town = Any  # tests/server/console/conftest.py
Browser = Any

PUBLIC = "https://market.example"


@pytest.fixture
def market() -> Iterator[TestMarket]:
    made = TestMarket(public_url=PUBLIC)
    yield made
    made.close()


@pytest.fixture
def browser(town: Town) -> Browser:
    """A browser whose Host header says what it likes."""
    return town.browser("inner:8000")


def test_an_application_is_sent_back_to_the_public_address(town: Town, browser: Browser) -> None:
    application_id = town.application.application_id
    with town.market.market.write() as unit:
        change_application(unit, application_id, login_uri="https://desk.example/login")
    store = f"/apps/store/{application_id}"

    browser.open(store).signs_in().send(store, decision="approve")

    assert browser.answer["amazon_callback_uri"] == f"{PUBLIC}/apps/authorize/confirm/{application_id}"


def test_a_developer_is_shown_the_public_address(town: Town, browser: Browser) -> None:
    browser.signs_in("ben@wharf.example").open(f"/console/developer/{town.application.application_id}")

    assert f"{PUBLIC}/apps/authorize/consent?application_id=" in browser.text
    assert "inner" not in browser.text


def test_the_cookie_never_travels_in_the_clear(browser: Browser) -> None:
    browser.open("/console/sign-in")

    assert browser.reply.headers["set-cookie"].startswith("__Host-spapi-session=")
    assert browser.reply.headers["set-cookie"].endswith("; Secure")
