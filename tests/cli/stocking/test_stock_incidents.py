"""`spapi stock lose`, `find`, `damage` and `dispose`."""

from __future__ import annotations

from tests.cli.conftest import Spapi

from sellingpartner.testing import TestMarket


def test_what_happens_at_amazon_is_let_happen_and_shown(market: TestMarket, spapi: Spapi) -> None:
    for words in (
        ("lose", "LAMP-OAK", "3"),
        ("find", "LAMP-OAK"),
        ("damage", "LAMP-OAK", "2"),
        ("dispose", "LAMP-OAK"),
    ):
        said = spapi("stock", *words)
        assert said.code == 0, said.err

    moved = spapi("stock", "show", "LAMP-OAK", "--movements").out
    assert [word for word in moved.split() if word.isupper() and word.endswith(("ED", "ST", "ND"))].count(
        "DAMAGED"
    ) >= 2
    assert market.seller.stock("LAMP-OAK") == 96
    refused = spapi("stock", "find", "LAMP-OAK", "5")
    assert (refused.code, refused.out) == (1, "")
    assert "2 units are lost at Amazon; so 5 cannot be found." in refused.err
