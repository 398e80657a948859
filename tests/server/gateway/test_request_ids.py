from __future__ import annotations

from uuid import UUID

from sellingpartner.server.gateway.request_ids import new_request_id


def test_an_id_is_a_random_uuid_and_no_two_are_the_same() -> None:
    ids = [new_request_id() for _ in range(100)]

    assert {(str(UUID(text)), UUID(text).version, UUID(text).variant) for text in ids} == {
        (text, 4, "specified in RFC 4122") for text in ids
    }
    assert len(set(ids)) == 100
