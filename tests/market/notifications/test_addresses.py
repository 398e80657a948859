from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.notifications.addresses import QueueAddress, queue_address

ACCOUNT = "123456789012"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/secrets",
            QueueAddress(ACCOUNT, "secrets", f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/secrets", "eu-west-1"),
        ),
        (f"arn:aws:sqs:us-west-2:{ACCOUNT}:my_queue-1", QueueAddress(ACCOUNT, "my_queue-1", None, "us-west-2")),
        (
            f"http://127.0.0.1:5000/{ACCOUNT}/secrets",
            QueueAddress(ACCOUNT, "secrets", f"http://127.0.0.1:5000/{ACCOUNT}/secrets", None),
        ),
    ],
)
def test_a_queue_is_known_by_its_url_or_its_arn(text: str, expected: QueueAddress) -> None:
    assert queue_address(text) == expected


@pytest.mark.parametrize(
    "text",
    [f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/secrets.fifo", f"arn:aws:sqs:us-west-2:{ACCOUNT}:secrets.fifo"],
)
def test_fifo_queues_take_no_notifications(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"secrets\.fifo is a FIFO queue, which takes no notifications"):
        queue_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "secrets",
        f"arn:aws:sns:us-west-2:{ACCOUNT}:secrets",
        "arn:aws:sqs:us-west-2:12:secrets",
        f"ftp://127.0.0.1/{ACCOUNT}/secrets",
        f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}",
        f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/a/b",
        f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/secrets?x=1",
        f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/secrets#x",
        f"https://user:password@sqs.eu-west-1.amazonaws.com/{ACCOUNT}/secrets",
        f"https://sqs.eu-west-1.amazonaws.com:port/{ACCOUNT}/secrets",
        f"https:///{ACCOUNT}/secrets",
        f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/{'a' * 81}",
        f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/sécrets",
        f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/secrets\n",
        f"https://{'a' * 300}/{ACCOUNT}/secrets",
    ],
)
def test_what_is_no_queue_is_refused_with_how_one_is_written(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"write its URL .* or its ARN"):
        queue_address(text)


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    for beginning in ("", "https://", "arn:aws:sqs:"):
        with pytest.raises(InvalidInput):
            queue_address(beginning + text)
