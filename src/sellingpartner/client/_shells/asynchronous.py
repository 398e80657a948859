"""The asynchronous shell: carries out the steps of a call with httpx2's async client, on asyncio or Trio."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from pathlib import Path
from typing import TypeVar

import anyio
import anyio.to_thread
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


async def finish(job: Endable[Result], http: httpx2.AsyncClient) -> Result:
    """Carry a job out; one that is interrupted takes back what it began, though its task is canceled."""
    try:
        return await run(job.steps(), http)
    except BaseException as failure:
        if worth_ending(failure):
            with anyio.CancelScope(shield=True), suppress(SellingPartnerError):
                await run(job.taken_back(failure), http)
        raise


async def run(steps: Steps[Result], http: httpx2.AsyncClient) -> Result:
    """Carry a call out; what it raises is raised."""
    try:
        step = next(steps)
        while True:
            if isinstance(step, Sleep):
                await anyio.sleep(step.seconds)
                step = next(steps)
            elif isinstance(step, Aside):
                step = steps.send(await anyio.to_thread.run_sync(step.work))
            else:
                try:
                    outcome = await _outcome(step, http)
                except SellingPartnerError as failure:  # a sink's: the job says of which report it is
                    step = steps.throw(failure)
                else:
                    step = steps.send(outcome)
    except StopIteration as done:
        result: Result = done.value
        return result
    finally:
        steps.close()  # canceled: the call gives back what it holds


async def _outcome(step: Send | Fetch | Upload, http: httpx2.AsyncClient) -> Outcome:
    if isinstance(step, Send):
        return await _carry(step, http)
    return await _fetch(step, http) if isinstance(step, Fetch) else await _upload(step, http)


async def _carry(step: Send, http: httpx2.AsyncClient) -> Outcome:
    request = built(http, step.method, step.url, step.headers, step.body, step.timeout)
    if isinstance(request, Broken):
        return request
    try:
        if step.limit is None:
            return await _read(step, request, http)
        with anyio.move_on_after(step.limit):
            return await _read(step, request, http)
    except FAILURES as failure:
        return broken(failure)
    return Broken(TOO_LATE, may_have_arrived=True)


async def _read(step: Send, request: httpx2.Request, http: httpx2.AsyncClient) -> Outcome:
    """Read piece by piece, to stop an answer that is too large."""
    response = await http.send(request, stream=True)
    try:
        strange = strangely_packed(response)
        if strange is not None:
            return strange
        pieces, size = [], 0
        async for piece in response.aiter_bytes():
            pieces.append(piece)
            size += len(piece)
            if size > step.most:
                break
    finally:
        await response.aclose()
    return Reply(response.status_code, dict(response.headers.items()), b"".join(pieces), is_cut=size > step.most)


async def _fetch(step: Fetch, http: httpx2.AsyncClient) -> Outcome:
    received = 0
    request = built(http, "GET", step.url, step.headers, None, step.timeout)
    if isinstance(request, Broken):
        return request
    try:
        with anyio.move_on_after(step.limit):
            async with aclosing(await http.send(request, stream=True)) as response:
                headers = dict(response.headers.items())
                if not step.sink.opens(response.status_code, headers):
                    return Reply(response.status_code, headers, await _beginning(response))
                async for piece in response.aiter_raw(PIECE):
                    # Unpacking and a slow disk are not to hold up the other tasks.
                    await anyio.to_thread.run_sync(step.sink.write, piece)
                    received += len(piece)
                    step.sink.wrote()
                return Reply(response.status_code, headers, b"")
    except FAILURES as failure:
        return broken(failure, received)
    return Broken(TOO_LATE, may_have_arrived=True, received=received)


async def _beginning(response: httpx2.Response) -> bytes:
    body = b""
    async for piece in response.aiter_bytes(PIECE):
        body += piece
        if len(body) >= LONGEST_REASON:
            break
    return body


async def _upload(step: Upload, http: httpx2.AsyncClient) -> Outcome:
    async def pieces() -> AsyncIterator[bytes]:
        async for piece in _pieces(step.content):
            yield piece
            step.sent(len(piece))

    request = built(http, "PUT", step.url, step.headers, pieces(), step.timeout)
    if isinstance(request, Broken):
        return request
    try:
        with anyio.move_on_after(step.limit):
            async with aclosing(await http.send(request, stream=True)) as response:
                return Reply(response.status_code, dict(response.headers.items()), await _beginning(response))
    except FAILURES as failure:
        return broken(failure)
    return Broken(TOO_LATE, may_have_arrived=True)


async def _pieces(content: bytes | Path) -> AsyncIterator[bytes]:
    if isinstance(content, bytes):
        for start in range(0, len(content), PIECE):
            yield content[start : start + PIECE]
        return
    async with await anyio.open_file(content, "rb") as file:
        while piece := await file.read(PIECE):
            yield piece
