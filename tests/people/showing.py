"""Which test shows which operation: tests/shown.csv says it, and every run holds the tests to it.

An operation is shown by a test in which a market in this process answered it with success. A test that the table names
fails unless it does so for all that it is named for: in each of its variants, or in the one that is named. What is
answered there must be as Amazon's published document has it, where the documents are at hand.
`--record-shown FOLDER` writes down what each test shows, for `python -m tools.shown` to make the table from.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Generator, Iterator
from functools import cache, wraps
from pathlib import Path
from typing import Any

import pytest
from model_reader import faults_of_answer

from sellingpartner.server.authorization.token import TokenService
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.server.gateway.pipeline import Gateway, Route

TABLE = Path(__file__).parents[1] / "shown.csv"
LOGIN = "POST /auth/o2/token"
"""The login is no operation of the API's models; it is shown like one."""

_REFUSED = 300


class _Seen:
    """What was answered with success since a test began."""

    operations: set[str] = set()  # noqa: RUF012 - there is one run in a process
    wanted: frozenset[str] = frozenset()
    """What the test is named for."""
    answers: list[tuple[Route, HttpAnswer]] = []  # noqa: RUF012 - as above
    """How that was answered."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record-shown", metavar="FOLDER", help="write down which operations each test shows")


def pytest_configure() -> None:
    if not hasattr(Gateway.answer, "__wrapped__"):
        Gateway.answer = _noted_by_gateway(Gateway.answer)  # type: ignore[method-assign]
        TokenService.answer = _noted_by_login(TokenService.answer)  # type: ignore[method-assign]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Hold a test to what it is named for."""
    test, named = item.nodeid.partition("[")[0], named_for()
    begin(named.get(test, frozenset()) | named.get(item.nodeid, frozenset()))
    result = yield
    folder = item.config.getoption("--record-shown")
    if folder is not None:
        _write_down(Path(folder), item.nodeid)
    elif missing := _Seen.wanted - _Seen.operations:
        pytest.fail(
            f"tests/shown.csv names this test for {', '.join(sorted(missing))}, which it does not show; "
            "let it, or choose another: python -m tools.shown",
            pytrace=False,
        )
    if faults := _faults():
        pytest.fail("\n".join(faults), pytrace=False)
    return result


def begin(wanted: frozenset[str]) -> None:
    """Forget what was seen; a test begins that is named for some operations."""
    _Seen.operations, _Seen.answers, _Seen.wanted = set(), [], wanted


def _faults() -> list[str]:
    """Where what was answered is not as Amazon's documents have it."""
    return [
        fault
        for route, said in _Seen.answers
        for fault in faults_of_answer(route.entry.module, route.operation, said.status, said.body)
    ]


@cache
def named_for() -> dict[str, frozenset[str]]:
    """The operations that each test of the table is named for."""
    found: dict[str, set[str]] = {}
    for operation, test in rows():
        found.setdefault(test, set()).add(operation)
    return {test: frozenset(operations) for test, operations in found.items()}


def rows() -> Iterator[tuple[str, str]]:
    """The table: an operation's method and path, and the test that shows it."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["operation"], row["test"]


def _write_down(folder: Path, test: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with (folder / f"{worker}.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"test": test, "shows": sorted(_Seen.operations)}) + "\n")


def _noted_by_gateway(answer: Any) -> Any:  # noqa: ANN401 - a method, as it was
    @wraps(answer)
    def noted(gateway: Gateway, request: HttpRequest) -> HttpAnswer:
        said: HttpAnswer = answer(gateway, request)
        if said.status < _REFUSED and (found := gateway.routes.find(request.method, request.path)) is not None:
            route, _ = found
            # In a sandbox, canned cases may answer: it counts for what nothing but a sandbox does.
            if type(gateway) is Gateway or route.operation.sandbox_only:
                _Seen.operations.add(route.entry.key)
                if route.entry.key in _Seen.wanted:
                    _Seen.answers.append((route, said))
        return said

    return noted


def _noted_by_login(answer: Any) -> Any:  # noqa: ANN401
    @wraps(answer)
    def noted(service: TokenService, request: HttpRequest) -> HttpAnswer:
        said: HttpAnswer = answer(service, request)
        if said.status < _REFUSED:
            _Seen.operations.add(LOGIN)
        return said

    return noted
