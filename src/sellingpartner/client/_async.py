"""The asynchronous shell: carries out the steps of a call with httpx2's async client, on asyncio or Trio."""

from __future__ import annotations

from typing import TypeVar

import anyio
import httpx2

from sellingpartner.client._broken import broken
from sellingpartner.client._steps import Broken, Outcome, Reply, Send, Steps

Result = TypeVar("Result")


async def run(steps: Steps[Result], http: httpx2.AsyncClient) -> Result:
    """Carry a call out; what it raises is raised."""
    try:
        step = next(steps)
        while True:
            if isinstance(step, Send):
                step = steps.send(await _carry(step, http))
            else:
                await anyio.sleep(step.seconds)
                step = next(steps)
    except StopIteration as done:
        result: Result = done.value
        return result
    finally:
        steps.close()  # canceled: the call gives back what it holds


async def _carry(step: Send, http: httpx2.AsyncClient) -> Outcome:
    try:
        request = http.build_request(
            step.method, step.url, headers=step.headers, content=step.body, timeout=step.timeout
        )
        if step.limit is None:
            return await _send(request, http)
        with anyio.move_on_after(step.limit):
            return await _send(request, http)
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as failure:
        return broken(failure)
    return Broken("the call's time was over before all of the answer was in", may_have_arrived=True)


async def _send(request: httpx2.Request, http: httpx2.AsyncClient) -> Reply:
    response = await http.send(request)
    return Reply(response.status_code, dict(response.headers), response.content)
