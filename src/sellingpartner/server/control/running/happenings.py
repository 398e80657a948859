"""What may happen in a market, by name: what time can be asked to stop at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from sellingpartner.contract.errors import InvalidArgument
from sellingpartner.market.time.stops import StopAt
from sellingpartner.storage.events import Event


def stop_at(said: str, order_id: str | None) -> StopAt:
    """The fact that somebody means: `OrderShipped`, `order shipped`; raises `InvalidInput` with the nearest names."""
    known = {_plain(kind.__name__): kind.__name__ for kind in kinds()}
    found = known.get(_plain(said))
    if found is None:
        near = [known[name] for name in get_close_matches(_plain(said), known, n=3, cutoff=0.5)]
        hint = f"Did you mean {' or '.join(near)}?" if near else "Facts are named in the past tense: OrderShipped."
        message = f"Nothing that happens is called {said[:60]!r}. {hint}"
        raise InvalidArgument(message)
    return StopAt(found, order_id)


def kinds(of: type[Event] = Event) -> Iterator[type[Event]]:
    """All kinds of facts that there are; what several of them share in a base of theirs never happens by itself."""
    for kind in of.__subclasses__():
        if kind.__subclasses__():
            yield from kinds(kind)
        else:
            yield kind


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
