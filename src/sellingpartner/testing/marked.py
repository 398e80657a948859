"""A market as the markers of a test say: `@pytest.mark.market(seed=7, marketplaces=("DE",))`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from inspect import signature
from typing import Any, Protocol

from sellingpartner.testing.world import TestMarket


class Marker(Protocol):
    """What pytest tells of a marker."""

    @property
    def args(self) -> tuple[Any, ...]:
        """What was said without a name."""
        ...

    @property
    def kwargs(self) -> Mapping[str, Any]:
        """What was said by name."""
        ...


def opened(markers: Iterable[Marker]) -> TestMarket:
    """Open a market; of several markers the first, which is closest to the test, counts. Raises `ValueError`."""
    said: dict[str, Any] = {}
    for marker in markers:
        _check(marker)
        said = {**marker.kwargs, **said}
    return TestMarket(**said)


def _check(marker: Marker) -> None:
    known = list(signature(TestMarket).parameters)
    if marker.args:
        message = "the marker market takes what it is told by name, as in market(seed=7)."
        raise ValueError(message)
    for name in marker.kwargs:
        if name not in known:
            near = f"did you mean {found[0]}?" if (found := get_close_matches(name, known, 1)) else ""
            message = f"it has no {name}; {near or 'it has ' + ', '.join(known) + '.'}"
            raise ValueError(message)
