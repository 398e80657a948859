"""A person at the consent page and the console, in a real browser that runs no script."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sellingpartner.client.authorization import AuthorizationFlow
from sellingpartner.client.authorization.wsgi import Endpoints
from sellingpartner.client.grants import MemoryGrants
from sellingpartner.client.vault import Keyring
from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS
from sellingpartner.market.accounts.questions import grants_of

Quay = Any  # tests/browser/conftest.py


@pytest.fixture
def asked(quay: Quay, page: Page) -> Page:
    """Ada's browser at the consent page."""
    page.goto(quay.address())
    quay.signs_in(page)
    expect(page).to_have_title("Wharf Desk asks for access - Selling partner market")
    return page


def back_at_the_application(page: Page) -> None:
    expect(page.get_by_role("heading", name="Back at Wharf Desk")).to_be_visible()


def scopes_of(quay: Quay) -> list[tuple[str, ...]]:
    with quay.market.market.read() as unit:
        found = grants_of(unit, seller_id=quay.seller_id, application_id=quay.application.application_id)
        return [grant.scopes for grant in found if grant.stands(unit.now)]


def test_approving_leads_back_with_a_code_and_tells_nobody_where_one_was(quay: Quay, asked: Page) -> None:
    asked.get_by_role("button", name="Approve").click()

    back_at_the_application(asked)
    (visit,) = quay.site.visits
    assert (visit["state"], visit["selling_partner_id"]) == ("st4te", quay.seller_id)
    assert quay.site.referrers == [""]
    assert quay.exchange(visit["code"])["scope"] == f"{ORDERS} {INVENTORY} {FINANCE}"


def test_an_application_on_the_same_host_keeps_its_cookie_while_the_seller_signs_in(quay: Quay, page: Page) -> None:
    grants = MemoryGrants()
    flow = AuthorizationFlow(
        application_id=quay.application.application_id,
        client_id=quay.application.client_id,
        client_secret=quay.client_secret,
        redirect_uri=quay.callback,
        base_url=quay.url,
        scopes=(ORDERS,),
        keyring=Keyring.generate(),
        grants=grants,
    )
    quay.site.serves = Endpoints(flow)

    page.goto(quay.callback.replace("/callback", "/login"))
    quay.signs_in(page)
    page.get_by_role("button", name="Approve").click()

    expect(page.get_by_role("heading", name="Connected")).to_be_visible()
    assert [grant.seller_id for grant in grants.all(quay.application.client_id)] == [quay.seller_id]
    page.goto(f"{quay.url}/console")
    expect(page.get_by_role("heading", name="Authorized applications")).to_be_visible()


def test_denying_leads_back_with_the_error(quay: Quay, asked: Page) -> None:
    asked.get_by_role("button", name="Deny").click()

    back_at_the_application(asked)
    (visit,) = quay.site.visits
    assert (visit["error"], visit["state"]) == ("access_denied", "st4te")
    assert scopes_of(quay) == []


def test_what_is_unticked_is_not_given(quay: Quay, asked: Page) -> None:
    asked.get_by_label("Finances").uncheck()
    asked.get_by_role("button", name="Approve").click()

    back_at_the_application(asked)
    assert quay.exchange(quay.site.visits[0]["code"])["scope"] == f"{ORDERS} {INVENTORY}"


def test_a_wrong_password_is_said_at_the_form(quay: Quay, page: Page) -> None:
    page.goto(quay.address())
    quay.signs_in(page, password="not the password")

    expect(page.get_by_role("alert")).to_have_text("The email address or the password is not right.")
    expect(page).to_have_title("Error: Sign in - Selling partner market")
    expect(page.get_by_label("Email address")).to_have_value("ada@harbor.example")
    quay.signs_in(page)
    expect(page.get_by_role("button", name="Approve")).to_be_visible()


def test_a_double_click_does_no_harm(quay: Quay, asked: Page) -> None:
    asked.get_by_role("button", name="Approve").dblclick(no_wait_after=True)

    back_at_the_application(asked)
    assert "access_token" in quay.exchange(quay.site.visits[-1]["code"])


def test_the_back_button_leads_to_the_question_again(quay: Quay, asked: Page) -> None:
    asked.get_by_role("button", name="Approve").click()
    back_at_the_application(asked)
    quay.exchange(quay.site.visits[0]["code"])

    asked.go_back()

    expect(asked.get_by_text("Given already")).to_have_count(3)
    asked.get_by_role("button", name="Deny").click()
    back_at_the_application(asked)
    assert quay.site.visits[1]["error"] == "access_denied"
    assert scopes_of(quay) == [(ORDERS, INVENTORY, FINANCE)]


def test_a_session_that_ended_on_the_way_is_begun_anew(quay: Quay, asked: Page) -> None:
    quay.market.advance(minutes=31)

    asked.get_by_role("button", name="Approve").click()
    expect(asked.get_by_role("heading", name="Sign in")).to_be_visible()
    assert quay.site.visits == []
    quay.signs_in(asked)
    asked.get_by_role("button", name="Approve").click()

    back_at_the_application(asked)
    assert quay.site.visits[0]["state"] == "st4te"


def test_two_tabs_ask_two_questions(quay: Quay, asked: Page, context: BrowserContext) -> None:
    other = context.new_page()
    other.goto(quay.address(state="second", scope=ORDERS))
    other.get_by_role("button", name="Approve").click()
    back_at_the_application(other)
    asked.get_by_role("button", name="Deny").click()
    back_at_the_application(asked)

    assert [visit["state"] for visit in quay.site.visits] == ["second", "st4te"]
    assert quay.exchange(quay.site.visits[0]["code"])["scope"] == ORDERS


def test_a_tab_that_was_left_open_does_not_decide_for_whoever_came_after(
    quay: Quay, asked: Page, context: BrowserContext
) -> None:
    other = context.new_page()
    other.goto(quay.address())
    other.get_by_role("button", name="Sign in as somebody else").click()
    quay.signs_in(other)

    asked.get_by_role("button", name="Approve").click()

    expect(asked.get_by_role("alert")).to_contain_text("The page was loaded before you signed in")
    assert quay.site.visits == []


def test_revoking_stops_the_application_and_connecting_again_lets_it_in(quay: Quay, asked: Page) -> None:
    asked.get_by_role("button", name="Approve").click()
    back_at_the_application(asked)
    token = quay.exchange(quay.site.visits[0]["code"])["access_token"]
    caller = quay.market.anybody().with_token(token)
    assert caller.call("GET", "/sellers/v1/marketplaceParticipations").status == 200

    asked.goto(f"{quay.url}/console/applications")
    asked.get_by_role("link", name="Wharf Desk").click()
    asked.get_by_role("link", name="Revoke everything").click()
    asked.get_by_role("button", name="Revoke everything").click()

    expect(asked.get_by_role("status")).to_have_text("The application can do nothing more for you.")
    assert caller.call("GET", "/sellers/v1/marketplaceParticipations").status == 403
    asked.goto(quay.address())
    expect(asked.get_by_text("Given already")).to_have_count(0)
    asked.get_by_role("button", name="Approve").click()
    back_at_the_application(asked)
    assert "access_token" in quay.exchange(quay.site.visits[1]["code"])


def test_narrowing_is_unticking(quay: Quay, asked: Page) -> None:
    asked.get_by_role("button", name="Approve").click()
    back_at_the_application(asked)
    quay.exchange(quay.site.visits[0]["code"])

    asked.goto(f"{quay.url}/console/applications/{quay.application.application_id}")
    asked.get_by_label("Finances").uncheck()
    asked.get_by_role("button", name="Save what is ticked").click()

    expect(asked.get_by_role("status")).to_have_text("Saved. What you unticked has stopped.")
    assert scopes_of(quay) == [(ORDERS, INVENTORY)]


def press(page: Page, key: str, name: str, *, most: int = 40) -> None:
    """Press a key until what has the focus is called like this, and shows that it has it."""
    for _ in range(most):
        page.keyboard.press(key)
        found = page.locator(":focus")
        if found.count() and name in (found.inner_text() or found.get_attribute("id") or ""):
            assert found.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
            return
    message = f"{key} never led to {name}"
    raise AssertionError(message)


def test_everything_is_done_by_keyboard(quay: Quay, page: Page) -> None:
    page.goto(quay.address())
    press(page, "Tab", "Skip to the content")
    page.keyboard.press("Enter")
    press(page, "Tab", "email")
    page.keyboard.type("ada@harbor.example")
    press(page, "Tab", "password")
    page.keyboard.type("correct horse battery staple")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Approve")).to_be_visible()

    press(page, "Tab", "tick-3")
    page.keyboard.press("Space")
    expect(page.get_by_label("Finances")).not_to_be_checked()
    press(page, "Tab", "What this allows")
    page.keyboard.press("Enter")
    expect(page.get_by_text("See invoices, and submit those for your shipments")).not_to_be_visible()
    press(page, "Tab", "Approve")
    page.keyboard.press("Enter")

    back_at_the_application(page)
    assert quay.exchange(quay.site.visits[0]["code"])["scope"] == f"{ORDERS} {INVENTORY}"


def test_the_enter_key_in_the_middle_of_the_form_gives_nothing_away(quay: Quay, asked: Page) -> None:
    asked.get_by_label("Finances").focus()
    asked.keyboard.press("Enter")

    back_at_the_application(asked)
    assert quay.site.visits[0]["error"] == "access_denied"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"application_id": "amzn1.sp.solution.unknown"}, "MD1000"),
        ({"redirect_uri": "https://elsewhere.example/"}, "MD5101"),
        ({"redirect_uri": "http://127.0.0.1/#there"}, "MD5110"),
        ({"state": ""}, "invalid_request"),
    ],
)
def test_a_request_that_cannot_be_says_what_to_do_and_stays(
    quay: Quay, page: Page, changed: dict[str, str], code: str
) -> None:
    page.goto(quay.address(**changed))

    expect(page.get_by_text(f"Error {code}")).to_be_visible()
    expect(page.get_by_role("heading", name="If you are the seller")).to_be_visible()
    assert page.url.startswith(f"{quay.url}/apps/authorize/consent?")


def test_a_scope_that_is_none_is_told_to_the_application(quay: Quay, page: Page) -> None:
    page.goto(quay.address(scope="sellingpartnerapi::everything"))

    back_at_the_application(page)
    assert quay.site.visits[0]["error"] == "invalid_scope"


def test_from_the_store_the_seller_comes_to_the_application_and_back(quay: Quay, page: Page) -> None:
    page.goto(f"{quay.url}/apps/store/{quay.application.application_id}")
    quay.signs_in(page)
    page.get_by_role("button", name="Approve").click()
    back_at_the_application(page)  # its login page
    told = quay.site.logins[0]

    page.goto(f"{told['amazon_callback_uri']}?amazon_state={told['amazon_state']}&state=its-0wn")

    back_at_the_application(page)
    assert (quay.site.visits[0]["state"], "code" in quay.site.visits[0]) == ("its-0wn", False)
    assert "access_token" in quay.exchange(quay.site.visits[0]["spapi_oauth_code"])


def test_who_is_signed_out_on_the_way_from_the_store_signs_in_and_comes_back(quay: Quay, page: Page) -> None:
    page.goto(f"{quay.url}/apps/store/{quay.application.application_id}")
    quay.signs_in(page)
    page.get_by_role("button", name="Approve").click()
    back_at_the_application(page)
    told = quay.site.logins[0]
    page.context.clear_cookies()

    page.goto(f"{told['amazon_callback_uri']}?amazon_state={told['amazon_state']}&state=its-0wn")
    quay.signs_in(page)

    back_at_the_application(page)
    assert quay.site.visits[0]["state"] == "its-0wn"


def test_a_secret_is_shown_to_the_developer_once(quay: Quay, page: Page) -> None:
    page.goto(f"{quay.url}/console")
    quay.signs_in(page, "ben@wharf.example")
    page.get_by_role("link", name="Wharf Desk").click()
    page.get_by_role("button", name="Rotate the secret").click()
    secret = page.get_by_label("Client secret").inner_text()
    assert secret.startswith("amzn1.oa2-cs.v1.")

    page.get_by_role("link", name="I have kept it").click()

    expect(page.get_by_role("heading", name="Client secrets")).to_be_visible()
    assert secret not in page.content()


def test_nobody_can_frame_the_consent_page(quay: Quay, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(quay.callback)
    framed = quay.address()

    page.evaluate(
        "at => { const one = document.createElement('iframe'); one.src = at; document.body.append(one); }", framed
    )
    page.wait_for_function("document.querySelector('iframe').contentDocument === null")

    (frame,) = page.main_frame.child_frames
    assert frame.url == "chrome-error://chromewebdata/"
    context.close()


def test_with_scripts_on_it_is_the_same_page(quay: Quay, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(quay.address())
    quay.signs_in(page)
    page.get_by_role("button", name="Approve").click()

    back_at_the_application(page)
    assert [one for one in complaints if "favicon" not in one] == []
    context.close()
