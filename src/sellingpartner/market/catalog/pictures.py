"""Which pictures an item has: those that sellers put, and for the rest some that the market draws.

Assumed: a picture that was put is shown at its own link, as large as the catalog shows pictures; nobody fetches it.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sellingpartner.market.attributes import entry_of
from sellingpartner.market.catalog.model import Item

PREFIX = "/images/I/"
FULL = 1000
SIZES = (FULL, 500, 75)
"""How wide and high the market draws."""

MAIN, SWATCH = "MAIN", "SWCH"
_MOST_OTHERS = 8
_VIEWS = 3


class Picture(msgspec.Struct, frozen=True):
    """A picture of an item, at a link or at a path of the market's own."""

    variant: str
    link: str
    size: int


def pictures_of(item: Item, marketplace_id: str, origin: str) -> list[Picture]:
    """The pictures of an item in a marketplace; `origin` is where the market is reached."""
    put = dict(_put(item, marketplace_id))
    pictures: list[Picture] = []
    for variant in variants_of(item) if len(put) <= 1 else [MAIN, *(one for one in put if one != MAIN)]:
        if variant in put:
            pictures.append(Picture(variant, put[variant], FULL))
        else:
            pictures += [Picture(variant, origin + path_of(item.asin, variant, size), size) for size in SIZES]
    return pictures


def variants_of(item: Item) -> list[str]:
    """The pictures that the market draws of an item: the whole, some views, and its color if there are others."""
    views = [f"PT{view:02}" for view in range(1, item.number % _VIEWS + 2)]
    is_one_of_many = item.variation_theme is not None and "color" in item.attributes
    return [MAIN, *views, *([SWATCH] if is_one_of_many else [])]


def path_of(asin: str, variant: str, size: int) -> str:
    """Where the market serves a picture that it draws."""
    scaled = "" if size == FULL else f"._SL{size}_"
    return f"{PREFIX}{asin}.{variant}{scaled}.jpg"


def _put(item: Item, marketplace_id: str) -> Iterator[tuple[str, str]]:
    names = {MAIN: "main_product_image_locator"}
    names |= {f"PT{view:02}": f"other_product_image_locator_{view}" for view in range(1, _MOST_OTHERS + 1)}
    names[SWATCH] = "swatch_product_image_locator"
    for variant, name in names.items():
        entry = entry_of(item.attributes, name, marketplace_id) or {}
        link = entry.get("media_location")
        if isinstance(link, str) and link.startswith(("http://", "https://")):
            yield variant, link
