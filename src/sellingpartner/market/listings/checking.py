"""What is wrong with a submission at once: the product type's schema, and what no schema can say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market import attributes as reading
from sellingpartner.market.attributes import Attributes, JsonValue
from sellingpartner.market.listings.locating import AVAILABILITY, as_own_channel
from sellingpartner.market.listings.patching import Op, Patch, Selectors
from sellingpartner.market.product_types.questions import (
    Fault,
    Requirements,
    attributes,
    fault,
    faults_of,
    languages_of,
    locale_of,
)

_OFFER = "purchasable_offer"


def selectors_in(marketplace_id: str, name: str) -> Selectors:
    """How an attribute's entries are told apart in a marketplace, where the selectors left out have its defaults."""
    known = attributes().get(name)
    if known is None:
        return Selectors(None)
    defaults: dict[str, JsonValue] = {
        "marketplace_id": marketplace_id,
        "language_tag": languages_of(marketplace_id)[0],
        "currency": MARKETPLACES[marketplace_id].currency,
        "audience": "ALL",
    }
    return Selectors(known.selectors, {name: value for name, value in defaults.items() if name in known.fields})


def faults_in(
    said: Attributes,
    *,
    product_type: str,
    marketplace_id: str,
    requirements: Requirements,
    locale: str | None,
    places: Mapping[str, Sequence[int]] | None = None,
    sources: Collection[str] = (),
) -> list[Fault]:
    """What is wrong with attributes that are put, or with those alone that are patched.

    `places` says where in the patches the entries stood, so that a fault names what was sent; `sources` which codes
    are those of the seller's supply sources.
    """
    readable, others = as_own_channel(said, sources)
    stood = None if places is None else _left(places, {index for index, _ in others})
    found = faults_of(
        readable,
        product_type=product_type,
        marketplace_id=marketplace_id,
        requirements=requirements,
        is_enforced=places is None,
        locale=locale,
        places=stood,
    )
    for index, entry in others:
        found += faults_of(
            {AVAILABILITY: [entry]},
            product_type=product_type,
            marketplace_id=marketplace_id,
            requirements=requirements,
            is_enforced=False,
            locale=locale,
            places={AVAILABILITY: [index if places is None else places[AVAILABILITY][index]]},
        )
    return found or list(_of_prices(said, locale_of(locale, marketplace_id), (places or {}).get(_OFFER)))


def _left(places: Mapping[str, Sequence[int]], out: Collection[int]) -> Mapping[str, Sequence[int]]:
    """Where the entries stood that are looked at together."""
    if not out:
        return places
    stood = [place for index, place in enumerate(places[AVAILABILITY]) if index not in out]
    return {**places, AVAILABILITY: stood}


def faults_of_patches(patches: list[Patch], product_type: str, marketplace_id: str, locale: str | None) -> list[Fault]:
    """Attributes that no product type has: nothing of them could be deleted."""
    spoken = locale_of(locale, marketplace_id)
    return [
        fault("unknown_attribute", spoken, (patch.attribute,), name=patch.attribute, product_type=product_type)
        for patch in patches
        if patch.op is Op.DELETE and patch.attribute not in attributes()
    ]


def _of_prices(said: Attributes, locale: str, places: Sequence[int] | None) -> Iterator[Fault]:
    """Prices of nothing, and sales that end before they begin.

    Assumed: callers of Amazon report that zero takes a business price or a lowest and highest price away; a price for
    all buyers, or a sale price, of zero is refused here.
    """
    for index, offer in enumerate(reading.entries(said, _OFFER)):
        is_for_all = offer.get("audience", "ALL") == "ALL"
        for name in ("our_price", "discounted_price"):
            schedule = _schedule(offer.get(name))
            if is_for_all and reading.number(schedule.get("value_with_tax")) == 0:
                number = index if places is None else places[index]
                place = f"{_OFFER}[{number}].{name}[0].schedule[0].value_with_tax"
                yield fault("zero_price", locale, (_OFFER,), place=place)
        schedule = _schedule(offer.get("discounted_price"))
        starts, ends = (reading.moment(schedule.get(name)) for name in ("start_at", "end_at"))
        if starts is not None and ends is not None and starts >= ends:
            yield fault("sale_dates", locale, (_OFFER,), value=schedule.get("start_at"))


def _schedule(price: JsonValue) -> dict[str, JsonValue]:
    for field in ("schedule", None):
        first = price[0] if isinstance(price, list) and price else None
        if not isinstance(first, dict):
            return {}
        if field is None:
            return first
        price = first.get(field)
    return {}
