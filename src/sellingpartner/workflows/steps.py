"""A workflow is a generator without input or output: it yields calls, and a shell of either kind carries them out."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator
from typing import Any, TypeAlias, TypeVar

import msgspec

from sellingpartner.client import AsyncSellingPartner, SellingPartner
from sellingpartner.contract.operation import Request

Answer = TypeVar("Answer")
Result = TypeVar("Result")


class Ask(msgspec.Struct, frozen=True):
    """Make this call."""

    request: Request[Any]
    is_repeatable: bool = False
    """Whether sending it twice does no more than sending it once."""


class Do(msgspec.Struct, frozen=True):
    """Call a function of the caller's; an asynchronous shell awaits what it returns, if that can be awaited."""

    work: Callable[[], Any]


Steps: TypeAlias = Generator[Ask | Do, Any, Result]


def ask(request: Request[Answer], *, is_repeatable: bool = False) -> Steps[Answer]:
    """Have a call made; raises its refusal."""
    answer: Answer = yield Ask(request, is_repeatable)
    return answer


def do(work: Callable[[], Result]) -> Steps[Result]:
    """Have a function of the caller's called."""
    found: Result = yield Do(work)
    return found


def run(steps: Steps[Result], client: SellingPartner) -> Result:
    """Carry a workflow out with the synchronous client."""
    repeating = client.with_options(idempotent=True)
    try:
        step = next(steps)
        while True:
            try:
                found = step.work() if isinstance(step, Do) else _with(step, client, repeating).send(step.request)
            except Exception as failure:  # noqa: BLE001 - the workflow decides what a refusal means
                step = steps.throw(failure)
            else:
                step = steps.send(found)
    except StopIteration as done:
        result: Result = done.value
        return result
    finally:
        steps.close()


async def run_async(steps: Steps[Result], client: AsyncSellingPartner) -> Result:
    """Carry a workflow out with the asynchronous client."""
    repeating = client.with_options(idempotent=True)
    try:
        step = next(steps)
        while True:
            try:
                if isinstance(step, Do):
                    found = step.work()
                    found = await found if inspect.isawaitable(found) else found
                else:
                    found = await _with(step, client, repeating).send(step.request)
            except Exception as failure:  # noqa: BLE001 - the workflow decides what a refusal means
                step = steps.throw(failure)
            else:
                step = steps.send(found)
    except StopIteration as done:
        result: Result = done.value
        return result
    finally:
        steps.close()


Client = TypeVar("Client", SellingPartner, AsyncSellingPartner)


def _with(step: Ask, client: Client, repeating: Client) -> Client:
    return repeating if step.is_repeatable else client
