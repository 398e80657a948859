"""Product lines and the invented brands that make them, read from `data`: what `products` draws its products from.

A line is a kind of thing that a seller may have many of: mugs, backpacks, pet toys. Its numbers (price, weight,
measures) are ranges of what such a thing has, and its words are put together into titles, bullets and descriptions.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from sellingpartner.market.simulation.reading import names_in, read


class ProductLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of thing that is sold, with all that a product of it may be."""

    product_type: str
    department: str  # whose brands make it
    browse_path: tuple[str, ...]
    browse_node_id: str
    nouns: tuple[str, ...]
    use: str  # completes "made for ..."
    features: tuple[str, ...]  # "Heading: sentence", at least five
    price_cents: tuple[int, int]
    weight_grams: tuple[int, int]
    measures_mm: tuple[int, int, int]  # of a middling one
    colors: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()  # smallest first
    materials: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()  # what the children of a family may differ by
    growth: float = 0.0  # how much more a child costs and weighs for each step in size
    origins: tuple[str, ...] = ("CN",)
    share: float = 1.0  # of a seller's range, against the other lines
    attributes: dict[str, str | int | bool] = {}  # what else each product of it says, by attribute
    is_book: bool = False  # has an ISBN, a title as books have them, and an author
    is_hazmat: bool = False
    is_regulated: bool = False  # sold only after somebody has verified the order


class _Lines(Struct, frozen=True, forbid_unknown_fields=True):
    line: tuple[ProductLine, ...]


class Makers(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who makes what is sold, and the words that makers use."""

    brands: dict[str, tuple[str, ...]]  # by department
    series: tuple[str, ...]
    closings: tuple[str, ...]  # last sentences of descriptions


@cache
def product_lines() -> tuple[ProductLine, ...]:
    """All lines, in the order of the files and in them."""
    folder = "product_lines"
    return tuple(line for name in names_in(folder) for line in read(f"{folder}/{name}.toml", _Lines).line)


@cache
def line_of(product_type: str) -> ProductLine:
    """The line of a product type."""
    return next(line for line in product_lines() if line.product_type == product_type)


@cache
def makers() -> Makers:
    """The makers, read once."""
    return read("makers.toml", Makers)
