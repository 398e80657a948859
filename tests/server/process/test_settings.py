from __future__ import annotations

from inspect import signature

from sellingpartner.cli.running.serving import Place
from sellingpartner.server.process.settings import Settings


def test_a_market_is_served_to_this_machine_alone_unless_said() -> None:
    assert (Settings().host, Settings().base_url) == ("127.0.0.1", "http://127.0.0.1:8000")
    assert signature(Place).parameters["host"].default == Settings().host
