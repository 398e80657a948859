"""Draws the lifecycles that docs/fba.md shows, out of the tables that the market goes by.

python -m tools.lifecycles            # write docs/images/fba-*.svg
python -m tools.lifecycles --check    # say which of them are not as the tables are
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from tools.drawing import Edge, Graph, drawn

from sellingpartner.market.distribution import lifecycle as distribution
from sellingpartner.market.events.outbound import FulfillmentShipmentDropped, FulfillmentShipped
from sellingpartner.market.inbound import lifecycle as inbound
from sellingpartner.market.outbound import lifecycle as outbound
from sellingpartner.market.removals import lifecycle as removals
from sellingpartner.market.time.lifecycle import Lifecycle

FOLDER = Path(__file__).parent.parent / "docs" / "images"


def by_state(title: str, table: Mapping[Any, frozenset[Any]]) -> Graph:
    """A table that says where each state leads."""
    edges = [Edge(state.value, to.value) for state, leads in table.items() for to in _ordered(table, leads)]
    return Graph(title, [state.value for state in table], edges)


def by_fact(title: str, table: Lifecycle[Any], deeds: Mapping[Any, str]) -> Graph:
    """A table that says by which fact each state leads where."""
    edges = [
        Edge(state.value, to.value, deeds[fact].removeprefix("be "))
        for state, leads in table.items()
        for fact, to in leads.items()
    ]
    return Graph(title, [state.value for state in table], edges)


def _ordered(table: Mapping[StrEnum, object], states: frozenset[StrEnum]) -> list[StrEnum]:
    """States in the order of their table: a set has none."""
    return [state for state in table if state in states]


_SHIPPED = {FulfillmentShipped: "be shipped", FulfillmentShipmentDropped: "be dropped"}
PICTURES: dict[str, list[list[Graph]]] = {
    "fba-inbound": [
        [by_state("an operation", inbound.OPERATION), by_state("a plan", inbound.PLAN)],
        [by_state("a packing option", inbound.PACKING), by_state("a placement option", inbound.PLACEMENT)],
        [by_state("a shipment", inbound.SHIPMENT)],
    ],
    "fba-outbound": [
        [by_fact("a fulfillment order", outbound.LIFECYCLE, outbound.DEEDS)],
        [by_fact("each of its shipments", outbound.SHIPMENT, _SHIPPED)],
    ],
    "fba-removal": [[by_fact("a removal order", removals.LIFECYCLE, removals.DEEDS)]],
    "fba-awd-in": [
        [by_fact("an inbound order", distribution.INBOUND, distribution.DEEDS)],
        [by_fact("its shipment", distribution.SHIPMENT, distribution.DEEDS)],
    ],
    "fba-awd-out": [
        [by_fact("an outbound or replenishment order", distribution.OUTBOUND, distribution.DEEDS)],
        [by_fact("each of its shipments", distribution.TRANSFER, distribution.DEEDS)],
    ],
}
"""Which lifecycles stand in which picture: columns, side by side."""


def outdated(folder: Path = FOLDER) -> list[str]:
    """The pictures that are not as the tables are."""
    paths = {name: folder / f"{name}.svg" for name in PICTURES}
    return [
        name for name, path in paths.items() if not path.exists() or path.read_text("utf-8") != drawn(PICTURES[name])
    ]


def main() -> None:
    """Write the pictures, or say which are not as they should be."""
    if "--check" in sys.argv[1:]:
        sys.exit("\n".join(f"docs/images/{name}.svg is outdated" for name in outdated()) or None)
    for name in outdated():
        path = FOLDER / f"{name}.svg"
        path.write_text(drawn(PICTURES[name]), encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main()
