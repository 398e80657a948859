"""The page that draws how units travel: its pictures are as the tables of the lifecycles are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tools.drawing import Edge, Graph, drawn
from tools.lifecycles import FOLDER, PICTURES, outdated

from sellingpartner.market.distribution import lifecycle as distribution
from sellingpartner.market.inbound import lifecycle as inbound
from sellingpartner.market.outbound import lifecycle as outbound
from sellingpartner.market.removals import lifecycle as removals

DOCS = FOLDER.parent
TABLES: dict[str, list[Mapping[Any, Any]]] = {
    "fba-inbound": [inbound.OPERATION, inbound.PLAN, inbound.PACKING, inbound.PLACEMENT, inbound.SHIPMENT],
    "fba-outbound": [outbound.LIFECYCLE, outbound.SHIPMENT],
    "fba-removal": [removals.LIFECYCLE],
    "fba-awd-in": [distribution.INBOUND, distribution.SHIPMENT],
    "fba-awd-out": [distribution.OUTBOUND, distribution.TRANSFER],
}


def test_the_pictures_are_as_the_tables_are(tmp_path: Path) -> None:
    assert outdated() == [], "run `python -m tools.lifecycles`"
    assert outdated(tmp_path) == [*PICTURES]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_shows_every_state_and_every_way(name: str) -> None:
    picture = ET.fromstring((FOLDER / f"{name}.svg").read_text("utf-8"))
    places = picture.findall(".//{*}text[@class='state']")
    ways = picture.findall(".//{*}path[@class='way']")

    tables = TABLES[name]
    assert sorted(place.text or "" for place in places) == sorted(state.value for table in tables for state in table)
    leads = [
        {(state, to) for state, ends in table.items() for to in (ends.values() if isinstance(ends, dict) else ends)}
        for table in tables
    ]
    assert len(ways) == sum(map(len, leads))


def test_the_page_shows_each_picture_and_names_each_state_of_a_shipment() -> None:
    text = (DOCS / "fba.md").read_text("utf-8")

    assert re.findall(r'src="images/(fba-[\w-]+)\.svg"', text) == [*PICTURES]
    table = text[text.index("| the shipment is") : text.index("A WORKING shipment")]
    given_up = {inbound.ShipmentStatus.DELETED, inbound.ShipmentStatus.ABANDONED}
    assert [one for one in inbound.ShipmentStatus if one.value not in table] == sorted(given_up, reverse=True)


def test_the_longest_way_goes_down_and_the_rest_stands_beside() -> None:
    edges = [Edge("a", "b"), Edge("b", "c"), Edge("c", "a", "again"), Edge("b", "x", "given up"), Edge("c", "c")]
    picture = ET.fromstring(drawn([[Graph("letters & more", ["a", "b", "c", "x", "z"], edges)]]))

    def at(state: str) -> tuple[float, float]:
        (found,) = (one for one in picture.findall(".//{*}text[@class='state']") if one.text == state)
        return float(found.attrib["x"]), float(found.attrib["y"])

    assert at("a")[0] == at("b")[0] == at("c")[0]
    assert at("a")[1] < at("b")[1] < at("c")[1]
    assert (at("x")[0] > at("b")[0], at("x")[1]) == (True, at("b")[1])
    words = [one.text for one in picture.findall(".//{*}text[@class='word']")]
    assert sorted(filter(None, words)) == ["again", "given up"]
    (apart,) = picture.findall(".//{*}rect[@class='box end apart']")
    assert float(apart.attrib["y"]) < at("z")[1]
