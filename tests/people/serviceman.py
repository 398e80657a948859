"""A seller who mounts televisions at its buyers' homes: what stories of Services share."""

from __future__ import annotations

from base64 import b64decode
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from modeled import check_form

from sellingpartner.contract import services_v1 as v1
from sellingpartner.market.appointments import commands
from sellingpartner.market.appointments.model import Resource, ResourceKind
from sellingpartner.market.services.model import Location, Offering
from sellingpartner.market.services.questions import offerings_in
from sellingpartner.testing import Reply, TestMarket
from sellingpartner.testing.saying import US

MOUNTING, STORE, ANN, BEN = "TV-MOUNTING", "STOREPORTLAND", "TECHANN", "TECHBEN"
ZONE = "America/Los_Angeles"
MODEL = "services.json"
PDF = b"%PDF-1.7 signed: Ada Finch\n"


def utc(text: str) -> datetime:
    """A moment: `2026-11-03T17:00`."""
    return datetime.fromisoformat(f"{text}+00:00")


class Serviceman:
    """Harbor Goods, with a store that works from nine to five and two technicians."""

    def __init__(self, market: TestMarket, *, capacity: int = 1, minutes: int = 60, **more: Any) -> None:  # noqa: ANN401 - fields of the offering
        self.market, self.seller = market, market.seller
        market.lists(MOUNTING, 12900, stock=0)
        self.has(STORE, kind=ResourceKind.STORE, name="Portland")
        self.has(ANN, name="Ann Reed", skills=("tv",))
        self.has(BEN, name="Ben Ortiz", skills=("tv",))
        said: dict[str, Any] = {"minutes": minutes, "skills": ("tv",), "store_ids": (STORE,)}
        self.offers(MOUNTING, **said | more)
        self.works("2026-11-02T09:00:00-08:00", "2026-11-02T17:00:00-08:00", until="2028-01-01", capacity=capacity)

    def has(self, resource_id: str, **more: Any) -> None:  # noqa: ANN401 - fields of the resource
        """Somebody, or a store, is there."""
        said: dict[str, Any] = {
            "resource_id": resource_id,
            "kind": ResourceKind.TECHNICIAN,
            "marketplace_id": US,
            "store_id": resource_id if more.get("kind") is ResourceKind.STORE else STORE,
            "time_zone": ZONE,
        }
        with self.market.market.write(self.seller.seller_id) as unit:
            commands.register(unit, Resource(**said | more))

    def offers(self, sku: str, **more: Any) -> Offering:  # noqa: ANN401 - fields of the offering
        """A SKU is a service."""
        said: dict[str, Any] = {"marketplace_id": US, "sku": sku, "asin": "", "location": Location.IN_HOME}
        with self.market.market.write(self.seller.seller_id) as unit:
            return commands.offer_service(unit, Offering(**said | more))

    def works(
        self,
        starts: str,
        ends: str,
        *,
        until: str | None = None,
        days: tuple[str, ...] = (),
        capacity: int = 1,
        of: str = STORE,
    ) -> list[v1.UpdateScheduleRecord]:
        """A store, or somebody, works: once, or again and again until a day."""
        again = None
        if until is not None:
            week = [v1.DayOfWeek(one) for one in days] or None
            again = v1.Recurrence(end_time=utc(f"{until}T00:00"), days_of_week=week)
        record = v1.AvailabilityRecord(
            start_time=datetime.fromisoformat(starts),
            end_time=datetime.fromisoformat(ends),
            recurrence=again,
            capacity=capacity,
        )
        asked = v1.UpdateSchedule(resource_id=of, marketplace_ids=[US], schedules=[record])
        return list(self.seller.send(asked).payload)

    def ordered(self, **more: Any) -> str:  # noqa: ANN401 - fields of the purchase
        """A buyer orders the service, and pays; returns the job's id."""
        return self.job_of(self.market.buys(MOUNTING, **more))

    def job_of(self, order_id: str) -> str:
        """The job that came of an order."""
        asked = v1.GetServiceJobs(
            marketplace_ids=[US], created_after="2020-01-01T00:00:00Z", service_order_ids=[order_id]
        )
        (job,) = self.seller.send(asked).payload.jobs or []
        return str(job.service_job_id)

    def job(self, job_id: str) -> v1.ServiceJob:
        """A job as it is shown."""
        return self.seller.send(v1.GetServiceJobByServiceJobId(service_job_id=job_id)).payload

    def status(self, job_id: str) -> str:
        """Where a job stands."""
        return str(self.job(job_id).service_job_status)

    def books(self, job_id: str, at: datetime | str, minutes: int | None = None) -> str:
        """A job gets an appointment; returns the appointment's id."""
        asked = v1.AddAppointmentForServiceJobByServiceJobId(
            service_job_id=job_id, appointment_time=self._time(at, minutes)
        )
        return str(self.seller.send(asked).appointment_id)

    def moves(
        self, job_id: str, appointment_id: str, at: datetime | str, *, reason: str = "R1"
    ) -> v1.SetAppointmentResponse:
        """A job gets another appointment instead."""
        return self.seller.send(
            v1.RescheduleAppointmentForServiceJobByServiceJobId(
                service_job_id=job_id,
                appointment_id=appointment_id,
                appointment_time=self._time(at, None),
                reschedule_reason_code=reason,
            )
        )

    def assigns(self, job_id: str, appointment_id: str, *who: str) -> list[str]:
        """Somebody is to go there; returns the codes of warnings."""
        asked = v1.AssignAppointmentResources(
            service_job_id=job_id,
            appointment_id=appointment_id,
            resources=[v1.AppointmentResource(resource_id=one) for one in who],
        )
        return [one.code for one in self.seller.send(asked).payload.warnings or []]

    def completes(self, job_id: str) -> None:
        """A job is done."""
        self.seller.send(v1.CompleteServiceJobByServiceJobId(service_job_id=job_id))

    def slots(self, begin: str, end: str, asin: str | None = None) -> dict[str, int]:
        """The slots of the service, in UTC: `{"2026-11-03T17:00": 1}`."""
        asked = v1.GetAppointmentSlots(
            asin=asin or self.asin, store_id=STORE, marketplace_ids=[US], start_time=begin, end_time=end
        )
        found = self.seller.send(asked).payload.appointment_slots or []
        return {f"{one.start_time:%Y-%m-%dT%H:%M}": one.capacity or 0 for one in found}

    zone = ZoneInfo(ZONE)

    @property
    def asin(self) -> str:
        """Of the service."""
        with self.market.market.read(self.seller.seller_id) as unit:
            return offerings_in(unit, US)[MOUNTING].asin

    def post(self, method: str, path: str, body: object = None) -> Reply:
        """A call as it is on the wire."""
        return self.post_to(method, f"/service/v1{path}", body)

    def post_to(self, method: str, path: str, body: object = None) -> Reply:
        """The same, of another API."""
        if body is None:
            return self.seller.call(method, path)
        sent = msgspec.json.encode(body)
        return self.seller.call(method, path, headers={"content-type": "application/json"}, body=sent)

    def sends(
        self, content: bytes = PDF, *, kind: str = "PDF", length: int | None = None, is_encrypted: bool = True
    ) -> str:
        """A document is sent to a destination of its own; returns the destination's id."""
        asked = v1.CreateServiceDocumentUploadDestination(
            content_type=v1.ContentType(kind), content_length=len(content) if length is None else length
        )
        there = self.seller.send(asked).payload
        sent = encrypted(content, there.encryption_details) if is_encrypted else content
        parts = urlsplit(there.url)
        answer = self.market.anybody().call("PUT", f"{parts.path}?{parts.query}", body=sent)
        assert answer.status == 200, answer
        return there.upload_destination_id

    def tells(self, job_id: str, appointment_id: str, **more: Any) -> None:  # noqa: ANN401 - fields of the request
        """It is told how an appointment went."""
        self.seller.send(v1.SetAppointmentFulfillmentData(service_job_id=job_id, appointment_id=appointment_id, **more))

    @staticmethod
    def _time(at: datetime | str, minutes: int | None) -> v1.AppointmentTimeInput:
        return v1.AppointmentTimeInput(start_time=utc(at) if isinstance(at, str) else at, duration_in_minutes=minutes)


def told(reply: Reply, definition: str = "SetAppointmentResponse") -> tuple[int, str, str]:
    """The one thing that a refusal says, once its form was held against Amazon's model."""
    check_form(reply.json(), MODEL, definition)
    (error,) = reply.json()["errors"]
    return reply.status, error["code"], error["message"]


def encrypted(content: bytes, details: v1.EncryptionDetails) -> bytes:
    """A file as a destination wants it."""
    padder = PKCS7(128).padder()
    padded = padder.update(content) + padder.finalize()
    key, vector = b64decode(details.key), b64decode(details.initialization_vector)
    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    return encryptor.update(padded) + encryptor.finalize()


def reserve(
    seller: Serviceman, begin: str, end: str, *, capacity: int = 1, of: str = STORE
) -> v1.CreateReservationRecord:
    """Time of a store, or of somebody, is taken for a break."""
    availability = v1.AvailabilityRecord(start_time=utc(begin), end_time=utc(end), capacity=capacity)
    reservation = v1.Reservation(type=v1.Type.BREAK, availability=availability)
    asked = v1.CreateReservation(marketplace_ids=[US], resource_id=of, reservation=reservation)
    return seller.seller.send(asked).payload


def ranges(seller: Serviceman, kind: str, begin: str, end: str, of: str = STORE) -> list[tuple[str, int]]:
    """What there is of a kind, and from when on."""
    asked = v1.GetRangeSlotCapacity(
        resource_id=of,
        marketplace_ids=[US],
        start_date_time=utc(begin),
        end_date_time=utc(end),
        capacity_types=[v1.CapacityType(kind)],
    )
    (found,) = seller.seller.send(asked).capacities or []
    return [(f"{one.start_date_time:%m-%dT%H:%M}", one.capacity or 0) for one in found.slots or []]
