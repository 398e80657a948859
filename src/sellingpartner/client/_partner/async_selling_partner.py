"""The asynchronous client of the Selling Partner API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TypeVar, Unpack

import httpx2

from sellingpartner.client._answers.paging import Walk
from sellingpartner.client._exchange.job import Job
from sellingpartner.client._partner.assembly import ClientFields
from sellingpartner.client._partner.lazy import AsyncResources
from sellingpartner.client._partner.shell import Shell
from sellingpartner.client._partner.tracing import job_span, span
from sellingpartner.client._shells import asynchronous
from sellingpartner.client._shells.pool import AsyncClosing
from sellingpartner.client.credentials import Credentials
from sellingpartner.contract.operation import Request

Answer = TypeVar("Answer")


class AsyncSellingPartner(Shell[httpx2.AsyncClient], AsyncClosing, AsyncResources):
    """Calls the Selling Partner API for one seller; tasks may share it, on asyncio or Trio.

        async with AsyncSellingPartner() as client:  # credentials from the environment or .spapi/credentials.env
            order = await client.orders_v0.get_order(order_id="902-3159896-1390916")

    Credentials, options and parts are given by keyword (`ClientFields`). Resources are named after the APIs: the
    newest version has the plain name, `orders_v0` is a certain one; their methods are Amazon's operations.
    """

    def __init__(
        self,
        credentials: Credentials | None = None,
        /,
        *,
        http: httpx2.AsyncClient | None = None,
        **fields: Unpack[ClientFields],
    ) -> None:
        super().__init__(httpx2.AsyncClient, credentials, http, fields)

    async def send(self, request: Request[Answer]) -> Answer:
        """Make a typed call: `await client.send(GetOrder(order_id=...))`."""
        with span(request.operation, self._parts.context.endpoint):
            return await asynchronous.run(self._parts.exchange.call(request, self._options), self._http)

    async def pages(self, request: Request[Answer]) -> AsyncIterator[Answer]:
        """Every page of an operation that has pages, each fetched when its turn comes."""
        walk = Walk(request)
        while walk.request is not None:
            page = await self.send(walk.request)
            yield page
            walk.turn(page)

    async def finish(self, job: Job[Answer]) -> Answer:
        """Carry out several calls that belong together; `client.reports.download` and its like are made of this."""
        job.begin(self._parts, self._options)
        with job_span(job.name, self._parts.context.endpoint):
            return await asynchronous.finish(job, self._http)
