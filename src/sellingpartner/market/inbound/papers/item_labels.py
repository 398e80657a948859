"""createMarketplaceItemLabels: the FNSKU labels of units, on sheets of labels or for a label printer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.batched import batched
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.inbound.items.goods import check_marketplace, goods_of
from sellingpartner.market.inbound.papers.documents import Kept, draws, keep_document
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.shipping.labels.barcodes import code_128
from sellingpartner.market.shipping.labels.documents import Document
from sellingpartner.market.shipping.labels.pdf import as_pdf
from sellingpartner.market.shipping.labels.sheet import INCH, Bars, Mark, Sheet, Text
from sellingpartner.market.shipping.labels.zpl import as_zpl
from sellingpartner.storage.unit import UnitOfWork

KIND = "item labels"
MOST_LABELS = 10_000
"""Assumed: so many labels are printed at once; Amazon publishes a limit for each SKU alone."""
_POINTS_PER_MM = INCH / 25.4
_PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
_USUAL_SIZE = (66.7, 25.4)
"""Assumed: what a thermal label measures unless it is said: two and five eighths by one inch."""
_DOTS = 203
_PADDING = 4.0


class Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sheet of labels."""

    columns: int
    rows: int
    width: float
    height: float
    gap: float
    paper: str


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on the labels of a SKU, and how many there are to be."""

    fnsku: str
    title: str
    condition: str
    quantity: int


class ItemLabels(msgspec.Struct, frozen=True, kw_only=True):
    """Labels that are to be printed: on sheets, or one by one on labels of a size in millimeters."""

    labels: tuple[Label, ...]
    page: str | None = None
    size: tuple[float, float] = _USUAL_SIZE


@cache
def pages() -> dict[str, Page]:
    """Every sheet of labels, by its name.

    Assumed: the grid of item labels stands in the middle of its sheet of paper.
    """
    path = files("sellingpartner.market.inbound.papers") / "label_pages.toml"
    return msgspec.toml.decode(path.read_bytes(), type=dict[str, Page])


def order_labels(
    unit: UnitOfWork,
    marketplace_id: str,
    quantities: Sequence[tuple[str, int]],
    *,
    page: str | None,
    size: tuple[float | None, float | None],
    locale: str | None,
) -> Kept:
    """Have labels drawn for SKUs: on sheets of a kind, or thermal ones where none is named. Raises `BadRequest`."""
    check_marketplace(unit, marketplace_id)
    goods = goods_of(unit, [msku for msku, _ in quantities], marketplace_id)
    count = sum(quantity for _, quantity in quantities)
    if count > MOST_LABELS:
        raise BadRequest(f"ERROR: At most {MOST_LABELS} labels can be printed at once; {count} were requested.")
    language = locale or MARKETPLACES[marketplace_id].language
    labels = [
        Label(
            fnsku=goods[msku].fnsku,
            title=goods[msku].item.title(marketplace_id, language),
            condition=goods[msku].record.condition,
            quantity=quantity,
        )
        for msku, quantity in quantities
    ]
    width, height = size
    wish = ItemLabels(labels=tuple(labels), page=page, size=(width or _USUAL_SIZE[0], height or _USUAL_SIZE[1]))
    return keep_document(unit, KIND, wish)


@draws(KIND, ItemLabels)
def drawn(_: UnitOfWork, wish: ItemLabels) -> Document:
    """Labels for a label printer in ZPL, or sheets of them as a PDF."""
    if wish.page is None:
        width, height = (one * _POINTS_PER_MM for one in wish.size)
        sheets = [
            Sheet(width=width, height=height, marks=tuple(_marks(label, 0.0, 0.0, width, height)))
            for label in wish.labels
            for _ in range(label.quantity)
        ]
        return Document("application/zpl", as_zpl(sheets, _DOTS))
    return Document("application/pdf", as_pdf(list(_sheets(wish.labels, pages()[wish.page])), "Item labels"))


def _sheets(labels: Sequence[Label], page: Page) -> Iterator[Sheet]:
    paper = tuple(one * _POINTS_PER_MM for one in _PAPERS[page.paper])
    width, height, gap = (one * _POINTS_PER_MM for one in (page.width, page.height, page.gap))
    left = (paper[0] - page.columns * width - (page.columns - 1) * gap) / 2
    top = (paper[1] - page.rows * height) / 2
    each = [label for label in labels for _ in range(label.quantity)]
    for some in batched(each, page.columns * page.rows):
        marks: list[Mark] = []
        for place, label in enumerate(some):
            row, column = divmod(place, page.columns)
            marks += _marks(label, left + column * (width + gap), top + row * height, width, height)
        yield Sheet(width=paper[0], height=paper[1], marks=tuple(marks))


def _marks(label: Label, left: float, top: float, width: float, height: float) -> Iterator[Mark]:
    """A label: the barcode, what it says in letters, the product's name and its condition."""
    inner = width - 2 * _PADDING
    size = min(8.0, height / 9)
    letters = int(inner / (size * 0.52))
    yield Bars(x=left + _PADDING, y=top + _PADDING, width=inner, height=height * 0.5, modules=code_128(label.fnsku))
    line = top + _PADDING + height * 0.5 + size * 1.1
    for text in (label.fnsku, _cut(label.title, letters), label.condition):
        yield Text(x=left + _PADDING * 2, y=line, size=size, text=text)
        line += size * 1.15


def _cut(title: str, letters: int) -> str:
    """A title as Amazon's labels show it: its beginning and its end, where it is too long."""
    if len(title) <= letters:
        return title
    half = (letters - 3) // 2
    return f"{title[:half]}...{title[-half:]}"
