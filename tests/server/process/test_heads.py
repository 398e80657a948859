from __future__ import annotations

import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.server.gateway.http import HttpRequest
from sellingpartner.server.process.heads import LONGEST_ADDRESS, AddressTooLong, CodingUnknown, check_head


class Asked(HttpRequest):
    """A request of which only the head is there."""

    def __init__(self, path: str = "/", query: str = "", coding: str | None = None) -> None:
        super().__init__(None)
        self.path, self.query, self._coding = path, query, coding

    def header(self, name: str) -> str | None:
        return self._coding if name == "transfer-encoding" else None


@pytest.mark.parametrize(
    ("version", "hosts"), [("1.1", []), ("1.1", ["a", "b"]), ("1.1", ["a", "a"]), ("1", ["a", "b"])]
)
def test_a_request_without_its_one_host_is_refused(version: str, hosts: list[str]) -> None:
    with pytest.raises(InvalidInput, match=r"has (no|2) Host headers; HTTP/1\.1 asks for exactly one"):
        check_head(version, hosts, Asked())


@pytest.mark.parametrize(("version", "hosts"), [("1.1", ["a"]), ("1.1", [""]), ("1", []), ("1", ["a"])])
def test_a_request_with_it_or_of_an_older_kind_is_not(version: str, hosts: list[str]) -> None:
    check_head(version, hosts, Asked("/" + "p" * (LONGEST_ADDRESS // 2 - 1), "q" * (LONGEST_ADDRESS // 2)))


@pytest.mark.parametrize(("path", "query"), [("/" * (LONGEST_ADDRESS + 1), ""), ("/", "q" * LONGEST_ADDRESS)])
def test_an_address_that_is_too_long_is_told_its_length(path: str, query: str) -> None:
    with pytest.raises(AddressTooLong, match=f"have {LONGEST_ADDRESS + 1} characters; {LONGEST_ADDRESS} is the most"):
        check_head("1.1", ["a"], Asked(path, query))


@pytest.mark.parametrize("coding", ["gzip, chunked", "gzip", "identity", ""])
def test_a_body_that_nobody_here_can_decode_is_refused_as_that(coding: str) -> None:
    with pytest.raises(CodingUnknown, match="is not understood; send the body plain, or chunked and nothing besides"):
        check_head("1.1", ["a"], Asked(coding=coding))


@pytest.mark.parametrize("coding", ["chunked", "Chunked", " chunked "])
def test_a_body_in_chunks_is_taken(coding: str) -> None:
    check_head("1.1", ["a"], Asked(coding=coding))
