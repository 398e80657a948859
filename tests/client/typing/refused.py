"""What type checkers refuse; each line is an error that has to be there, so an ignore without one fails."""

from __future__ import annotations

from sellingpartner import AsyncSellingPartner, SellingPartner


def at_once(client: SellingPartner) -> None:
    client.orders_v0.get_order()  # type: ignore[call-arg]
    client.orders_v0.get_order("1")  # type: ignore[call-arg]
    client.orders_v0.get_order(order_id=1)  # type: ignore[arg-type]
    client.orders_v0.get_order(order_id="1", color="red")  # type: ignore[call-arg]
    client.orders_v0.get_order.pages(order_id="1")  # type: ignore[attr-defined]
    client.finances_v0.list_financial_events.items()  # type: ignore[attr-defined]
    client.orders.get_orders  # type: ignore[attr-defined]  # noqa: B018
    client.moons  # type: ignore[attr-defined]  # noqa: B018
    client.with_options(timeout="soon")  # type: ignore[arg-type]
    client.reports.download("X", untill="2026-01-01")  # type: ignore[call-overload]
    client.reports.submit("X")  # type: ignore[attr-defined]
    client.feeds.submit("X", 5)  # type: ignore[arg-type]
    SellingPartner(regoin="EU")  # type: ignore[call-arg]


async def awaited(client: AsyncSellingPartner) -> None:
    found = client.orders_v0.get_order(order_id="1")
    found.payload  # type: ignore[attr-defined]  # noqa: B018
    await found
