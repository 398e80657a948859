"""Somebody who holds each answer of a market against Amazon's published model of its operation, where it is at hand."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from modeled import MODELS

from sellingpartner.contract.index import APIS
from sellingpartner.contract.operation import Operation
from sellingpartner.server.gateway.http import HttpAnswer, HttpRequest
from sellingpartner.testing import TestMarket

_FILES = {module: file for module, _, _, file, _ in APIS}

_NO_CONTENT = 204  # has no body, even where a model has a schema for it


class ModelReader:
    """Listens to a market's answers."""

    def __init__(self, market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> None:
        self._faults: list[str] = []
        self._listens = True
        gateway = market.server.gateway
        answer = gateway.answer

        def noted(request: HttpRequest) -> HttpAnswer:
            said = answer(request)
            found = gateway.routes.find(request.method, request.path)
            if found is not None and self._listens:
                route = found[0]
                self._faults += faults_of_answer(route.entry.module, route.operation, said.status, said.body)
            return said

        monkeypatch.setattr(gateway, "answer", noted)

    def tell(self) -> list[str]:
        """Listen no more; returns where an answer was another than its model says."""
        self._listens = False
        return self._faults


def faults_of_answer(module: str, operation: Operation, status: int, body: bytes) -> list[str]:
    """Where an answer is another than the model of its operation says; nothing where no model is at hand."""
    responses = _responses(module, operation.path, operation.method.lower())
    if not responses:
        return []
    where = f"{operation.name} {status}"
    if str(status) not in responses:
        return [f"{where}: the model knows {', '.join(responses)}"]
    if status == _NO_CONTENT or "schema" not in responses[str(status)]:
        return []
    errors = _validator(module, operation.path, operation.method.lower(), str(status)).iter_errors(json.loads(body))
    return [f"{where}: {'/'.join(map(str, one.instance_path))} {one.message[:200]}" for one in errors]


def _responses(module: str, path: str, method: str) -> dict[str, Any]:
    document = _document(_FILES[module]) if module in _FILES else None
    if document is None:
        return {}
    found: dict[str, Any] = document["paths"].get(path, {}).get(method, {}).get("responses", {})
    return found


@cache  # to make one takes longer than an answer: it reads all of a document's definitions
def _validator(module: str, path: str, method: str, status: str) -> jsonschema_rs.Draft4Validator:
    document = _document(_FILES[module])
    assert document is not None
    schema = _responses(module, path, method)[status]["schema"]
    return jsonschema_rs.Draft4Validator({**schema, "definitions": document["definitions"]})


@cache
def _document(file: str) -> dict[str, Any] | None:
    paths: list[Path] = list(MODELS.glob(f"*/{file}"))
    if not paths:
        return None
    found: dict[str, Any] = json.loads(paths[0].read_bytes())
    return found
