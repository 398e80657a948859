"""Services, v1: jobs, their appointments, those who do them, and what proves it."""

from __future__ import annotations

from sellingpartner.server.api.services_v1 import appointments, documents, jobs, reservations, resources, slots

__all__ = ["appointments", "documents", "jobs", "reservations", "resources", "slots"]
