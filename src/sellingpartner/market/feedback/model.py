"""A buyer's feedback: how it counts."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

BEST, GOOD, BAD = 5, 4, 2
"""Ratings are good from 4 on and bad up to 2; 3 is neither."""
WITHIN = timedelta(days=90)
"""Until when after an order its buyer may rate it."""
LONGEST_COMMENT = 400


class Feedback(msgspec.Struct, frozen=True, kw_only=True):
    """What a buyer said of a seller."""

    order_id: str
    marketplace_id: str
    rating: int
    comment: str
    is_business: bool
    left_at: datetime

    @property
    def is_positive(self) -> bool:
        """Whether it is good."""
        return self.rating >= GOOD

    @property
    def is_negative(self) -> bool:
        """Whether it is bad: then it is a defect of the order."""
        return self.rating <= BAD
