"""Faults as a client meets them on a real connection: granian in front, httpx2 behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from killed_servers import Served

from sellingpartner.testing import TestMarket


@pytest.fixture(scope="module")
def participations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """Somebody at a market that is served, with a token."""
    folder: Path = tmp_path_factory.mktemp("faults")
    url = f"sqlite:///{folder}/market.db"
    with TestMarket(url) as market:
        token = market.seller.token
    served = Served(folder, url)
    try:
        base_url = f"http://127.0.0.1:{served.port}"
        with httpx2.Client(base_url=base_url, headers={"x-amz-access-token": token or ""}, trust_env=False) as http:
            yield http
    finally:
        served.kill()


def asked(http: httpx2.Client, fault: str, timeout: float = 20) -> httpx2.Response:
    return http.get(
        "/sellers/v1/marketplaceParticipations", headers={"x-spapi-fault": fault} if fault else {}, timeout=timeout
    )


@pytest.mark.parametrize(
    ("fault", "failure", "words"),
    [
        ("reset", httpx2.ReadError, "reset"),
        ("reset after", httpx2.ReadError, "reset"),
        ("cut 0.5", httpx2.RemoteProtocolError, "complete message body"),
        ("cut 0", httpx2.RemoteProtocolError, "disconnected|complete message body"),
    ],
)
def test_a_connection_breaks_as_it_is_to_break(
    participations: httpx2.Client, fault: str, failure: type[httpx2.TransportError], words: str
) -> None:
    with pytest.raises(failure, match=words):
        asked(participations, fault)

    assert asked(participations, "").status_code == 200


def test_an_answer_that_is_held_back_is_waited_for_or_given_up(participations: httpx2.Client) -> None:
    with pytest.raises(httpx2.ReadTimeout):
        asked(participations, "delay 30", timeout=0.2)

    assert asked(participations, "delay 0.05").status_code == 200


def test_a_date_that_is_off_and_a_body_that_is_broken_arrive_as_they_are(participations: httpx2.Client) -> None:
    assert asked(participations, "clock-skew 31536000").headers.get_list("date") == [
        asked(participations, "clock-skew 31536000").headers["date"]
    ]
    plain, broken = asked(participations, "").content, asked(participations, "corrupt 3").content
    assert len(plain) == len(broken)
    assert sum(one != other for one, other in zip(plain, broken, strict=True)) == 3
