"""What many reviews come to: how often a topic is mentioned, and what it does to the stars.

Assumed: the figures of reviews are those of the six months that end with today, and a trend has a point for each;
what a topic does to the stars is the mean of all reviews less the mean of those that do not mention it. How Amazon
weighs either is not published.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise

from sellingpartner.market.reviews.model import Mention, Review

MONTHS = 6
_MOST_SNIPPETS, _MOST_PARTS = 3, 5
_CENT = Decimal("0.01")
Span = tuple[datetime, datetime]


class Summary:
    """Some reviews, counted by topic: those that speak well of it, or those that speak ill."""

    def __init__(self, reviews: Iterable[Review], *, is_positive: bool) -> None:
        self._is_positive = is_positive
        self.reviews = list(reviews)
        self.mentions: Counter[str] = Counter()
        self._stars: Counter[str] = Counter()
        self._said: dict[str, list[Mention]] = defaultdict(list)
        for review in self.reviews:
            for mention in review.mentions:
                if mention.is_positive is is_positive:
                    self.mentions[mention.topic] += 1
                    self._stars[mention.topic] += review.stars
                    self._said[mention.topic].append(mention)
        self._all_stars = sum(review.stars for review in self.reviews)

    def topics_by_mentions(self) -> list[str]:
        """Its topics, those that are mentioned most first."""
        return sorted(self.mentions, key=lambda topic: (-self.mentions[topic], topic))

    def topics_by_impact(self) -> list[str]:
        """Its topics, those first that do most to the stars, for the better or for the worse."""
        worst_first = -1 if self._is_positive else 1
        return sorted(self.mentions, key=lambda topic: (worst_first * (self.impact(topic) or Decimal(0)), topic))

    def percentage(self, topic: str) -> Decimal:
        """How many of a hundred reviews mention a topic."""
        return percentage(self.mentions[topic], len(self.reviews))

    def impact(self, topic: str) -> Decimal | None:
        """What a topic does to the mean of stars; None where every review, or none, mentions it."""
        others = len(self.reviews) - self.mentions[topic]
        if not others or not self.mentions[topic]:
            return None
        mean = Decimal(self._all_stars) / len(self.reviews)
        return _rounded(mean - Decimal(self._all_stars - self._stars[topic]) / others)

    def snippets(self, topic: str, part: str | None = None) -> list[str]:
        """A few of the words that were said of a topic, or of a part of it."""
        said = (one.words for one in self._said[topic] if part in {None, one.subtopic})
        return list(dict.fromkeys(said))[:_MOST_SNIPPETS]

    def parts(self, topic: str) -> list[tuple[str, int]]:
        """The parts of a topic, with how often each is mentioned: the most first."""
        counted = Counter(one.subtopic for one in self._said[topic])
        return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_PARTS]


def percentage(part: int, whole: int) -> Decimal:
    """How many of a hundred."""
    return _rounded(Decimal(100 * part) / whole) if whole else Decimal(0)


def best_quarter(reviews: Collection[Review]) -> list[Review]:
    """Reviews of those items, a quarter of all, whose stars are best."""
    stars: dict[str, list[int]] = defaultdict(list)
    for review in reviews:
        stars[review.asin].append(review.stars)
    ranked = sorted(stars, key=lambda asin: (-sum(stars[asin]) / len(stars[asin]), asin))
    best = set(ranked[: -(-len(ranked) // 4)])
    return [review for review in reviews if review.asin in best]


def last_months(now: datetime) -> list[Span]:
    """The last six months until the end of today, in order; each begins at midnight in UTC."""
    end = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    ends = [_months_before(end, back) for back in range(MONTHS, -1, -1)]
    return list(pairwise(ends))


def whole(spans: Sequence[Span]) -> Span:
    """From the beginning of the first until the end of the last."""
    return spans[0][0], spans[-1][1]


def _months_before(moment: datetime, months: int) -> datetime:
    """The same day so many months before, or the last one that that month has."""
    count = moment.year * 12 + moment.month - 1 - months
    first = moment.replace(year=count // 12, month=count % 12 + 1, day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return first.replace(day=min(moment.day, (following - timedelta(days=1)).day))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_CENT, rounding=ROUND_HALF_EVEN)
