"""The offers of an item as notifications tell of them: counted, cheapest first, with those that are featured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.questions import found_item, rank_of
from sellingpartner.market.offers.featured import Standing, featured_of, standing_of
from sellingpartner.market.offers.model import POSITIONS, Contender, Contest, Offer
from sellingpartner.storage.unit import UnitOfWork

_CHANNELS = {"AFN": "Amazon", "MFN": "Merchant"}


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What buyers of a kind see of an item."""

    marketplace_id: str
    asin: str
    condition: str
    """The condition in which an offer changed."""
    contenders: list[Contender]
    """All that can be ordered from, cheapest first."""
    featured: list[Offer]
    outside: int | None
    rankings: list[tuple[str, int]]
    """The item's ranks, by category."""
    list_price: Money | None

    @property
    def currency(self) -> str:
        """The marketplace's."""
        return MARKETPLACES[self.marketplace_id].currency

    @property
    def outside_price(self) -> Money | None:
        """What the item costs at other retailers, if anybody has looked."""
        return None if self.outside is None else Money(self.outside, self.currency)

    @property
    def in_condition(self) -> list[Contender]:
        """Those in the condition in which an offer changed."""
        return [each for each in self.contenders if each.offer.condition == self.condition]

    @property
    def eligible(self) -> list[Contender]:
        """Those that may be featured."""
        return [
            each
            for each in self.contenders
            if each.offer.condition in POSITIONS
            and standing_of(each, each.offer.condition, outside_price=self.outside) is Standing.ELIGIBLE
        ]

    @property
    def lowest(self) -> list[Offer]:
        """The cheapest offer of each condition and channel."""
        found: dict[tuple[str, str], Offer] = {}
        for each in self.contenders:
            found.setdefault((each.offer.condition, each.offer.channel), each.offer)
        return [found[key] for key in sorted(found)]

    @property
    def has_business(self) -> bool:
        """Whether businesses get anything that others do not."""
        return any(_is_for_business(each.offer) for each in self.contenders)

    @property
    def suggested_price(self) -> Money | None:
        """The lowest that a unit in the condition costs, here or at other retailers; None unless both are known."""
        found = self.in_condition
        if not found or self.outside is None:
            return None
        return Money(min(found[0].offer.landed, self.outside), self.currency)

    def counts(self, contenders: Iterable[Contender]) -> list[tuple[str, str, int]]:
        """How many offers there are, by condition and channel."""
        found = Counter((each.offer.condition.lower(), self.channel_of(each.offer)) for each in contenders)
        return [(*key, count) for key, count in sorted(found.items())]

    def channel_of(self, offer: Offer) -> str:
        """Who ships."""
        return _CHANNELS[offer.channel]

    def audience_of(self, offer: Offer) -> str:
        """Whom the offer's price is for."""
        return "B2B" if _is_for_business(offer) else "B2C"


def seen_in(unit: UnitOfWork, contest: Contest, condition: str, *, is_business: bool = False) -> Seen:
    """What consumers see of an item, or what businesses do."""
    shown = [
        Contender(each.offer.for_business(), each.merchant) if is_business else each
        for each in contest.contenders
        if each.offer.is_available
    ]
    shown.sort(key=lambda each: (each.offer.landed, each.offer.seller_id, each.offer.sku))
    ranks = rank_of(unit, contest.asin, contest.marketplace_id)
    item = found_item(unit, contest.asin)
    currency = MARKETPLACES[contest.marketplace_id].currency
    rankings = [] if ranks is None else [(ranks.display_group, ranks.rank)]
    if ranks is not None and ranks.classification_id is not None and ranks.classification_rank is not None:
        rankings.append((ranks.classification_id, ranks.classification_rank))
    return Seen(
        marketplace_id=contest.marketplace_id,
        asin=contest.asin,
        condition=condition,
        contenders=shown,
        featured=_featured(contest, shown, is_business=is_business),
        outside=contest.outside_price,
        rankings=rankings,
        list_price=None if item is None else item.list_price(contest.marketplace_id, currency),
    )


def _featured(contest: Contest, shown: list[Contender], *, is_business: bool) -> list[Offer]:
    if not is_business:
        return [each.offer for each in shown if contest.holds(each.offer)]
    found = (featured_of(shown, place, outside_price=contest.outside_price) for place in POSITIONS)
    return [each.offer for each in found if each is not None]


def _is_for_business(offer: Offer) -> bool:
    return offer.business_price is not None or bool(offer.quantity_discounts)
