"""What a test is named for in tests/shown.csv is held to Amazon's published documents."""

from __future__ import annotations

import pytest
from modeled import MODELS, faults_of_answer

SUMMARIES = "GET /fba/inventory/v1/summaries"


@pytest.mark.skipif(not MODELS.is_dir(), reason="Amazon's models are not at hand")
def test_an_answer_that_is_not_as_the_document_has_it_is_told() -> None:
    granularity = {"granularityType": "Marketplace", "granularityId": "ATVPDKIKX0DER"}
    right = {"payload": {"granularity": granularity, "inventorySummaries": []}}
    wrong = {"payload": {"granularity": granularity, "inventorySummaries": "none"}}

    assert faults_of_answer(SUMMARIES, 200, right) == []
    (fault,) = faults_of_answer(SUMMARIES, 200, wrong)

    assert fault.startswith(f"{SUMMARIES} answers 200: ")
    assert faults_of_answer("GET /market/v1/clock", 200, {}) == []
