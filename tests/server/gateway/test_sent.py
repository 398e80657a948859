"""What the log keeps of how a call was sent."""

from __future__ import annotations

import pytest

from sellingpartner.contract.orders_v0 import GetOrders
from sellingpartner.server.gateway.sent import shown_agent, unknown_names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ()),
        ("MarketplaceIds=ATVPDKIKX0DER&CreatedAfter=2026-11-01", ()),
        ("marketplaceIds=ATVPDKIKX0DER&CreatedAfter=2026-11-01", ("marketplaceIds",)),
        ("Limit=5;Page=6&Sort%4Frder=x&Market%70laceIds=1", ("Limit", "SortOrder")),
        ("=x&&jane%40doe.example=1&ada finch=2", ("...",)),
        ("&".join(f"p{number}=1" for number in range(99)), tuple(f"p{number}" for number in range(10))),
    ],
)
def test_parameters_that_an_operation_does_not_have_are_known_by_their_names(query: str, names: tuple[str]) -> None:
    assert unknown_names(query, GetOrders) == names


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        ("My App/1.0 (Language=Python/3.11)", "My App/1.0 (Language=Python/3.11)"),
        ("Shop/2 jane@doe.example", "Shop/2 ..."),
        ("Shop\n\x1b[31m\u00e9", "Shop??[31m?"),
        ("Atza|" + "x" * 200, "..."),
    ],
)
def test_a_program_is_known_by_its_user_agent_without_secrets(agent: str, shown: str) -> None:
    assert shown_agent(agent) == shown
