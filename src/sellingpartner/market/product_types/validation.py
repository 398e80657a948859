"""Whether attributes are what a product type asks for: each fault as an issue, in the reader's language.

The schema that is served is the schema that is held against them, but for three things: values that its definitions
leave open (marketplaces, languages) are closed, an attribute that it does not know is refused, and attributes outside
the requirements are held to their form although nothing requires them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

import jsonschema_rs

from sellingpartner.market.product_types import library
from sellingpartner.market.product_types.conditions import Schema
from sellingpartner.market.product_types.faults import Fault, fault
from sellingpartner.market.product_types.keywords import keywords
from sellingpartner.market.product_types.model import Ask, Parentage, Requirements
from sellingpartner.market.product_types.schema import schema
from sellingpartner.market.product_types.telling import Teller, similar
from sellingpartner.market.product_types.words import locale_of

MOST_FAULTS = 100
"""How many faults one submission is told at most."""

MOST_VALUES = 50_000
"""Assumed: attributes hold no more values than these in all, lists and objects among them.

The library finds every fault before it tells the first, and takes up to three kilobytes for each.
"""

_CACHED = 256
_DEEPEST = 32
"""No attribute is nested as deep; the library refuses what is nested some hundred times with an error of its own."""

_NAMES = ("$schema", "$id", "$comment")


def faults_of(
    attributes: Mapping[str, object],
    *,
    product_type: str,
    marketplace_id: str,
    requirements: Requirements = Requirements.LISTING,
    is_enforced: bool = True,
    parentage: Parentage | None = None,
    locale: str | None = None,
    places: Mapping[str, Sequence[int]] | None = None,
) -> list[Fault]:
    """What is wrong with attributes; without enforcement only what is there is looked at, as for a partial update.

    `places` says where their entries stood in what was sent, if these are only some of them.

    Assumed: attributes outside the requirements may be given; they are held to their form.
    """
    reader = locale_of(locale, marketplace_id)
    kind = library.product_type(product_type)
    if kind is None or not library.is_sold_in(kind, marketplace_id):
        return [_unknown_type(product_type, marketplace_id, reader)]
    ask = Ask(
        product_type=product_type,
        marketplace_id=marketplace_id,
        locale="en_US",
        requirements=requirements,
        is_enforced=is_enforced,
        parentage=parentage,
    )
    said, validator = _validator(ask)
    teller = Teller(kind, said, reader, places)
    if _holds_more(attributes, MOST_VALUES):
        return [teller.too_many(MOST_VALUES)]
    endless = [name for name, value in attributes.items() if _is_deeper(value, _DEEPEST)]
    if endless:
        attributes = {name: value for name, value in attributes.items() if name not in endless}
    found = (one for error in validator.iter_errors(attributes) for one in teller.told(error))
    several = dict.fromkeys(islice(_once(found), MOST_FAULTS))
    several |= dict.fromkeys(teller.too_deep(name) for name in endless)
    return sorted(islice(several, MOST_FAULTS), key=lambda one: (one.attribute_names, one.code))


def _once(faults: Iterable[Fault]) -> Iterator[Fault]:
    """The faults; what is missing for several reasons is told with the first of them."""
    told: set[tuple[str, ...]] = set()
    for one in faults:
        if one.categories != ("MISSING_ATTRIBUTE",) or one.attribute_names not in told:
            yield one
        if one.categories == ("MISSING_ATTRIBUTE",):
            told.add(one.attribute_names)


def _unknown_type(name: str, marketplace_id: str, locale: str) -> Fault:
    found = ((one, library.product_type(one)) for one in similar(name, library.type_names()))
    alike = [one for one, kind in found if kind is not None and library.is_sold_in(kind, marketplace_id)]
    return fault("similar_type" if alike else "unknown_type", locale, name=name, allowed=", ".join(alike))


def _is_deeper(value: object, levels: int) -> bool:
    """Whether lists and objects are nested in each other deeper than so many levels."""
    inner = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    return any(levels == 0 or _is_deeper(one, levels - 1) for one in inner if isinstance(one, (list, dict)))


def _holds_more(value: object, values: int) -> bool:
    """Whether more values than these are in lists and objects; what is beyond them is not looked at."""
    waiting = [value]
    while waiting and values >= 0:
        one = waiting.pop()
        inner = one if isinstance(one, list) else one.values() if isinstance(one, dict) else ()
        values -= len(inner)
        if values >= 0:
            waiting += inner
    return values < 0


@lru_cache(maxsize=_CACHED)
def _validator(ask: Ask) -> tuple[Schema, jsonschema_rs.Validator]:
    """The schema to hold against attributes, and what holds it."""
    said = _closed(ask)
    defaults = {"marketplace_id": ask.marketplace_id, "language_tag": library.languages_of(ask.marketplace_id)[0]}
    validator = jsonschema_rs.Draft201909Validator(
        said, validate_formats=True, offline=True, keywords=keywords({"audience": "ALL", **defaults})
    )
    return said, validator


def _closed(ask: Ask) -> Schema:
    """The served schema, closed where it is open for the sake of its readers."""
    said = {name: value for name, value in schema(ask).items() if name not in _NAMES}
    if ask.requirements is not Requirements.LISTING and ask.parentage is None:
        everything = Ask(product_type=ask.product_type, marketplace_id=ask.marketplace_id, locale=ask.locale)
        said["properties"] = schema(everything)["properties"]
    said["additionalProperties"] = False
    attributes = said["properties"]
    for attribute in attributes.values() if isinstance(attributes, dict) else ():
        # An entry that is there is one: to count for that would cost as much as all the rest of the validation.
        if isinstance(attribute, dict) and attribute.get("minUniqueItems") == 1:
            del attribute["minUniqueItems"]
    said["$defs"] = {
        "marketplace_id": {"type": "string", "enum": [ask.marketplace_id]},
        "language_tag": {"type": "string", "enum": [*library.languages_of(ask.marketplace_id)]},
    }
    return said
