"""Finds where an answer holds the token of the next page."""

from __future__ import annotations

from sellingpartner.contract.published.shapes import Named, Record, Shape

TOKENS = ("nexttoken", "nextpagetoken", "paginationtoken", "pagetoken")
DEPTH = 3


def next_token(answer: Shape | None, definitions: dict[str, Shape], token: str) -> str:
    """The way to the token through the answer's objects, in wire names: `payload.NextToken`."""
    layer: list[tuple[str, Shape | None]] = [("", answer)]
    wanted = (token.lower(), *TOKENS)
    for _ in range(DEPTH):
        fields = [
            (f"{way}{field.wire_name}", field)
            for way, shape in layer
            if isinstance(record := _resolved(shape, definitions), Record)
            for field in record.fields
        ]
        found = [way for name in wanted for way, field in fields if field.wire_name.lower() == name]
        if found:
            return found[0]
        layer = [(f"{way}.", field.shape) for way, field in fields]
    message = f"No next token for {token} in {answer}."
    raise LookupError(message)


def _resolved(shape: Shape | None, definitions: dict[str, Shape]) -> Shape | None:
    while isinstance(shape, Named):
        shape = definitions[shape.name]
    return shape
