"""The pictures that the market draws of its items, at the links that Catalog Items gives; no token is needed.

Amazon's pictures are open to everybody as well. A picture is drawn when it is first asked for and remembered by what it
is made of, the ones that were asked for last and no more than some megabytes of them.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from hashlib import blake2b
from threading import Lock
from uuid import uuid4

from sellingpartner.contract.errors import NotFound, SellingPartnerError, Unauthorized
from sellingpartner.market.catalog.pictures import FULL, PREFIX, SIZES, variants_of
from sellingpartner.market.catalog.questions import found_item
from sellingpartner.market.market import Market
from sellingpartner.market.product_types.library import languages_of
from sellingpartner.server.drawing import Sketch, drawn
from sellingpartner.server.gateway.errors import render
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.gateway.pipeline import identify

MOST_BYTES = 16 * 1024 * 1024
"""How much of pictures is remembered."""

_NAME = re.compile(rf"{PREFIX}(?P<asin>[A-Z0-9]{{10}})\.(?P<variant>[A-Z0-9]{{4}})(\._SL(?P<size>\d{{1,4}})_)?\.jpg")
_LASTS = ("Cache-Control", "public, max-age=86400")


class Pictures:
    """Answers with a picture."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self._kept: OrderedDict[tuple[Sketch, int], bytes] = OrderedDict()
        self._weight = 0
        self._drawing = Lock()

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """A JPEG; 404 for what the market draws no picture of, 304 for one that the caller has."""
        try:
            sketch, size = self._asked(request)
        except SellingPartnerError as error:
            return identify(render(error), str(uuid4()))
        tag = f'"{blake2b(repr((sketch, size)).encode(), digest_size=12).hexdigest()}"'
        headers = [("Content-Type", "image/jpeg"), ("ETag", tag), _LASTS]
        if tag in (request.header("if-none-match") or ""):
            return identify(HttpAnswer(304, headers=headers[1:]), str(uuid4()))
        picture = self._picture(sketch, size)
        if request.method == "HEAD":
            return identify(HttpAnswer(200, b"", [*headers, ("Content-Length", str(len(picture)))]), str(uuid4()))
        return identify(HttpAnswer(200, picture, headers), str(uuid4()))

    def _asked(self, request: HttpRequest) -> tuple[Sketch, int]:
        if request.method not in {"GET", "HEAD"}:
            raise Unauthorized("A picture is for GET.")
        found = _NAME.fullmatch(request.path)
        size = int((found and found["size"]) or FULL)
        if found is None or size not in SIZES:
            raise NotFound("There is no picture of this name; Catalog Items gives the links of those that there are.")
        with self._market.read() as unit:
            item = found_item(unit, found["asin"])
        if item is None or found["variant"] not in variants_of(item):
            raise NotFound(f"The market draws no picture {found['variant']} of {found['asin']}.")
        place = next((one for one in item.marketplaces if languages_of(one)[0].startswith("en")), item.marketplaces[0])
        title, color = item.title(place), item.text("color", place) or ""
        return Sketch(item.asin, item.product_type, title, color, found["variant"]), size

    def _picture(self, sketch: Sketch, size: int) -> bytes:
        key = sketch, size
        with self._drawing:  # one at a time: to draw takes the interpreter anyway
            picture = self._kept.get(key)
            if picture is None:
                picture = self._kept[key] = drawn(sketch, size)
                self._weight += len(picture)
            self._kept.move_to_end(key)
            while self._weight > MOST_BYTES:
                _, gone = self._kept.popitem(last=False)
                self._weight -= len(gone)
        return picture
