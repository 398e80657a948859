"""What is tried more often where there is time for it: `make soak` sets SPAPI_TEST_SOAK to how many times as often."""

from __future__ import annotations

import os

TIMES = int(os.environ.get("SPAPI_TEST_SOAK", "1"))


def examples(count: int) -> int:
    """How many examples hypothesis tries of what `make test` tries so often."""
    return count * TIMES
