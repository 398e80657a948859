"""Whatever is sent as a query is understood or refused, quickly, and never breaks anything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import pytest
from graphql import StringValueNode
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis_graphql import from_schema, nodes

from sellingpartner.market.data_kiosk.asking import MOST_SIGNS, understood
from sellingpartner.market.data_kiosk.datasets import dataset_names
from sellingpartner.market.data_kiosk.queue import ask
from sellingpartner.market.data_kiosk.refusals import QueryInvalid
from sellingpartner.market.data_kiosk.schema import schema_of
from sellingpartner.testing import TestMarket
from soak import examples

QUERY = (
    'query { analytics_economics_2024_03_15 { economics(startDate: "2026-11-02", endDate: "2026-11-04", '
    'marketplaceIds: ["ATVPDKIKX0DER"]) { msku sales { unitsOrdered } } } }'
)
SIGNS = (*"{}()[]:$@!", "...", "query", "fragment", "economics", "analytics_economics_2024_03_15", "__typename", "-1e9")
ODD = ("on Query", '"', '""' + '"', "\\", "\0", "\ufeff", "#", "\u00e9", "\ud800", " ")
PIECES = st.lists(st.sampled_from([*SIGNS, *ODD]), max_size=40).map(" ".join)
DAYS = st.dates(date(2024, 11, 10), date(2027, 1, 1)).map(lambda day: StringValueNode(value=day.isoformat()))


@given(text=st.one_of(st.text(max_size=300), PIECES))
def test_what_is_no_query_is_refused_in_words(text: str) -> None:
    with pytest.raises(QueryInvalid) as refused:
        understood(text)
    assert refused.value.details


@given(place=st.integers(0, len(QUERY)), piece=PIECES, length=st.integers(0, 20))
def test_a_query_with_a_piece_changed_is_understood_or_refused(place: int, piece: str, length: int) -> None:
    with suppress(QueryInvalid):
        said = understood(QUERY[:place] + piece + QUERY[place + length :])
        assert said.dataset == "analytics_economics_2024_03_15"


@pytest.fixture(scope="module")
def market() -> Iterator[TestMarket]:
    made = TestMarket(marketplaces=["US", "CA"])
    made.buys()
    yield made
    made.close()


@pytest.mark.parametrize("dataset", dataset_names())
def test_a_query_of_any_form_that_a_schema_knows_is_queued_or_refused(market: TestMarket, dataset: str) -> None:
    schema = schema_of(dataset)
    assert schema is not None
    scalars = {"Date": DAYS, "Long": st.integers(0, 9).map(nodes.Int)}

    @settings(max_examples=examples(20))
    @given(text=from_schema(schema, custom_scalars=scalars))
    def holds(text: str) -> None:
        with market.market.write(market.seller_account.seller_id) as unit, suppress(QueryInvalid):
            assert ask(unit, text, token=None, application_id="").days_kept == 30

    holds()


def test_a_query_of_many_signs_is_looked_at_in_a_moment() -> None:
    fields = "{ a " * 2_000
    for text in ("{" * 39_999, '"' * 39_999, "[[[" * 9_999, fields, "query { " + "a:b " * 1_900 + "}", "#" * 39_999):
        with pytest.raises(QueryInvalid):
            understood(text)
    assert len("query { " + "a:b " * 1_900 + "}") < MOST_SIGNS
