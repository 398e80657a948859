"""Stock: what there is, how it moved, and what comes."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument, NotFound
from sellingpartner.market.centers.questions import center
from sellingpartner.market.inventory.commands import adjust, make_available, move, receive, transfer
from sellingpartner.market.inventory.incidents import damage, dispose, expire, find, lose
from sellingpartner.market.inventory.model import Condition, Place, Reason, Spot, Stock
from sellingpartner.market.inventory.questions import movements_of, positions_at, stock_of, stocks_of, units_at_centers
from sellingpartner.market.listings.store import records_of_sku
from sellingpartner.market.listings.stranding import stranded_in
from sellingpartner.market.supply.questions import located
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.whose import shop_meant
from sellingpartner.storage.unit import UnitOfWork

_BY_HAND = "by hand"


def list_stock(desk: Desk, request: v1.ListStock) -> v1.Stock:
    """What a seller has."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.read(seller_id) as unit:
        held = [(sku, place, stock) for place in Place for sku, stock in stocks_of(unit, place).items()]
    return v1.Stock(seller_id=seller_id, levels=[_level(*one) for one in sorted(held, key=lambda one: one[:2])])


def get_stock(desk: Desk, request: v1.GetStock) -> v1.Stock:
    """What there is of a SKU."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.read(seller_id) as unit:
        moved = movements_of(unit, request.sku)
        if not moved:
            message = f"Seller {seller_id} never had anything of SKU {request.sku!r}."
            raise NotFound(message)
        held = [
            (place, condition, stock)
            for place in sorted({one.place for one in moved})
            for position in positions_at(unit, place, limit=1, skus=[request.sku])
            for condition, stock in position.stocks.items()
        ]
        return v1.Stock(
            seller_id=seller_id,
            levels=[_level(request.sku, place, stock, condition) for place, condition, stock in held],
            movements=[
                v1.StockMovement(
                    place=one.place.value,
                    condition=one.condition.value,
                    reason=one.reason.value,
                    on_hand_change=one.on_hand_change,
                    reserved_change=one.reserved_change,
                    reference=one.reference,
                    moved_at=one.moved_at,
                    center=one.center,
                )
                for one in moved
            ],
            at_sources=[
                v1.StockAtSource(
                    code=one.code,
                    status=one.status,
                    on_hand=one.on_hand,
                    reserved=one.reserved,
                    available=one.available,
                )
                for one in located(unit, request.sku)
            ],
            at_centers=_centers(unit, request.sku),
        )


def set_stock(desk: Desk, request: v1.SetStock) -> v1.Stock:
    """Say how many units can be promised, or add some."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.write(seller_id) as unit:
        place, condition = _place(unit, request), _condition(request.condition)
        if request.center is not None:
            _add_to(unit, request, place, condition, request.center)
        elif request.is_added:
            receive(unit, request.sku, place, request.quantity, reference=_BY_HAND, condition=condition)
        elif condition is Condition.SELLABLE:
            make_available(unit, request.sku, place, request.quantity, reference=_BY_HAND)
        else:
            adjust(unit, request.sku, place, on_hand=request.quantity, condition=condition, reference=_BY_HAND)
        held = stock_of(unit, request.sku, place, condition=condition)
        levels = [_level(request.sku, place, held, condition)]
    return v1.Stock(seller_id=seller_id, levels=levels)


def _add_to(unit: UnitOfWork, request: v1.SetStock, place: Place, condition: Condition, code: str) -> None:
    """Let units come to one of Amazon's centers."""
    if not request.is_added or place is Place.SELLER:
        message = "center is for units that are added at Amazon; leave it out, or say isAdded and isAmazonFulfilled."
        raise InvalidArgument(message)
    to = Spot(condition, code)
    move(unit, request.sku, request.quantity, from_=None, to=to, reason=Reason.RECEIVED, reference=_BY_HAND)


def add_incident(desk: Desk, request: v1.AddStockIncident) -> v1.Stock:
    """Let something happen to units at Amazon."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    condition = _condition(request.condition)
    if request.condition is None and request.incident is v1.Incident.DISPOSED:
        condition = Condition.WAREHOUSE_DAMAGED
    if request.condition is not None and request.incident is not v1.Incident.DISPOSED:
        message = f"condition is for what is disposed of; what is {request.incident.value} is SELLABLE. Leave it out."
        raise InvalidArgument(message)
    with desk.market.write(seller_id) as unit:
        _known(unit, request.sku)
        match request.incident:
            case v1.Incident.LOST:
                lose(unit, request.sku, request.quantity, center=request.center)
            case v1.Incident.FOUND:
                find(unit, request.sku, request.quantity, center=request.center)
            case v1.Incident.DAMAGED:
                damage(unit, request.sku, request.quantity, center=request.center)
            case v1.Incident.EXPIRED:
                expire(unit, request.sku, request.quantity, center=request.center)
            case v1.Incident.DISPOSED:
                dispose(unit, request.sku, request.quantity, condition, center=request.center)
        return _at_amazon(unit, request.sku)


def transfer_stock(desk: Desk, request: v1.TransferStock) -> v1.Stock:
    """Let Amazon send units to another center."""
    seller_id, _ = shop_meant(desk.market, request.seller_id, None)
    with desk.market.write(seller_id) as unit:
        _known(unit, request.sku)
        transfer(unit, request.sku, request.quantity, to=request.center, from_=request.out_of)
        return _at_amazon(unit, request.sku)


def list_stranded(desk: Desk, request: v1.ListStranded) -> v1.Stranded:
    """What lies at Amazon that nobody can buy."""
    seller_id, marketplace_id = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    with desk.market.read(seller_id) as unit:
        return v1.Stranded(
            stranded=[
                v1.StrandedUnits(
                    sku=one.position.sku,
                    marketplace_id=marketplace_id,
                    units=one.position.lying,
                    why=one.why,
                    error=one.error,
                )
                for one in stranded_in(unit, marketplace_id)
            ]
        )


def _at_amazon(unit: UnitOfWork, sku: str) -> v1.Stock:
    """What Amazon has of a SKU, in every condition and center."""
    held = [
        (one, stock)
        for position in positions_at(unit, Place.FBA, limit=1, skus=[sku])
        for one, stock in position.stocks.items()
    ]
    return v1.Stock(
        seller_id=unit.seller_id,
        levels=[_level(sku, Place.FBA, stock, one) for one, stock in held],
        at_centers=_centers(unit, sku),
    )


def _centers(unit: UnitOfWork, sku: str) -> list[v1.StockAtCenter]:
    return [
        v1.StockAtCenter(
            code=one.center,
            city=center(one.center).city,
            country_code=center(one.center).country_code,
            condition=one.condition.value,
            units=one.units,
        )
        for one in units_at_centers(unit, [sku])
    ]


def _known(unit: UnitOfWork, sku: str) -> None:
    if not any(one.place is Place.FBA for one in movements_of(unit, sku)):
        message = f"Seller {unit.seller_id} never had anything of SKU {sku!r} at Amazon."
        raise NotFound(message)


def _place(unit: UnitOfWork, request: v1.SetStock) -> Place:
    listed = records_of_sku(unit, request.sku)
    was_had = not listed and bool(movements_of(unit, request.sku))  # a deleted listing leaves its units where they lie
    if not listed and not (was_had and request.is_amazon_fulfilled is not None):
        what_to_do = "say where its units lie, or list it again" if was_had else "list it first"
        message = f"Seller {unit.seller_id} does not list SKU {request.sku!r}; {what_to_do}."
        raise NotFound(message)
    if request.is_amazon_fulfilled is not None:
        return Place.FBA if request.is_amazon_fulfilled else Place.SELLER
    return listed[0].place


def _condition(name: str | None) -> Condition:
    try:
        return Condition.SELLABLE if name is None else Condition(name)
    except ValueError:
        message = f"condition is {name!r}; it must be one of {', '.join(Condition)}."
        raise InvalidArgument(message) from None


def _level(sku: str, place: Place, stock: Stock, condition: Condition = Condition.SELLABLE) -> v1.StockLevel:
    return v1.StockLevel(
        sku=sku,
        place=place.value,
        condition=condition.value,
        on_hand=stock.on_hand,
        reserved=stock.reserved,
        available=stock.available,
    )
