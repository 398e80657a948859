"""Why a query is not run, shown or canceled."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput, NotFound


class QueryInvalid(InvalidInput):
    """The query is no query of the Data Kiosk; its details say what is wrong."""

    def __init__(self, details: str) -> None:
        super().__init__("The provided query is invalid.", details=details)


class NoSuchQuery(NotFound):
    """The seller has no such query, or it is so old that nobody is told of it."""

    def __init__(self, query_id: str) -> None:
        super().__init__("The provided queryId was not found.")
        self.because(f"There is no query {query_id[:60]!r}.")


class NotWhileSo(InvalidInput):
    """The query is in a state in which that cannot be done."""

    def __init__(self, query_id: str, status: str) -> None:
        super().__init__(
            f"Query {query_id} is {status}; only a query that is IN_QUEUE or IN_PROGRESS can be cancelled."
        )
