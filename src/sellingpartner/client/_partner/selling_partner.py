"""The synchronous client of the Selling Partner API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar, Unpack

import httpx2

from sellingpartner.client._answers.paging import Walk
from sellingpartner.client._exchange.job import Job
from sellingpartner.client._partner.assembly import ClientFields
from sellingpartner.client._partner.lazy import SyncResources
from sellingpartner.client._partner.shell import Shell
from sellingpartner.client._partner.tracing import job_span, span
from sellingpartner.client._shells import sync
from sellingpartner.client._shells.pool import Closing
from sellingpartner.client.credentials import Credentials
from sellingpartner.contract.operation import Request

Answer = TypeVar("Answer")


class SellingPartner(Shell[httpx2.Client], Closing, SyncResources):
    """Calls the Selling Partner API for one seller; threads may share it.

        with SellingPartner() as client:  # credentials from the environment or .spapi/credentials.env
            order = client.orders_v0.get_order(order_id="902-3159896-1390916")

    Credentials, options and parts are given by keyword (`ClientFields`). Resources are named after the APIs: the
    newest version has the plain name, `orders_v0` is a certain one; their methods are Amazon's operations.
    """

    def __init__(
        self,
        credentials: Credentials | None = None,
        /,
        *,
        http: httpx2.Client | None = None,
        **fields: Unpack[ClientFields],
    ) -> None:
        super().__init__(httpx2.Client, credentials, http, fields)

    def send(self, request: Request[Answer]) -> Answer:
        """Make a typed call: `client.send(GetOrder(order_id=...))`."""
        with span(request.operation, self._parts.context.endpoint):
            return sync.run(self._parts.exchange.call(request, self._options), self._http)

    def pages(self, request: Request[Answer]) -> Iterator[Answer]:
        """Every page of an operation that has pages, each fetched when its turn comes."""
        walk = Walk(request)
        while walk.request is not None:
            page = self.send(walk.request)
            yield page
            walk.turn(page)

    def finish(self, job: Job[Answer]) -> Answer:
        """Carry out several calls that belong together; `client.reports.download` and its like are made of this."""
        job.begin(self._parts, self._options)
        with job_span(job.name, self._parts.context.endpoint):
            return sync.finish(job, self._http)
