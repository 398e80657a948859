"""What a failed test's report says of its market: what was asked last and why it was refused, and what time it is."""

from __future__ import annotations

from collections.abc import Iterable

from sellingpartner.call_lines import lines_of
from sellingpartner.market.faults.text import text_of
from sellingpartner.testing.world import TestMarket

LAST = 20
"""How many calls are shown."""


def sections_of(values: Iterable[object]) -> list[tuple[str, str]]:
    """A section for each open market among the values, with its heading: those of a test's fixtures."""
    markets = {id(one): one for one in values if isinstance(one, TestMarket) and one.is_open}
    return [("Requests of the market", _told_if_it_can_be(market)) for market in markets.values()]


def _told_if_it_can_be(market: TestMarket) -> str:
    """What a report can say: the market may be what is broken, and its test's failure must be told all the same."""
    try:
        return told_of(market)
    except Exception as failure:  # noqa: BLE001 - whatever it fails by
        return f"They cannot be read: {type(failure).__name__}: {failure}"


def told_of(market: TestMarket) -> str:
    """The last calls as `spapi requests` prints them, and the clock."""
    calls = market.requests()
    shown = lines_of(calls[-LAST:]) or ["Nobody has called."]
    left_out = [f"... {len(calls) - LAST} before"] if len(calls) > LAST else []
    return "\n".join([*left_out, *shown, *_faults(market), f"Clock: {market.clock.told}"])


def _faults(market: TestMarket) -> list[str]:
    """A line for each rule by which something is to go wrong."""
    counts = market.faults.counts()
    return [
        f"Fault {rule.rule_id}: {text_of(rule)}; it has struck {counts[rule.rule_id].struck} times"
        for rule in market.faults.rules
    ]
