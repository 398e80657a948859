"""Takes the pictures of the pages that docs/permissions.md and docs/console.md show, with the system's Chromium.

python -m tools.pictures            # write docs/images/*.png
python -m tools.pictures FOLDER     # look first
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS
from sellingpartner.market.amounts import Money
from sellingpartner.market.listings.commands import set_price
from sellingpartner.market.orders.commands import ship
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket, on_a_socket
from sellingpartner.testing.world import PASSWORD

FOLDER = Path(__file__).parent.parent / "docs" / "images"
SELLER, DEVELOPER = "ada@harbor.example", "ben@quayside.example"
COLORS = 40
PRICES = {7: 1349, 15: 1599, 19: 1429}
"""What the mug costs from which day on, in cents."""
ARRIVED = 4
"""Of which day an order is shown."""
WIDE, LONG, PHONE = (960, 720), (960, 1340), (390, 780)
MARKET, PRODUCT = (1120, 860), (1120, 1180)


class Album:
    """The pictures, each of a page that somebody has walked to."""

    def __init__(self, browser: Browser, url: str, market: TestMarket, folder: Path) -> None:
        self._browser = browser
        self._url = url
        self._market = market
        self._folder = folder

    @contextmanager
    def taken(
        self,
        name: str,
        size: tuple[int, int] = WIDE,
        scheme: Literal["light", "dark"] = "light",
        *,
        is_whole: bool = True,
    ) -> Iterator[Page]:
        """A page to walk to; the picture is taken where the walk ends."""
        context = self._browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, java_script_enabled=False
        )
        page = context.new_page()
        yield page
        path = self._folder / f"{name}.png"
        taken = Image.open(BytesIO(page.screenshot(full_page=is_whole))).convert("RGB")
        _with_few_colors(taken).save(path, optimize=True)
        print(f"{path}: {path.stat().st_size:,} bytes")
        context.close()

    def signs_in(self, page: Page, email: str, path: str) -> None:
        """Go somewhere by way of the sign-in page."""
        page.goto(self._url + path)
        page.get_by_label("Email address").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()

    def enters(self, page: Page, path: str) -> None:
        """Go somewhere as the market's operator."""
        page.goto(self._url + path)
        page.get_by_role("button", name="Open the market").click()

    def fill_console(self, order_id: str) -> None:
        """Take those of the market."""
        with self.taken("console-order", MARKET, is_whole=False) as page:
            self.enters(page, f"/console/orders/{order_id}")
        with self.taken("console-product", PRODUCT, "dark", is_whole=False) as page:
            self.enters(page, "/console/product?sku=MUG-BLUE")

    def fill(self) -> None:
        """Take them all."""
        ours = self._market.application
        said = {"application_id": ours.application_id, "state": "example", "scope": f"{ORDERS} {INVENTORY} {FINANCE}"}
        consent = f"/apps/authorize/consent?{urlencode(said)}"
        with self.taken("sign-in") as page:
            page.goto(self._url + consent)
        with self.taken("consent") as page:
            self.signs_in(page, SELLER, consent)
        with self.taken("consent-dark", scheme="dark") as page:
            self.signs_in(page, SELLER, consent)
        with self.taken("consent-phone", PHONE) as page:
            self.signs_in(page, SELLER, consent)
        with self.taken("refused") as page:
            page.goto(f"{self._url}{consent}&redirect_uri=https://elsewhere.example/")
        with self.taken("application") as page:
            self.signs_in(page, SELLER, f"/console/applications/{ours.application_id}")
        with self.taken("developer", LONG, is_whole=False) as page:
            self.signs_in(page, DEVELOPER, f"/console/developer/{ours.application_id}")


def _with_few_colors(picture: Image.Image) -> Image.Image:
    """The same in its most frequent colors alone: a third of the bytes, and no color of the pages' own is lost."""
    points = picture.tobytes()
    counted = Counter(points[at : at + 3] for at in range(0, len(points), 3))
    palette = Image.new("P", (1, 1))
    palette.putpalette(b"".join(color for color, _ in counted.most_common(COLORS)))
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def lively() -> tuple[TestMarket, str]:
    """A market in which a mug sells, at a price that changes; returns an order that has arrived, too."""
    market = TestMarket()
    market.subscribe("ORDER_CHANGE")
    market.competes(1449)
    order_id = ""
    for day in range(29):
        if day in PRICES:
            with market.market.write(market.seller.seller_id) as unit:
                set_price(unit, "MUG-BLUE", market.marketplace_id, Money(PRICES[day], "USD"))
        for number in range(day * 7 % 5):
            sold = market.buys("MUG-BLUE", quantity=1 + number % 2)
            _ship(market, sold)
            order_id = sold if day == ARRIVED and number else order_id
        market.advance(hours=24)
    return market, order_id


def _ship(market: TestMarket, order_id: str) -> None:
    with market.market.write(market.seller.seller_id) as unit:
        parcel = Parcel(
            reference="1",
            shipped_at=unit.now,
            quantities=order_of(unit, order_id).unshipped_quantities(),
            carrier_code="UPS",
            tracking_number="1Z999AA10123456784",
        )
        ship(unit, order_id, parcel)


def world() -> TestMarket:
    """A market with a past: orders that were read, a call that was refused, scopes that were never used."""
    market = TestMarket()
    market.user(SELLER)
    market.user(DEVELOPER, developer_id=market.application.developer_id)
    for _ in range(12):
        market.seller.call("GET", "/orders/v0/orders?MarketplaceIds=ATVPDKIKX0DER&CreatedAfter=2026-11-01")
        market.advance(hours=7)
    market.seller.call("GET", f"/orders/v0/orders/{market.buys()}")
    market.caller(scopes=[INVENTORY]).call("GET", "/orders/v0/orders/902-0000000-0000000")
    return market


def main() -> None:
    """Take the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        sys.exit("Chromium is not installed.")
    market, (shop, order_id) = world(), lively()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        with on_a_socket(market.server) as url:
            Album(browser, url, market, folder).fill()
        with on_a_socket(shop.server) as url:
            Album(browser, url, shop, folder).fill_console(order_id)
        browser.close()
    market.close()
    shop.close()


if __name__ == "__main__":
    main()
