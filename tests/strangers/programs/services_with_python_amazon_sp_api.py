"""A job of a service with python-amazon-sp-api, as its README has it: credentials from the environment, no address."""

from __future__ import annotations

import json
import sys
import urllib.request
from base64 import b64decode
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from sp_api.api import Services
from sp_api.base import SellingApiException
from story import US, market

PDF = b"%PDF-1.7 signed\n"


def encrypted(content: bytes, details: dict[str, str]) -> bytes:
    padder = PKCS7(128).padder()
    key, vector = b64decode(details["key"]), b64decode(details["initializationVector"])
    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    return encryptor.update(padder.update(content) + padder.finalize()) + encryptor.finalize()


def refusal(call: Any, **how: Any) -> list[Any]:  # noqa: ANN401 - of the SDK
    try:
        call(**how)
    except SellingApiException as refused:
        return [refused.error[0]["code"], refused.error[0]["message"].partition(" reason : ")[2]]
    return []


given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
services = Services()
said: dict[str, Any] = {}
(job,) = services.get_service_jobs(
    marketplaceIds=US, createdAfter="2026-11-01T00:00:00Z", serviceOrderIds=given["order"]
).payload["jobs"]
job_id = job["serviceJobId"]
said["found"] = [job["serviceJobStatus"], job["scopeOfWork"]["asin"] == given["asin"]]
window = {"marketplaceIds": US, "startTime": given["from"], "endTime": given["until"]}
by_product = services.get_appointment_slots(asin=given["asin"], storeId=given["store"], **window).payload
by_job = services.get_appointmment_slots_by_job_id(job_id, **window).payload
said["slots"] = [by_job == by_product, [one["capacity"] for one in by_job["appointmentSlots"]]]
first, second = (one["startTime"] for one in by_job["appointmentSlots"])
added = services.add_appointment_for_service_job_by_service_job_id(job_id, appointmentTime={"startTime": first})
appointment_id = added.appointmentId
said["again"] = refusal(
    services.add_appointment_for_service_job_by_service_job_id,
    serviceJobId=job_id,
    appointmentTime={"startTime": second},
)
moved = services.reschedule_appointment_for_service_job_by_service_job_id_post(
    job_id, appointment_id, appointmentTime={"startTime": second}, rescheduleReasonCode="R1"
)
here = moved.appointmentId
services.assign_appointment_resources(job_id, here, resources=[{"resourceId": given["technician"]}])
market("clock/advance", {"by": "PT45M"})
there = services.create_service_document_upload_destination(contentType="PDF", contentLength=len(PDF)).payload
sent = encrypted(PDF, there["encryptionDetails"])
with urllib.request.urlopen(urllib.request.Request(there["url"], sent, method="PUT")) as answer:
    said["sent"] = answer.status
services.set_appointment_fulfillment_data(
    job_id,
    here,
    fulfillmentTime={"startTime": second, "endTime": given["done"]},
    fulfillmentDocuments=[{"uploadDestinationId": there["uploadDestinationId"]}],
)
services.complete_service_job_by_service_job_id(job_id)
done = services.get_service_job_by_service_job_id(job_id).payload
said["done"] = [done["serviceJobStatus"], [one["appointmentStatus"] for one in done["appointments"]]]
said["proof"] = done["appointments"][1]["poa"]["poaType"]
sys.stdout.write(json.dumps(said))
