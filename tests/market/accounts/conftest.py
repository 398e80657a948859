"""What the stories of permissions start from: an application of Quayside's, and ways to look at what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sellingpartner.market.accounts.applications import register_application
from sellingpartner.market.accounts.audit import AuditEntry, entries
from sellingpartner.market.accounts.model import Application, ApplicationStatus
from sellingpartner.testing import TestMarket

CALLBACK = "https://tide.example/callback"

Register = Callable[..., Application]
Audit = Callable[..., list[AuditEntry]]


@pytest.fixture
def register(market: TestMarket) -> Register:
    """Register an application, published unless said."""

    def register(name: str = "Tide Desk", **registration: Any) -> Application:  # noqa: ANN401 - fields of Registration
        said = {"status": ApplicationStatus.PUBLISHED, "redirect_uris": [CALLBACK]} | registration
        with market.market.write() as unit:
            return register_application(unit, name, market.application.developer_id, **said)[0]

    return register


@pytest.fixture
def audit(market: TestMarket) -> Audit:
    """The audit, from when the story began: what, and who."""
    with market.market.read() as unit:
        begin = max((entry.number for entry in entries(unit)), default=0)

    def audit(what: str | None = None) -> list[AuditEntry]:
        with market.market.read() as unit:
            return [entry for entry in entries(unit, after=begin) if what in {None, entry.what}]

    return audit
