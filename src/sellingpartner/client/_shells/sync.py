"""The synchronous shell: carries out the steps of a call with httpx2's client and the thread's sleep."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

import httpx2

from sellingpartner.client._shells.broken import FAILURES, broken, built, strangely_packed
from sellingpartner.client._shells.interruption import Endable, worth_ending
from sellingpartner.client._shells.steps import (
    LONGEST_REASON,
    PIECE,
    Aside,
    Broken,
    Fetch,
    Outcome,
    Reply,
    Send,
    Sleep,
    Steps,
    Upload,
)
from sellingpartner.contract.errors import SellingPartnerError

Result = TypeVar("Result")
TOO_LATE = "the call's time was over before all of the answer was in"


def finish(job: Endable[Result], http: httpx2.Client) -> Result:
    """Carry a job out; one that is interrupted takes back what it began."""
    try:
        return run(job.steps(), http)
    except BaseException as failure:
        if worth_ending(failure):
            with suppress(SellingPartnerError):
                run(job.taken_back(failure), http)
        raise


def run(steps: Steps[Result], http: httpx2.Client) -> Result:
    """Carry a call out; what it raises is raised."""
    try:
        step = next(steps)
        while True:
            if isinstance(step, Sleep):
                time.sleep(step.seconds)
                step = next(steps)
            elif isinstance(step, Aside):
                step = steps.send(step.work())
            else:
                try:
                    outcome = _outcome(step, http)
                except SellingPartnerError as failure:  # a sink's: the job says of which report it is
                    step = steps.throw(failure)
                else:
                    step = steps.send(outcome)
    except StopIteration as done:
        result: Result = done.value
        return result
    finally:
        steps.close()  # interrupted: the call gives back what it holds


def _outcome(step: Send | Fetch | Upload, http: httpx2.Client) -> Outcome:
    if isinstance(step, Send):
        return _carry(step, http)
    return _fetch(step, http) if isinstance(step, Fetch) else _upload(step, http)


def _carry(step: Send, http: httpx2.Client) -> Outcome:
    request = built(http, step.method, step.url, step.headers, step.body, step.timeout)
    if isinstance(request, Broken):
        return request
    try:
        return _read(step, request, http)
    except FAILURES as failure:
        return broken(failure)


def _read(step: Send, request: httpx2.Request, http: httpx2.Client) -> Outcome:
    """Read piece by piece, to stop an answer that is too large, or trickles in for longer than the call may take."""
    until = None
    if step.limit is not None:
        until = time.monotonic() + step.limit
        shortest = max(step.limit, 0.001)
        given = request.extensions["timeout"].items()
        request.extensions["timeout"] = {name: min(seconds, shortest) for name, seconds in given}
    response = http.send(request, stream=True)
    try:
        strange = strangely_packed(response)
        if strange is not None:
            return strange
        pieces, size = [], 0
        for piece in response.iter_bytes():
            pieces.append(piece)
            size += len(piece)
            if size > step.most:
                break
            if until is not None and time.monotonic() > until:
                return Broken(TOO_LATE, may_have_arrived=True)
    finally:
        response.close()
    return Reply(response.status_code, dict(response.headers.items()), b"".join(pieces), is_cut=size > step.most)


def _fetch(step: Fetch, http: httpx2.Client) -> Outcome:
    until = None if step.limit is None else time.monotonic() + step.limit
    received = 0
    request = built(http, "GET", step.url, step.headers, None, step.timeout)
    if isinstance(request, Broken):
        return request
    try:
        with closing(http.send(request, stream=True)) as response:
            headers = dict(response.headers.items())
            if not step.sink.opens(response.status_code, headers):
                return Reply(response.status_code, headers, _beginning(response))
            for piece in response.iter_raw(PIECE):
                step.sink.write(piece)
                received += len(piece)
                step.sink.wrote()
                if until is not None and time.monotonic() > until:
                    return Broken(TOO_LATE, may_have_arrived=True, received=received)
            return Reply(response.status_code, headers, b"")
    except FAILURES as failure:
        return broken(failure, received)


def _beginning(response: httpx2.Response) -> bytes:
    body = b""
    for piece in response.iter_bytes(PIECE):
        body += piece
        if len(body) >= LONGEST_REASON:
            break
    return body


def _upload(step: Upload, http: httpx2.Client) -> Outcome:
    until = None if step.limit is None else time.monotonic() + step.limit

    def pieces() -> Iterator[bytes]:
        for piece in _pieces(step.content):
            if until is not None and time.monotonic() > until:
                raise httpx2.WriteTimeout(TOO_LATE)
            yield piece
            step.sent(len(piece))

    request = built(http, "PUT", step.url, step.headers, pieces(), step.timeout)
    if isinstance(request, Broken):
        return request
    try:
        with closing(http.send(request, stream=True)) as response:
            return Reply(response.status_code, dict(response.headers.items()), _beginning(response))
    except FAILURES as failure:
        return broken(failure)


def _pieces(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield from (content[start : start + PIECE] for start in range(0, len(content), PIECE))
        return
    with content.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
