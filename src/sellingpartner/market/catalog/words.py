"""Words as the catalog's index has them: what people type and what items say, brought to one form.

Letters lose their case and accents, plurals of English their ending. Scripts without spaces between words (Chinese,
Japanese) give every two neighboring characters. What is left of other scripts is written in ASCII, so that databases
have nothing to interpret.

Differs: an item is found by its words in any language, in each of its marketplaces; Amazon searches per language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from unicodedata import combining, normalize

from sellingpartner.market.attributes import Attributes
from sellingpartner.market.catalog.browse import classification_path
from sellingpartner.market.catalog.identifiers import codes_of, shown

TITLE, BRAND, PLACES, WORDS = COLUMNS = ("title", "brand", "places", "words")
MOST_WORDS = 64
"""How many words a search looks for at most."""

_LONGEST = 40
_SHORT = 200
_RUN = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_SHORTEST_PLURAL = 4
_TEXTS = (
    "bullet_point",
    "color",
    "size",
    "material",
    "style",
    "manufacturer",
    "model_name",
    "model_number",
    "part_number",
    "item_type_name",
    "generic_keyword",
)


class _Unaccented(dict[int, int | None]):
    """What becomes of each character, learned as they come: accents that were taken apart from their letters go."""

    def __missing__(self, code: int) -> int | None:
        kept = self[code] = None if combining(chr(code)) else code
        return kept


_unaccented = _Unaccented()


def words_in(text: str) -> Sequence[str]:
    """The words of a text, in order."""
    return _words_of_short_text(text) if len(text) <= _SHORT else _words_of_text(text)


def _words_of_text(text: str) -> tuple[str, ...]:
    if not text.isascii():
        text = normalize("NFKD", text.casefold()).translate(_unaccented)
    return tuple(chain.from_iterable(map(_words_of_run, _RUN.findall(text.lower()))))


# Bullet points, brands and colors come back item after item.
_words_of_short_text = lru_cache(maxsize=4_000)(_words_of_text)


@lru_cache(maxsize=20_000)
def _words_of_run(run: str) -> tuple[str, ...]:
    if run.isascii():
        return (_singular(run)[:_LONGEST],)
    return tuple(_in_ascii(part) for part in _parted(run))


def _parted(run: str) -> Iterator[str]:
    at = 0
    for found in _UNSPACED.finditer(run):
        if found.start() > at:
            yield _singular(run[at : found.start()])
        characters = found.group()
        yield from (first + second for first, second in pairwise(characters)) if len(characters) > 1 else (characters,)
        at = found.end()
    if at < len(run):
        yield _singular(run[at:])


def _in_ascii(word: str) -> str:
    return word[:_LONGEST] if word.isascii() else "x" + word[:_LONGEST].encode().hex()[: _LONGEST * 2]


def _singular(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "zes", "ches", "shes")) else word[:-1]


def place(classification_id: str) -> str:
    """The word that stands for a place in the browse tree."""
    if len(classification_id) > _LONGEST or not (classification_id.isascii() and classification_id.isalnum()):
        return "c"
    return f"c{classification_id.lower()}"


def words_of_item(
    asin: str, product_type: str, classification_id: str | None, attributes: Attributes
) -> dict[str, str]:
    """What an item is found by, by column of the index."""
    path = classification_path(classification_id or "")
    texts = [product_type.replace("_", " "), *(category.name for category in path)]
    for name in _TEXTS:
        if name in attributes:
            texts += _values(attributes, name)
    numbers = [value for code in codes_of(attributes) for _, value in shown(code)]
    return {
        TITLE: _joined(_values(attributes, "item_name")),
        BRAND: _joined(_values(attributes, "brand")),
        PLACES: " ".join([asin.lower(), *numbers, *(place(category.classification_id) for category in path)]),
        WORDS: _joined(texts),
    }


def _values(attributes: Attributes, name: str) -> list[str]:
    return [value for entry in attributes.get(name, ()) if isinstance(value := entry.get("value"), str)]


def _joined(texts: list[str]) -> str:
    said = dict.fromkeys(texts)  # most say the same in several marketplaces
    return " ".join(dict.fromkeys(chain.from_iterable(map(words_in, said))))
