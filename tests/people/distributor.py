"""A seller who keeps its goods in Amazon's bulk storage: what stories of AWD share."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.contract import fba_inventory_v1 as fba
from sellingpartner.market.inventory.model import Condition, Place, Stock
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.caller import Caller
from sellingpartner.testing.saying import US

MUG = "MUG-BLUE"
ORIGIN = awd.Address(
    name="Harbor Goods",
    address_line1="300 Turnbull Ave",
    city="Detroit",
    state_or_region="MI",
    postal_code="48123",
    country_code="US",
)


def case(
    *contents: tuple[str, int],
    inches: float = 12,
    pounds: float = 20,
    expires_at: datetime | None = None,
    **more: Any,  # noqa: ANN401 - fields of the model
) -> awd.DistributionPackage:
    """A case that is as long as it is wide and high."""
    side = Decimal(str(inches))
    said: dict[str, Any] = {
        "type": awd.DistributionPackageType.CASE,
        "contents": awd.DistributionPackageContents(
            products=[awd.ProductQuantity(sku=sku, quantity=units, expiration=expires_at) for sku, units in contents]
        ),
        "measurements": awd.MeasurementData(
            dimensions=awd.PackageDimensions(
                length=side,
                width=side,
                height=side,
                unit_of_measurement=awd.DimensionUnitOfMeasurement.INCHES,
            ),
            weight=awd.PackageWeight(
                weight=Decimal(str(pounds)), unit_of_measurement=awd.WeightUnitOfMeasurement.POUNDS
            ),
        ),
    }
    return awd.DistributionPackage(**said | more)


def cases(count: int, *contents: tuple[str, int], **more: Any) -> awd.DistributionPackageQuantity:  # noqa: ANN401 - of `case`
    """Some cases alike."""
    return awd.DistributionPackageQuantity(count=count, distribution_package=case(*contents, **more))


class Distributor:
    """Harbor Goods, or another seller, with AWD."""

    def __init__(self, market: TestMarket, seller: Caller | None = None) -> None:
        self.market = market
        self.seller = seller or market.seller

    def drafts(self, *packages: awd.DistributionPackageQuantity, **more: Any) -> str:  # noqa: ANN401 - fields of the request
        """Draft an inbound order; ten cases of ten mugs unless said."""
        said: dict[str, Any] = {
            "origin_address": ORIGIN,
            "packages_to_inbound": list(packages) or [cases(10, (MUG, 10))],
        }
        return self.seller.send(awd.CreateInbound(**said | more)).order_id

    def confirms(self, *packages: awd.DistributionPackageQuantity, **more: Any) -> str:  # noqa: ANN401 - as above
        """Draft an inbound order and confirm it."""
        order_id = self.drafts(*packages, **more)
        self.seller.send(awd.ConfirmInbound(order_id=order_id))
        return order_id

    def ships(self, *packages: awd.DistributionPackageQuantity, **more: Any) -> str:  # noqa: ANN401 - as above
        """Have an order carried: the carrier fetches it within a day."""
        order_id = self.confirms(*packages, **more)
        self.tells(order_id, "1Z999")
        return order_id

    def stores(self, *packages: awd.DistributionPackageQuantity, **more: Any) -> str:  # noqa: ANN401 - as above
        """Have an order received."""
        order_id = self.ships(*packages, **more)
        for _ in range(60):
            if self.shipment(order_id).shipment_status == "CLOSED":
                return order_id
            self.market.advance(days=1)
        raise AssertionError(f"{order_id} was not received in 60 days.")

    def tells(self, shipment_id: str, *bookings: str, carrier: str | None = "UPSN") -> None:
        """Say who carries a shipment."""
        code = (
            None
            if carrier is None
            else awd.CarrierCode(carrier_code_type=awd.CarrierCodeType.SCAC, carrier_code_value=carrier)
        )
        tracking = [awd.TrackingDetails(booking_id=one, carrier_code=code) for one in bookings]
        self.seller.send(awd.UpdateInboundShipmentTransportDetails(shipment_id=shipment_id, tracking_details=tracking))

    def order(self, order_id: str) -> awd.InboundOrder:
        """An inbound order."""
        return self.seller.send(awd.GetInbound(order_id=order_id))

    def shipment(self, shipment_id: str) -> awd.InboundShipment:
        """An inbound shipment with what came of each SKU."""
        return self.seller.send(awd.GetInboundShipment(shipment_id=shipment_id, sku_quantities=awd.SkuQuantities.SHOW))

    def inventory(self, sku: str = MUG) -> awd.InventorySummary:
        """What AWD has of a SKU."""
        (found,) = self.seller.send(awd.ListInventory(sku=sku, details=awd.Details.SHOW)).inventory
        return found

    def levels(self, sku: str = MUG) -> tuple[int | None, ...]:
        """What is coming to AWD, available there, reserved there, and going to FBA."""
        found = self.inventory(sku)
        details = found.inventory_details or awd.InventoryDetails()
        return (
            found.total_inbound_quantity,
            details.available_distributable_quantity,
            details.reserved_distributable_quantity,
            details.replenishment_quantity,
        )

    def replenishes(self, quantity: int, sku: str = MUG, *, mode: str = "AUTO") -> str:
        """Order units into FBA."""
        said = awd.CreateReplenishmentOrder(
            products=[awd.DistributionProduct(sku=sku, quantity=quantity)],
            preferences=awd.ReplenishmentPreferences(confirmation=awd.ConfirmationMode(mode)),
        )
        return self.seller.send(said).order_id

    def replenishment(self, order_id: str) -> awd.ReplenishmentOrder:
        """A replenishment order."""
        return self.seller.send(awd.GetReplenishmentOrder(order_id=order_id))

    def fba(self, sku: str = MUG) -> tuple[int | None, ...]:
        """What FBA says of a SKU: working, shipped, receiving, fulfillable."""
        asked = fba.GetInventorySummaries(
            granularity_type=fba.GranularityType.MARKETPLACE,
            granularity_id=US,
            marketplace_ids=[US],
            seller_skus=[sku],
            details=True,
        )
        payload = self.seller.send(asked).payload
        assert payload is not None
        for one in payload.inventory_summaries:
            assert one.inventory_details is not None
            found = one.inventory_details
            return (
                found.inbound_working_quantity,
                found.inbound_shipped_quantity,
                found.inbound_receiving_quantity,
                found.fulfillable_quantity,
            )
        return (0, 0, 0, 0)

    def stock(self, place: Place, condition: Condition = Condition.SELLABLE, sku: str = MUG) -> Stock:
        """What inventory has."""
        with self.market.market.read(self.seller.seller_id) as unit:
            return stock_of(unit, sku, place, condition=condition)
