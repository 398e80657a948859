"""The places that sellers ship from, and what lies there."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.supply_sources_2020_07_01 import Address
from sellingpartner.market.listings.questions import lists_sku
from sellingpartner.market.supply import commands
from sellingpartner.market.supply.model import Status, SupplySource
from sellingpartner.market.supply.questions import all_sources, stocks_at
from sellingpartner.market.supply.stock import set_quantity
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.sources import coded
from sellingpartner.server.control.whose import shop_meant
from sellingpartner.storage.unit import UnitOfWork


def list_sources(desk: Desk, request: v1.ListSources) -> v1.Sources:
    """Every place of a seller."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.read(seller_id) as unit:
        return v1.Sources(sources=[_shown(unit, one, has_levels=False) for one in all_sources(unit)])


def get_source(desk: Desk, request: v1.GetSource) -> v1.Source:
    """One place."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.read(seller_id) as unit:
        return _shown(unit, coded(unit, request.code))


def create_source(desk: Desk, request: v1.CreateSource) -> v1.Source:
    """Register a place."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    alias = request.alias or request.code
    address = Address(
        name=alias,
        address_line1=request.address_line1,
        city=request.city,
        state_or_region=request.state_or_region,
        postal_code=request.postal_code,
        country_code=request.country_code,
    )
    with desk.market.write(seller_id) as unit:
        source = commands.create_source(unit, request.code, alias, address)
        if request.is_active:
            source = commands.set_status(unit, source.supply_source_id, Status.ACTIVE)
        return _shown(unit, source)


def set_source_status(desk: Desk, request: v1.SetSourceStatus) -> v1.Source:
    """Switch a place on or off, or archive it."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.write(seller_id) as unit:
        known = coded(unit, request.code)
        return _shown(unit, commands.set_status(unit, known.supply_source_id, Status(request.status.value)))


def set_source_stock(desk: Desk, request: v1.SetSourceStock) -> v1.Source:
    """Say what lies at a place."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.write(seller_id) as unit:
        source = coded(unit, request.code)
        if request.quantity and not lists_sku(unit, request.sku):
            message = f"Seller {seller_id} does not list SKU {request.sku!r}; list it first."
            raise NotFound(message)
        set_quantity(unit, source.supply_source_id, request.sku, request.quantity)
        return _shown(unit, source)


def _shown(unit: UnitOfWork, source: SupplySource, *, has_levels: bool = True) -> v1.Source:
    held = stocks_at(unit, source.supply_source_id)
    levels = [
        v1.SourceStockLevel(sku=one.sku, on_hand=one.on_hand, reserved=one.reserved, available=one.available)
        for one in held
    ]
    return v1.Source(
        seller_id=unit.seller_id,
        supply_source_id=source.supply_source_id,
        code=source.code,
        alias=source.alias,
        status=v1.SourceStatus(source.status.value),
        city=source.address.city,
        state_or_region=source.address.state_or_region,
        country_code=source.address.country_code,
        is_pickup=source.picks_up,
        units=sum(one.on_hand for one in held),
        updated_at=source.updated_at,
        levels=levels if has_levels else [],
    )
