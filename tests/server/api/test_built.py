"""What holds for every operation that has a handler, whichever it is."""

from __future__ import annotations

from sellingpartner.contract import registry
from sellingpartner.server import api
from sellingpartner.server.gateway.handlers import handled


def test_every_handler_answers_an_operation_of_the_contract() -> None:
    known = {entry.key for entry in registry.operations()}

    assert api.BUILT
    assert set(handled()) <= known


def test_a_handler_is_named_after_its_operation() -> None:
    for found in handled().values():
        words = found.function.__name__.replace("_", "")
        assert words == found.request.__name__.lower(), found.function
