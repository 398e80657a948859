from __future__ import annotations

import pytest

from sellingpartner.server.process.public_url import read_public_url
from sellingpartner.server.process.settings import CannotServe, Settings


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://market.example", "https://market.example"),
        ("HTTPS://Market.Example:8443/", "https://market.example:8443"),
        ("http://10.0.0.7:8000", "http://10.0.0.7:8000"),
        ("https://[2001:DB8::7]", "https://[2001:db8::7]"),
    ],
)
def test_an_address_is_read_as_links_begin_with_it(text: str, url: str) -> None:
    assert read_public_url(text) == url


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "must begin with https:// or http://"),
        ("market.example", "must begin with https:// or http://"),
        ("ftp://market.example", "must begin with https:// or http://"),
        ("https://", "and name a host"),
        ("https://ada@market.example", "names a user"),
        ("https://market.example/spapi", "goes on after the host"),
        ("https://market.example?", "goes on after the host"),
        ("https://market.example/#top", "goes on after the host"),
        ("https://market.example:0", "no port 0"),
        ("https://market.example:99999", "no address"),
        ("https://[::1", "no address"),
        ("https://märkt.example", "letters that no host's name has"),
        ("https://mar ket.example", "letters that no host's name has"),
        ("https://market.example\n.evil.example", "letters that no host's name has"),
    ],
)
def test_what_no_link_can_begin_with_is_refused_in_one_line(text: str, why: str) -> None:
    with pytest.raises(CannotServe) as refusal:
        read_public_url(text)

    message = str(refusal.value)
    assert why in message
    assert message.endswith("Write one like https://market.example after --public-url.")
    assert "\n" not in message


def test_programs_are_told_the_public_address_where_there_is_one() -> None:
    assert Settings(port=9000).base_url == "http://127.0.0.1:9000"
    assert Settings(port=9000, public_url="https://market.example").base_url == "https://market.example"
