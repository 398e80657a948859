"""What a test is named for in tests/shown.csv is held to Amazon's published documents."""

from __future__ import annotations

import msgspec
import pytest
from model_reader import faults_of_answer
from modeled import MODELS

from sellingpartner.contract import fba_inventory_v1 as v1


@pytest.mark.skipif(not MODELS.is_dir(), reason="Amazon's models are not at hand")
def test_an_answer_that_is_not_as_the_document_has_it_is_told() -> None:
    granularity = {"granularityType": "Marketplace", "granularityId": "ATVPDKIKX0DER"}
    right = {"payload": {"granularity": granularity, "inventorySummaries": []}}
    wrong = {"payload": {"granularity": granularity, "inventorySummaries": "none"}}
    operation = v1.GetInventorySummaries.operation

    assert faults_of_answer("fba_inventory_v1", operation, 200, msgspec.json.encode(right)) == []
    (fault,) = faults_of_answer("fba_inventory_v1", operation, 200, msgspec.json.encode(wrong))

    assert fault.startswith("getInventorySummaries 200: payload/inventorySummaries ")
    assert faults_of_answer("market_v1", operation, 200, b"{}") == []
