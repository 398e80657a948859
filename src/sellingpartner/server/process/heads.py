"""What granian lets through in the head of a request, though HTTP, or Amazon's gateway, does not."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput, SellingPartnerError
from sellingpartner.server.gateway.http import HttpRequest

LONGEST_ADDRESS = 16 * 1024
"""How many characters path and query may have. Assumed: Amazon's gateway takes no more than that."""


class AddressTooLong(InvalidInput):
    """The path and the query are longer than any that the API has a use for."""

    status = 414
    code = "RequestUriTooLong"


class CodingUnknown(SellingPartnerError):
    """The body is coded for its transfer in a way that nobody here undoes."""

    status = 501
    code = "NotImplemented"


def check_head(version: str, hosts: list[str], request: HttpRequest) -> None:
    """Raise for a head that is refused whatever it asks for."""
    if len(hosts) != 1 and (hosts or version == "1.1"):
        message = f"The request has {len(hosts) or 'no'} Host headers; HTTP/1.1 asks for exactly one."
        raise InvalidInput(message)
    if hosts:
        request.called_as(hosts[0])
    length = len(request.path) + len(request.query)
    if length > LONGEST_ADDRESS:
        message = f"Path and query have {length} characters; {LONGEST_ADDRESS} is the most. Send less at once."
        raise AddressTooLong(message)
    coding = request.header("transfer-encoding")
    if coding is not None and coding.strip().lower() != "chunked":
        message = f"Transfer-Encoding: {coding} is not understood; send the body plain, or chunked and nothing besides."
        raise CodingUnknown(message)
