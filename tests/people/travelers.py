"""Sellers at a market that may be killed at any moment: one sends in, one has shipped out, one keeps goods in AWD.

Each remembers what was answered. Whoever comes after one that was cut off says once more what got no answer.
"""

from __future__ import annotations

import http.client
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec
from distributor import ORIGIN as BULK_ORIGIN
from distributor import cases
from forwarder import US, WAREHOUSE, box, units
from killed_servers import PATIENCE_SECONDS
from outside_shop import ADDRESS, LAMP, STANDARD, line

from sellingpartner.client.wire import decode, encode
from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.contract import fulfillment_inbound_2024_03_20 as inbound
from sellingpartner.contract import fulfillment_outbound_2020_07_01 as outbound
from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.operation import Request
from sellingpartner.env_file import read_env
from sellingpartner.server.process.credentials import TOKEN_PATH

Answer = TypeVar("Answer")

SENT = ("ATLAS", "GUIDE")
"""What is sent to fulfillment centers."""
STORED = "MUG-BLUE"
"""What is stored in AWD, and sent to fulfillment centers from there."""
_TOKENS = 10
"""How often a token is taken that may be over before it is used, as others move the clock."""
_OVERTAKEN = ("expired", "in the past")
_GONE = (OSError, http.client.HTTPException)


class TooLate(Exception):
    """Somebody else let days pass in the midst of a deed, and what was offered is over."""


class Traveler(Thread):
    """Somebody who does one thing after another, as long as anybody answers."""

    def __init__(self, port: int, folder: Path, seed: int, unanswered: Request[Any] | None) -> None:
        super().__init__(name=f"{type(self).__name__} {seed}")
        self._port, self._folder, self.luck, self.number = port, folder, Random(seed), seed
        self._token = ""
        self.unanswered = unanswered
        """What was said and got no answer: it may have been done, or not."""
        self.answered: list[str] = []
        """What there must be: operations, or orders."""
        self.refused: list[str] = []

    def run(self) -> None:
        """Say again what got no answer, then live until it is cut off."""
        try:
            if self.unanswered is not None:
                self.tries(self.unanswered)
            while True:
                self._lives_or_is_late()
        except _GONE:
            return
        except SellingPartnerError as refusal:
            self.refused.append(f"{self.name}: {refusal.status} {refusal}")

    def lives(self) -> None:
        """One whole deed; raises `TooLate` if time has overtaken it."""
        raise NotImplementedError

    def _lives_or_is_late(self) -> None:
        try:
            self.lives()
        except TooLate:
            return
        except SellingPartnerError as refusal:
            if not any(word in str(refusal) for word in _OVERTAKEN):
                raise

    def says(self, request: Request[Answer]) -> Answer:
        """Ask for something; raises what it is refused by."""
        self.unanswered = request
        try:
            answer = self._said(request)
        except SellingPartnerError:
            self.unanswered = None
            raise
        self.unanswered = None
        return answer

    def tries(self, request: Request[Answer]) -> Answer | None:
        """Ask for something that may be refused, as it was done already, or cannot be done."""
        try:
            return self.says(request)
        except SellingPartnerError as refusal:
            if refusal.status not in {400, 404, 409}:
                raise
            return None

    def waits(self, *, hours: float = 0, seconds: float = 0) -> None:
        """Let market time pass."""
        self.says(v1.AdvanceClock(hours=hours, seconds=seconds))

    @property
    def now(self) -> datetime:
        """The market's time."""
        found: datetime = self._said(v1.GetClock()).now
        return found

    def _said(self, request: Request[Answer]) -> Answer:
        wire = encode(request)
        for left in reversed(range(_TOKENS)):
            headers = {**wire.headers, "x-amz-access-token": self._token}
            status, body = self._call(wire.method, wire.target, headers, wire.body)
            if status not in {401, 403, 503} or not left:
                break
            if status == HTTPStatus.SERVICE_UNAVAILABLE:  # set back for another one's sake: nothing was done
                continue
            self._token = self._new_token()  # an hour of the market's time has passed: another one lets days pass
        return decode(type(request), status, body)

    def _new_token(self) -> str:
        said = read_env(self._folder / "credentials.env")
        form = {
            "grant_type": "refresh_token",
            "refresh_token": said["SP_API_REFRESH_TOKEN"],
            "client_id": said["SP_API_CLIENT_ID"],
            "client_secret": said["SP_API_CLIENT_SECRET"],
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        _, body = self._call("POST", TOKEN_PATH, headers, urlencode(form).encode())
        token: str = msgspec.json.decode(body).get("access_token", "")
        return token

    def _call(self, method: str, target: str, headers: dict[str, str], body: bytes | None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_SECONDS)
        try:
            connection.request(method, target, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


class SendsIn(Traveler):
    """A seller who plans shipments, packs them, has them carried, and now and then received or lost by hand."""

    def lives(self) -> None:
        """From a plan to a carrier."""
        sent = [units("ATLAS", 20), units("GUIDE", 10)]
        said = {"destinationMarketplaces": [US], "sourceAddress": WAREHOUSE, "items": sent}
        plan_id = self._done(msgspec.convert(said, inbound.CreateInboundPlan)).inbound_plan_id
        self._done(inbound.GeneratePackingOptions(inbound_plan_id=plan_id))
        packing = self.says(inbound.ListPackingOptions(inbound_plan_id=plan_id)).packing_options[0]
        self._done(inbound.ConfirmPackingOption(inbound_plan_id=plan_id, packing_option_id=packing.packing_option_id))
        boxes = [box(units("ATLAS", 10), units("GUIDE", 5), quantity=2)]
        grouping = {"packingGroupId": packing.packing_groups[0], "boxes": boxes}
        told = {"inboundPlanId": plan_id, "packageGroupings": [grouping]}
        self._done(msgspec.convert(told, inbound.SetPackingInformation))
        self._done(inbound.GeneratePlacementOptions(inbound_plan_id=plan_id))
        placement = self.luck.choice(self.says(inbound.ListPlacementOptions(inbound_plan_id=plan_id)).placement_options)
        option_id, shipment_ids = placement.placement_option_id, placement.shipment_ids
        self._done(inbound.ConfirmPlacementOption(inbound_plan_id=plan_id, placement_option_id=option_id))
        if self.luck.random() < 0.1:
            self._done(inbound.CancelInboundPlan(inbound_plan_id=plan_id))
            return
        self._is_carried(plan_id, option_id, shipment_ids)
        for shipment_id in shipment_ids:
            self._becomes(plan_id, shipment_id)

    def _is_carried(self, plan_id: str, option_id: str, shipment_ids: list[str]) -> None:
        ready = {"start": (self.now + timedelta(hours=6)).isoformat()}
        wishes = [{"shipmentId": one, "readyToShipWindow": ready} for one in shipment_ids]
        wish = {
            "inboundPlanId": plan_id,
            "placementOptionId": option_id,
            "shipmentTransportationConfigurations": wishes,
        }
        self._done(msgspec.convert(wish, inbound.GenerateTransportationOptions, strict=False))
        chosen = {
            "inboundPlanId": plan_id,
            "transportationSelections": [
                {"shipmentId": one, "transportationOptionId": self._partner(plan_id, one)} for one in shipment_ids
            ],
        }
        self._done(msgspec.convert(chosen, inbound.ConfirmTransportationOptions))

    def _partner(self, plan_id: str, shipment_id: str) -> str:
        """The offer of Amazon's partner to carry the boxes of a shipment."""
        asked = inbound.ListTransportationOptions(inbound_plan_id=plan_id, shipment_id=shipment_id)
        return next(
            one.transportation_option_id
            for one in self.says(asked).transportation_options
            if one.shipping_solution == "AMAZON_PARTNERED_CARRIER" and one.shipping_mode == "GROUND_SMALL_PARCEL"
        )

    def _becomes(self, plan_id: str, shipment_id: str) -> None:
        """Received at once, short or over, or lost; or time sees to it."""
        shipment = self.says(inbound.GetShipment(inbound_plan_id=plan_id, shipment_id=shipment_id))
        number = shipment.shipment_confirmation_id or ""
        deed = self.luck.randrange(4)
        if deed == 0:
            short, damaged, over = self.luck.choice(((1, 0, 0), (0, 1, 0), (0, 0, 2), (0, 0, 0)))
            received = v1.CarryInboundShipment(
                confirmation_id=number, deed=v1.InboundDeed.RECEIVE, short=short, damaged=damaged, over=over
            )
            self.tries(received)
        elif deed == 1:
            self.waits(hours=24)
            self.tries(v1.CarryInboundShipment(confirmation_id=number, deed=v1.InboundDeed.LOSE))
        elif deed == 2:
            self.waits(hours=30)

    def _done(self, request: Request[Any]) -> Any:  # noqa: ANN401 - what the operation answers
        begun = self.says(request)
        self.answered.append(begun.operation_id)
        self.waits(seconds=20)
        asked = inbound.GetInboundOperationStatus(operation_id=begun.operation_id)
        while (status := self.says(asked).operation_status) == "IN_PROGRESS":
            self.waits(seconds=5)
        if status == "FAILED":
            raise TooLate
        return begun


class ShipsOut(Traveler):
    """A seller with another shop, who takes some of its orders back, and has units removed."""

    def lives(self) -> None:
        """An order, another one that is taken back, and a removal."""
        for place in range(2):
            self._orders(f"{self.number}-{len(self.answered)}-{place}")
        if self.luck.random() < 0.4:
            self.tries(outbound.CancelFulfillmentOrder(seller_fulfillment_order_id=self.answered[-1]))
        wanted = [v1.WantedUnits(sku=LAMP, sellable=2)]
        removal = self.says(v1.CreateRemoval(items=wanted, kind=v1.RemovalKind.DISPOSAL))
        if self.luck.random() < 0.3:
            self.tries(v1.CancelRemoval(removal_id=removal.removal_id))
        self.waits(hours=self.luck.choice((1, 5, 9)))

    def _orders(self, number: str) -> None:
        self.says(
            outbound.CreateFulfillmentOrder(
                seller_fulfillment_order_id=number,
                displayable_order_id=number,
                displayable_order_date=self.now,
                displayable_order_comment="Thank you",
                shipping_speed_category=STANDARD,
                destination_address=ADDRESS,
                items=[line(quantity=self.luck.randint(1, 3))],
            )
        )
        self.answered.append(number)


class KeepsInBulk(Traveler):
    """A seller who sends cases into AWD and orders units out of it into FBA."""

    def lives(self) -> None:
        """An order in, mostly received by hand, and one out."""
        drafted = awd.CreateInbound(origin_address=BULK_ORIGIN, packages_to_inbound=[cases(2, (STORED, 6))])
        order_id = self.says(drafted).order_id
        self.says(awd.ConfirmInbound(order_id=order_id))
        self.answered.append(order_id)
        tracking = [awd.TrackingDetails(booking_id="1Z999")]
        self.tries(awd.UpdateInboundShipmentTransportDetails(shipment_id=order_id, tracking_details=tracking))
        if self.luck.random() < 0.7:
            received = v1.DistributionDeed.RECEIVE
            short = self.luck.choice((0, 0, 1))
            self.tries(v1.CarryDistributionOrder(order_id=order_id, deed=received, short=short))
        self.waits(seconds=20)
        refill = awd.CreateReplenishmentOrder(
            products=[awd.DistributionProduct(sku=STORED, quantity=self.luck.randint(1, 8))],
            preferences=awd.ReplenishmentPreferences(confirmation=awd.ConfirmationMode.AUTO),
        )
        self.tries(refill)
        self.waits(hours=self.luck.choice((1, 8, 14)))


Kind = Callable[[int, Path, int, Request[Any] | None], Traveler]
KINDS: tuple[Kind, ...] = (SendsIn, ShipsOut, KeepsInBulk)
