from __future__ import annotations

from io import BytesIO
from urllib.parse import urlsplit

import pytest
from PIL import Image

from sellingpartner.contract.catalog_items_2022_04_01 import GetCatalogItem, IncludedData, ItemImage
from sellingpartner.market.catalog.commands import create_item
from sellingpartner.market.catalog.model import NewCatalogItem
from sellingpartner.server import pictures
from sellingpartner.testing import TestMarket
from sellingpartner.testing.caller import Reply

US = "ATVPDKIKX0DER"


def made(market: TestMarket, kind: str = "MUG", **attributes: str) -> str:
    said = {"item_name": "Stoneware Mug", "color": "Sea Blue"} | attributes
    with market.market.write() as unit:
        new = NewCatalogItem(
            product_type=kind,
            attributes={
                name: [{"media_location" if "image" in name else "value": text}] for name, text in said.items()
            },
            marketplaces=(US,),
            variation_theme="COLOR",
        )
        return create_item(unit, new)


def images(market: TestMarket, asin: str) -> list[ItemImage]:
    request = GetCatalogItem(asin=asin, marketplace_ids=[US], included_data=[IncludedData.IMAGES])
    shown = market.seller.send(request).images
    assert shown is not None
    return shown[0].images


def fetched(market: TestMarket, link: str, method: str = "GET", **headers: str) -> Reply:
    return market.anybody().call(method, urlsplit(link).path, headers=headers)


def test_every_picture_of_an_item_loads_without_a_token_in_the_size_that_was_said(market: TestMarket) -> None:
    shown = images(market, made(market))

    assert {"MAIN", "PT01", "SWCH"} <= {one.variant.value for one in shown}
    for image in shown:
        reply = fetched(market, image.link)
        assert (reply.status, reply.headers["content-type"]) == (200, "image/jpeg")
        picture = Image.open(BytesIO(reply.body))
        assert (picture.format, picture.width, picture.height) == ("JPEG", image.width, image.height)


@pytest.mark.parametrize("kind", ["BOTTLE", "SHIRT", "ABIS_BOOK", "BACKPACK", "SPEAKERS", "PUZZLES", "PILLOW", "GOODS"])
def test_what_an_item_is_can_be_seen(market: TestMarket, kind: str) -> None:
    pair = [images(market, made(market, one, color="Red"))[1].link for one in (kind, "MUG")]

    one, other = (Image.open(BytesIO(fetched(market, link).body)).convert("RGB") for link in pair)
    assert one.tobytes() != other.tobytes()


def test_a_picture_stays_the_same_until_the_item_looks_otherwise(market: TestMarket) -> None:
    asin = made(market)
    link = images(market, asin)[0].link

    first = fetched(market, link)
    again = fetched(market, link, **{"If-None-Match": first.headers["etag"]})
    head = fetched(market, link, "HEAD")

    assert fetched(market, link).body == first.body
    assert (again.status, again.body) == (304, b"")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(first.body)))
    assert "max-age" in first.headers["cache-control"]
    other = fetched(market, images(market, made(market, color="Red"))[0].link)
    assert other.headers["etag"] != first.headers["etag"]


def test_a_picture_that_was_put_is_shown_at_its_own_link(market: TestMarket) -> None:
    asin = made(market, main_product_image_locator="https://images.example/mug.jpg")

    first, *_ = images(market, asin)

    assert (first.variant.value, first.link) == ("MAIN", "https://images.example/mug.jpg")


@pytest.mark.parametrize("name", ["B000000000.MAIN", "{asin}.PT09", "{asin}.MAIN._SL501_", "{asin}", "../x", "é.MAIN"])
def test_what_the_market_did_not_draw_is_not_found(market: TestMarket, name: str) -> None:
    asin = made(market)

    reply = fetched(market, f"/images/I/{name.format(asin=asin)}.jpg")

    assert (reply.status, reply.json()["errors"][0]["code"]) == (404, "NotFound")
    assert fetched(market, f"/images/I/{asin}.MAIN.jpg", "POST").status == 403


def test_no_more_pictures_are_remembered_than_there_is_room_for(
    market: TestMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MOST_BYTES", 1)
    link = images(market, made(market))[-1].link

    assert fetched(market, link).body == fetched(market, link).body


def test_a_picture_speaks_english_where_the_item_does(market: TestMarket) -> None:
    mexico = "A1AM78C64UM0Y8"
    said = {mexico: ("Taza de café", "Verde bosque"), US: ("Coffee Mug", "Green")}
    with market.market.write() as unit:
        alone, both = (
            create_item(
                unit,
                NewCatalogItem(
                    product_type="MUG",
                    attributes={
                        name: [{"value": said[one][at], "marketplace_id": one} for one in places]
                        for at, name in enumerate(("item_name", "color"))
                    },
                    marketplaces=places,
                ),
            )
            for places in ((US,), (mexico, US))
        )

    def middle(asin: str) -> object:
        shown = fetched(market, images(market, asin)[0].link)
        return Image.open(BytesIO(shown.body)).convert("RGB").resize((1, 1)).getpixel((0, 0))

    assert middle(both) == middle(alone)
