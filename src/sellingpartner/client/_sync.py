"""The synchronous shell: carries out the steps of a call with httpx2's client and the thread's sleep."""

from __future__ import annotations

import time
from typing import TypeVar

import httpx2

from sellingpartner.client._broken import broken
from sellingpartner.client._steps import Broken, Outcome, Reply, Send, Steps

Result = TypeVar("Result")


def run(steps: Steps[Result], http: httpx2.Client) -> Result:
    """Carry a call out; what it raises is raised."""
    try:
        step = next(steps)
        while True:
            if isinstance(step, Send):
                step = steps.send(_carry(step, http))
            else:
                time.sleep(step.seconds)
                step = next(steps)
    except StopIteration as done:
        result: Result = done.value
        return result
    finally:
        steps.close()  # interrupted: the call gives back what it holds


def _carry(step: Send, http: httpx2.Client) -> Outcome:
    try:
        request = http.build_request(
            step.method, step.url, headers=step.headers, content=step.body, timeout=step.timeout
        )
        if step.limit is None:
            response = http.send(request)
            return Reply(response.status_code, dict(response.headers), response.content)
        return _within(step.limit, request, http)
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as failure:
        return broken(failure)


def _within(limit: float, request: httpx2.Request, http: httpx2.Client) -> Outcome:
    """Read piece by piece, to stop an answer that trickles in for longer than the call may take."""
    until = time.monotonic() + limit
    request.extensions["timeout"] = {
        name: min(seconds, max(limit, 0.001)) for name, seconds in request.extensions["timeout"].items()
    }
    response = http.send(request, stream=True)
    try:
        pieces = []
        for piece in response.iter_bytes():
            pieces.append(piece)
            if time.monotonic() > until:
                return Broken("the call's time was over before all of the answer was in", may_have_arrived=True)
    finally:
        response.close()
    return Reply(response.status_code, dict(response.headers), b"".join(pieces))
