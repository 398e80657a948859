"""Spans for OpenTelemetry, where it is installed; without it this does nothing and costs nothing."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from sellingpartner.client.credentials.endpoints import Endpoint
from sellingpartner.contract.operation import Operation

_NOTHING: AbstractContextManager[object] = nullcontext()


def span(operation: Operation, endpoint: Endpoint) -> AbstractContextManager[object]:
    """A span around one call, all its attempts and waits in it; errors are recorded by OpenTelemetry itself."""
    trace = _trace()
    if trace is None:
        return _NOTHING
    attributes = {
        "http.request.method": operation.method,
        "url.template": operation.path,
        "server.address": endpoint.api,
        "sellingpartner.operation": operation.name,
    }
    tracer = trace.get_tracer("sellingpartner")
    started: AbstractContextManager[object] = tracer.start_as_current_span(
        operation.name, kind=trace.SpanKind.CLIENT, attributes=attributes
    )
    return started


def job_span(name: str, endpoint: Endpoint) -> AbstractContextManager[object]:
    """A span around a job of several calls."""
    trace = _trace()
    if trace is None:
        return _NOTHING
    tracer = trace.get_tracer("sellingpartner")
    started: AbstractContextManager[object] = tracer.start_as_current_span(
        name, attributes={"server.address": endpoint.api}
    )
    return started


@cache
def _trace() -> Any:  # noqa: ANN401 - a module that may not be there
    return import_module("opentelemetry.trace") if find_spec("opentelemetry") is not None else None
