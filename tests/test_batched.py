from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.batched import batched


@given(values=st.lists(st.integers(), max_size=30), most=st.integers(1, 12))
def test_every_value_comes_once_in_its_order_and_all_batches_but_the_last_are_full(
    values: list[int], most: int
) -> None:
    batches = list(batched(values, most))

    assert [value for batch in batches for value in batch] == values
    assert all(len(batch) == most for batch in batches[:-1])
    assert all(0 < len(batch) <= most for batch in batches)


def test_of_what_is_read_no_more_is_taken_than_a_batch_holds() -> None:
    left = iter(range(10))

    assert next(batched(left, 3)) == [0, 1, 2]
    assert next(left) == 3
