"""The form of an operation: one typed request class that knows everything the API says of it.

    class GetOrder(Request[GetOrderResponse], rename="camel"):
        operation = get("/orders/v0/orders/{orderId}", "getOrder", rate=Rate(0.5, burst=30), scope=ORDERS)

        order_id: str

Route, validation, permission, throttling, the client's call, the command line and the OpenAPI documents are read
from it. A field travels where the operation says: in the path if its wire name stands in the path, in a header or
the query if listed there, else in the query of a GET or DELETE and in the body of the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, ClassVar, Generic, TypeVar, get_args, get_type_hints

import msgspec

from sellingpartner.contract.message import Message

JSON = "application/json"

Answer = TypeVar("Answer", covariant=True)  # noqa: PLC0105 - the name that all who read a request's type see


class NoContent(Message):
    """The answer of an operation that answers with a status and no body."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A usage plan: tokens restored a second, and how many the bucket holds."""

    per_second: float
    burst: int


@dataclass(frozen=True, slots=True)
class Restricted:
    """An operation whose personal data needs a restricted data token.

    `required`: the call is refused without one. Else the call works, and the named elements are left out.
    """

    required: bool = False
    elements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """How an operation pages: the request's token field and where the answer holds the next one (wire names)."""

    token: str
    next_token: str


@dataclass(frozen=True)
class Operation:
    """What the API says of one operation. Keyed by method and path: an operation's name may occur twice."""

    method: str
    path: str
    name: str
    status: int = 200
    statuses: tuple[int, ...] = ()
    """Every status that the API documents, the successful one among them."""
    produces: str = JSON
    """The content type of its successful answer."""
    rate: Rate | None = None
    scope: str = "any"
    """The scope that a grant must hold; `any` for one grant of whatever scope, `none` for no grant's scope."""
    grantless: str | None = None
    """The login scope that an application asks a token for, where no seller is needed."""
    restricted: Restricted | None = None
    roles: tuple[str, ...] = ()
    pages: Pages | None = None
    query: tuple[str, ...] = ()
    """Fields (Python names) that travel in the query though the method has a body."""
    headers: tuple[str, ...] = ()
    """Fields (Python names) that travel in a header."""
    body: Any = None
    """The type of the body; the request's remaining fields are its fields, unless `whole_body` names one."""
    whole_body: str | None = None
    """The field (Python name) that is the whole body, where the body has no fields of its own."""
    repeated: tuple[str, ...] = ()
    """Array parameters (Python names) that are sent as repeated keys; the others are joined by commas."""
    deprecated: bool = False
    sandbox_only: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def key(self) -> str:
        """Method and path, the identity of an operation."""
        return f"{self.method} {self.path}"

    @cached_property
    def path_names(self) -> tuple[str, ...]:
        """The wire names in the path, in order."""
        return tuple(part[1:-1] for part in self.path.split("/") if part.startswith("{"))


class Request(Message, Generic[Answer]):
    """A typed call of one operation; `Answer` is the model of its successful answer."""

    operation: ClassVar[Operation]


def get(path: str, name: str, **facts: Any) -> Operation:  # noqa: ANN401 - Operation's own fields, checked by it
    """Describe a GET operation; the keywords are the fields of `Operation`."""
    return Operation("GET", path, name, **facts)


def post(path: str, name: str, **facts: Any) -> Operation:  # noqa: ANN401 - see get
    """Describe a POST operation."""
    return Operation("POST", path, name, **facts)


def put(path: str, name: str, **facts: Any) -> Operation:  # noqa: ANN401 - see get
    """Describe a PUT operation."""
    return Operation("PUT", path, name, **facts)


def patch(path: str, name: str, **facts: Any) -> Operation:  # noqa: ANN401 - see get
    """Describe a PATCH operation."""
    return Operation("PATCH", path, name, **facts)


def delete(path: str, name: str, **facts: Any) -> Operation:  # noqa: ANN401 - see get
    """Describe a DELETE operation."""
    return Operation("DELETE", path, name, **facts)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one field of a request travels."""

    field: str
    wire_name: str
    required: bool
    type: Any


@dataclass(frozen=True, slots=True)
class Places:
    """Where every field of a request travels."""

    path: tuple[Place, ...]
    query: tuple[Place, ...]
    headers: tuple[Place, ...]
    body: tuple[Place, ...]


@cache
def places(request: type[Request[Any]]) -> Places:
    """Sort a request's fields by where they travel."""
    operation = request.operation
    in_path = frozenset(operation.path_names)
    hints = get_type_hints(request, include_extras=True)
    sorted_fields: dict[str, list[Place]] = {"path": [], "query": [], "headers": [], "body": []}
    for info in msgspec.structs.fields(request):
        place = Place(info.name, info.encode_name, info.required, hints[info.name])
        if info.encode_name in in_path:
            sorted_fields["path"].append(place)
        elif info.name in operation.headers:
            sorted_fields["headers"].append(place)
        elif info.name in operation.query or (
            operation.method in {"GET", "DELETE"} and info.name != operation.whole_body
        ):
            sorted_fields["query"].append(place)
        else:
            sorted_fields["body"].append(place)
    return Places(**{where: tuple(found) for where, found in sorted_fields.items()})


@cache
def answer_type(request: type[Request[Answer]]) -> type[Answer]:
    """The model of a request's successful answer."""
    for base in getattr(request, "__orig_bases__", ()):
        for argument in get_args(base):
            found: type[Answer] = argument
            return found
    message = f"{request.__name__} names no answer: write class {request.__name__}(Request[ItsAnswer])."
    raise TypeError(message)
