"""What products are called in other languages: nouns, colors, materials and styles, each a word of a file.

Differs: what goes beyond these words (bullet points, descriptions) is English in every marketplace, and so are titles
of books.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.simulation.products import Product
from sellingpartner.market.simulation.reading import names_in, read


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a language, by the English ones. `of` joins a thing with what it is made of."""

    of: str
    words: dict[str, str]

    def said(self, english: str) -> str:
        """A word of this language; what it has no word for (8 oz) is as it is."""
        return self.words.get(english, english)


@cache
def languages() -> tuple[str, ...]:
    """The languages that have words of their own."""
    return names_in("words")


@cache
def words_of(language: str) -> Words:
    """The words of one of `languages`."""
    return read(f"words/{language}.toml", Words)


@cache
def words_in(marketplace_id: str) -> Words | None:
    """The words of a marketplace's language; None where products are called as in English."""
    language = MARKETPLACES[marketplace_id].language
    return words_of(language) if language in languages() else None


def title_in(product: Product, words: Words, *, whole: bool = True) -> str:
    """A product's title in a language; without size and color it is that of the family."""
    if product.is_book:
        return product.title
    made_of = f" {words.of} {words.said(product.material).lower()}" if product.material else ""
    told = [f"{words.said(product.noun)} {product.brand} {product.series}{made_of}"]
    varying = (product.size, product.color) if whole else ()
    told += [words.said(part) for part in (product.style, *varying) if part]
    return ", ".join(told)
