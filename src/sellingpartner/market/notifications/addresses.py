"""What a queue and a webhook are called. FIFO queues take no notifications, at Amazon neither."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from sellingpartner.contract.errors import InvalidInput

_NAME = r"(?P<name>[A-Za-z0-9_-]{1,80})(?P<fifo>\.fifo)?"
_ARN = re.compile(rf"arn:aws[a-z-]*:sqs:(?P<region>[a-z]{{2}}(?:-[a-z]+)+-\d):(?P<account>\d{{12}}):{_NAME}")
_PATH = re.compile(rf"/(?P<account>[A-Za-z0-9]{{1,40}})/{_NAME}")
_AT_AMAZON = re.compile(r"(?:sqs\.)?(?P<region>[a-z]{2}(?:-[a-z]+)+-\d)\.(?:queue\.)?amazonaws\.com(?:\.cn)?")
_LONGEST = 300
_LONGEST_URL = 1000
_RIGHT = (
    "write its URL (https://sqs.us-east-1.amazonaws.com/123456789012/my-queue) or its ARN "
    "(arn:aws:sqs:us-east-1:123456789012:my-queue)"
)


class QueueAddress(NamedTuple):
    """A queue, as far as one must know it to send to it."""

    account: str
    name: str
    url: str | None
    """Where it is; to be asked for where the address is an ARN."""
    region: str | None
    """Where at Amazon it is; None for a queue elsewhere."""


def queue_address(text: str) -> QueueAddress:
    """Read an address; raises `InvalidInput` for what is none, or is a FIFO queue's."""
    if len(text) > _LONGEST or not text.isascii() or not text.isprintable():
        raise InvalidInput(f"The queue's address is not one; {_RIGHT}.")
    arn = _ARN.fullmatch(text)
    if arn is not None:
        _refuse_fifo(arn)
        return QueueAddress(arn["account"], arn["name"], None, arn["region"])
    path, host = _parts(text)
    if path is None:
        raise InvalidInput(f"{text} is no SQS queue; {_RIGHT}.")
    _refuse_fifo(path)
    amazon = _AT_AMAZON.fullmatch(host)
    return QueueAddress(path["account"], path["name"], text, amazon["region"] if amazon else None)


def _parts(text: str) -> tuple[re.Match[str] | None, str]:
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        is_plain = bool(host) and parts.scheme in {"https", "http"} and not {"?", "#", "@", " "} & set(text)
        _ = parts.port  # raises for one that is none
    except ValueError:
        return None, ""
    return _PATH.fullmatch(parts.path) if is_plain else None, host


def _refuse_fifo(found: re.Match[str]) -> None:
    if found["fifo"]:
        raise InvalidInput(
            f"{found['name']}.fifo is a FIFO queue, which takes no notifications; name a standard queue."
        )


LISTENER = "https://listener.invalid/"
"""Where messages are led that somebody reads out of the market instead of having them sent; nothing is sent there."""


def webhook_url(text: str) -> str:
    """The URL of a webhook; raises `InvalidInput` for what is none.

    Whether it leads into the market's own network is not seen from its text: that is asked each time something is sent.
    """
    right = "write https://hooks.example.com/amazon"
    if len(text) > _LONGEST_URL or not text.isascii() or not text.isprintable():
        raise InvalidInput(f"The webhook's URL is not one of up to {_LONGEST_URL} ASCII characters; {right}.")
    try:
        parts = urlsplit(text)
        is_one = parts.scheme in {"https", "http"} and bool(parts.hostname) and " " not in text
        _ = parts.port  # raises for one that is none
    except ValueError:
        is_one = False
    if not is_one:
        raise InvalidInput(f"{text} is no URL that a webhook could have; {right}.")
    if "@" in parts.netloc or parts.fragment:
        raise InvalidInput(f"A webhook's URL holds no user and no fragment; {right}.")
    return text


def partner_event_source(account: str, application_id: str) -> str:
    """What the source of an application's events is called in an AWS account's EventBridge."""
    return f"aws.partner/sellingpartnerapi.amazon.com/{account}/{application_id}"
