"""A world with inbound plans: what differs is told by name, and nobody's address is left in a world to be shared."""

from __future__ import annotations

from pathlib import Path

from forwarder import WAREHOUSE, Forwarder, units

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.market.worlds.comparing import compare
from sellingpartner.market.worlds.loading import load
from sellingpartner.market.worlds.saving import save
from sellingpartner.testing import TestMarket

PERSONAL = {
    "name": "Zelda Quimbleton",
    "companyName": "Quimbleton Widgets Sarl",
    "addressLine1": "4711 Umbelliferous Parade",
    "addressLine2": "Behind the Zeppelin Shed",
    "city": "Quaxhausen",
    "phoneNumber": "+1 907 555 8841",
    "email": "zelda.quimbleton@mail.example",
}


def test_the_plan_is_told_by_its_name(market: TestMarket, tmp_path: Path) -> None:
    harbor = Forwarder(market)
    harbor.sells("ATLAS")
    save(market.market, tmp_path / "before.world")
    plan_id = harbor.plans(units("ATLAS"), name="Spring")
    save(market.market, tmp_path / "after.world")

    found = {part.context: part for part in compare(tmp_path / "before.world", tmp_path / "after.world")}

    (plan,) = [one for one in found["inbound"].things if one.what == f"inbound plan {plan_id}"]
    assert (plan.where, plan.told) == ("second", "name Spring, status ACTIVE")


def test_a_scrubbed_world_keeps_the_plan_and_nobodys_address(market: TestMarket, tmp_path: Path) -> None:
    harbor = Forwarder(market)
    harbor.sells("ATLAS")
    plan_id = harbor.plans(units("ATLAS"), sourceAddress=WAREHOUSE | PERSONAL)
    save(market.market, tmp_path / "plain.world")
    save(market.market, tmp_path / "clean.world", is_scrubbed=True)

    plain, clean = ((tmp_path / f"{name}.world").read_bytes() for name in ("plain", "clean"))
    with TestMarket() as other:
        load(tmp_path / "clean.world", other.market)
        kept = Forwarder(other, other.caller(seller=market.seller_account))
        plan = kept.asks(api.GetInboundPlan(inbound_plan_id=plan_id))

    assert all(text.encode() in plain for text in PERSONAL.values())
    assert [text for text in PERSONAL.values() if text.encode() in clean] == []
    assert (plan.status, plan.source_address.country_code) == ("ACTIVE", "US")
