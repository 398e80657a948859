"""Finding product types: by words of their names, or by the name of an item that may be one of them.

Assumed: a keyword finds every type that has it as a part of a word; Amazon's own search is not described. The better a
name of an item fits a type, the earlier the type comes; types that share no word with it are left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

from sellingpartner.market.product_types import library
from sellingpartner.market.product_types.model import ProductType
from sellingpartner.market.product_types.words import words_of

MOST_RECOMMENDED = 10
_WORD = re.compile(r"\w+")
_LEAST_STEM = 3
_NAME, _SYNONYM = 3, 1


def types_in(marketplace_ids: Collection[str]) -> dict[str, list[str]]:
    """All product types, each with those of the marketplaces that have it."""
    found = {}
    for name in library.type_names():
        kind = library.product_type(name)
        places = [one for one in marketplace_ids if kind is not None and library.is_sold_in(kind, one)]
        if places:
            found[name] = places
    return found


def types_with(keywords: Iterable[str], locale: str, names: Iterable[str]) -> list[str]:
    """The product types, of those named, in whose words one of the keywords is."""
    wanted = [keyword.casefold().strip() for keyword in keywords]
    return [name for name in names if any(_has(name, keyword, locale) for keyword in wanted if keyword)]


def types_for_item(item_name: str, locale: str, names: Iterable[str]) -> list[str]:
    """The product types, of those named, that an item of this name may be, the likeliest first."""
    told = [_stem(word) for word in _WORD.findall(item_name.casefold())]
    scored = [(_score(name, told, item_name.casefold(), locale), name) for name in names]
    ranked = sorted((-score, name) for score, name in scored if score)
    return [name for _, name in ranked[:MOST_RECOMMENDED]]


def _has(name: str, keyword: str, locale: str) -> bool:
    said = _said(name, locale)
    return keyword in name.casefold() or any(keyword in word for word in (*said.names, *said.synonyms))


class _Said:
    """The words of one product type in one language, and in English."""

    def __init__(self, kind: ProductType, locale: str) -> None:
        display = {words_of(locale).display_name(kind).casefold(), kind.display["en_US"].casefold()}
        self.names = (*display, kind.name.replace("_", " ").casefold())
        self.synonyms = tuple(word.casefold() for word in kind.words)
        self.name_stems = {_stem(word) for name in self.names for word in _WORD.findall(name)}
        self.synonym_stems = {_stem(word) for word in self.synonyms}


@cache
def _said(name: str, locale: str) -> _Said:
    kind = library.product_type(name)
    if kind is None:
        raise KeyError(name)
    return _Said(kind, locale)


def _score(name: str, told: list[str], item_name: str, locale: str) -> float:
    """How well an item's name fits: words that name the type count more, the last ones of them most."""
    if name == library.GENERIC:
        return 0
    said = _said(name, locale)
    score = 0.0
    for place, word in enumerate(told):
        weight = _NAME if word in said.name_stems else _SYNONYM if word in said.synonym_stems else 0
        score += weight * (1 + place / len(told))
    # Languages without spaces between words are searched as they stand.
    score += sum(_NAME for one in said.names if not one.isascii() and one in item_name)
    return score


def _stem(word: str) -> str:
    """A word without the ending of its plural."""
    return word.removesuffix("s") if len(word) > _LEAST_STEM else word
