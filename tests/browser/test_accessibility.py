"""Everybody can use the pages: axe-core finds nothing, they fit a narrow screen, faults are tied to their fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from everybody import can_use
from playwright.sync_api import Browser, Page, expect

from sellingpartner.contract.app_integrations_2024_04_01 import CreateNotification
from sellingpartner.contract.scopes import ORDERS
from sellingpartner.market.accounts.grants import give_grant, revoke_application
from sellingpartner.testing.mailbox import subscribe_to

Quay = Any  # tests/browser/conftest.py


def sign_in(_quay: Quay, page: Page) -> None:
    page.goto(f"{_quay.url}/console/sign-in")


def sign_in_refused(quay: Quay, page: Page) -> None:
    sign_in(quay, page)
    page.get_by_role("button", name="Sign in").click()


def consent(quay: Quay, page: Page) -> None:
    page.goto(quay.address())
    quay.signs_in(page)


def consent_refused(quay: Quay, page: Page) -> None:
    page.goto(quay.address(redirect_uri="https://elsewhere.example/"))


def store(quay: Quay, page: Page) -> None:
    page.goto(f"{quay.url}/apps/store/{quay.application.application_id}")
    quay.signs_in(page)


def applications(quay: Quay, page: Page) -> None:
    told = CreateNotification(template_id="LOW_INVENTORY", notification_parameters={"sku": "MUG-BLUE", "quantity": 3})
    quay.market.seller.send(told)
    page.goto(f"{quay.url}/console/applications")
    quay.signs_in(page)


def application(quay: Quay, page: Page) -> None:
    quay.market.caller(application=quay.application, scopes=[ORDERS]).call(
        "GET", "/orders/v0/orders?MarketplaceIds=ATVPDKIKX0DER&CreatedAfter=2026-11-01"
    )
    applications(quay, page)
    page.get_by_role("link", name="Wharf Desk").click()


def revoke(quay: Quay, page: Page) -> None:
    application(quay, page)
    page.get_by_role("link", name="Revoke everything").click()


def developer(quay: Quay, page: Page) -> None:
    page.goto(f"{quay.url}/console/developer")
    quay.signs_in(page, "ben@wharf.example")


def developers_application(quay: Quay, page: Page) -> None:
    seller = quay.market.join("Other Goods")
    quay.market.caller(seller=seller, application=quay.application, scopes=[ORDERS]).call(
        "GET", "/orders/v0/orders/902"
    )
    with quay.market.market.write(quay.seller_id) as unit:
        give_grant(unit, quay.seller_id, quay.application.application_id)
    with quay.market.market.write(quay.seller_id) as unit:
        revoke_application(unit, quay.seller_id, quay.application.application_id)
    quay.market.advance(days=91)
    developer(quay, page)
    page.get_by_role("link", name="Wharf Desk").click()


def secret(quay: Quay, page: Page) -> None:
    developers_application(quay, page)
    page.get_by_role("button", name="Rotate the secret").click()


def notifications(quay: Quay, page: Page) -> None:
    with quay.market.market.write(quay.seller_id) as unit:
        give_grant(unit, quay.seller_id, quay.application.application_id)
        subscribe_to(unit, quay.application.application_id, "FBA_INVENTORY_AVAILABILITY_CHANGES")
    quay.market.buys("LAMP-OAK")
    developer(quay, page)
    page.get_by_role("link", name="Wharf Desk").click()
    page.get_by_role("link", name="Notifications").click()


def register(quay: Quay, page: Page) -> None:
    developer(quay, page)
    page.get_by_role("link", name="Register an application").click()
    page.get_by_role("button", name="Register").click()


def nothing(quay: Quay, page: Page) -> None:
    page.goto(f"{quay.url}/console/nothing")


PAGES: tuple[Callable[[Quay, Page], None], ...] = (
    sign_in,
    sign_in_refused,
    consent,
    consent_refused,
    store,
    applications,
    application,
    revoke,
    developer,
    developers_application,
    secret,
    notifications,
    register,
    nothing,
)


@pytest.mark.parametrize("visit", PAGES, ids=lambda visit: visit.__name__)
def test_axe_finds_nothing(quay: Quay, chromium: Browser, visit: Callable[[Quay, Page], None]) -> None:
    context = chromium.new_context()  # axe is a script
    page = context.new_page()
    visit(quay, page)

    can_use(page)
    context.close()


def test_a_fault_is_tied_to_its_field(quay: Quay, page: Page) -> None:
    sign_in_refused(quay, page)

    email = page.get_by_label("Email address")
    expect(email).to_have_attribute("aria-invalid", "true")
    expect(email).to_have_accessible_description("Enter your email address.")


def test_the_title_tells_of_a_fault_before_anything_else(quay: Quay, page: Page) -> None:
    register(quay, page)

    expect(page).to_have_title("Error: Register an application - Selling partner market")
    name = page.get_by_label("Name", exact=True)
    expect(name).to_have_accessible_description(
        "Sellers see it on the consent page. Enter a name of 1 to 80 characters that can be printed."
    )


def test_both_decisions_are_as_easy_to_see(quay: Quay, page: Page) -> None:
    consent(quay, page)

    deny = page.get_by_role("button", name="Deny").bounding_box()
    approve = page.get_by_role("button", name="Approve").bounding_box()

    assert deny is not None
    assert approve is not None
    assert (deny["width"], deny["height"], deny["y"]) == (approve["width"], approve["height"], approve["y"])
