"""`client.reports.download`: a report from the request to the file."""

from __future__ import annotations

import os
import re
from typing import Any, Self, TypedDict, TypeVar, Unpack, overload

from sellingpartner.client._exchange.senders import AsyncSender, SyncSender
from sellingpartner.client.documents._marketplaces import ids_of
from sellingpartner.client.documents._period import Moment, period
from sellingpartner.client.documents._report_job import Manner, ReportJob, Wanted
from sellingpartner.client.documents._target import Target
from sellingpartner.client.documents.document import Document
from sellingpartner.client.documents.progress import OnProgress
from sellingpartner.client.documents.row import Row
from sellingpartner.client.operations import Resource
from sellingpartner.contract.errors import InvalidInput

RowT = TypeVar("RowT", bound=Row)

_LOCALE_OPTION = "preferredReportDocumentLocale"
_LOCALE = re.compile(r"[a-z]{2}_[A-Z]{2}")
NEVER_MADE = frozenset(
    {
        "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE",
        "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2",
        "GET_V2_SETTLEMENT_REPORT_DATA_XML",
    }
)
"""Amazon makes these by itself, and refuses to make one that is asked for."""


class DownloadFields(TypedDict, total=False):
    """What else may be said of a download, by keyword."""

    to: str | os.PathLike[str] | None
    """Where the file goes; without it, to a temporary file that the document owns."""
    marketplace_ids: list[str]
    """Ids or country codes; without them, the marketplace of the credentials."""
    report_options: dict[str, str]
    locale: str
    """The language of the headers, as in en_US, where the report type can choose it: those of listings can."""
    report_id: str
    """A report that was begun before: nothing is created, it is waited for and fetched."""
    charset: str
    """What the text is written in, for who knows better than the document's header."""
    deadline: float
    """Seconds that all of it may take."""
    on_progress: OnProgress
    keep: bool
    """Let Amazon go on with the report when this call is interrupted, instead of canceling it."""


class SyncDownload:
    """`client.reports.download` of a `SellingPartner`."""

    def __init__(self, client: SyncSender) -> None:
        self._client = client

    @overload
    def __call__(
        self,
        report_type: type[RowT],
        since: Moment | None = None,
        until: Moment | None = None,
        **fields: Unpack[DownloadFields],
    ) -> Document[RowT]: ...
    @overload
    def __call__(
        self,
        report_type: str | None = None,
        since: Moment | None = None,
        until: Moment | None = None,
        **fields: Unpack[DownloadFields],
    ) -> Document[Row]: ...
    def __call__(
        self,
        report_type: str | type[Any] | None = None,
        since: Moment | None = None,
        until: Moment | None = None,
        **fields: Unpack[DownloadFields],
    ) -> Document[Any]:
        """Have a report made, wait for it, and stream it to disk, unpacked.

        `report_type` is Amazon's name, or a class of `known_rows` whose rows are wanted.
        """
        return self._client.finish(_job(report_type, since, until, fields))


class AsyncDownload:
    """`client.reports.download` of an `AsyncSellingPartner`."""

    def __init__(self, client: AsyncSender) -> None:
        self._client = client

    @overload
    async def __call__(
        self,
        report_type: type[RowT],
        since: Moment | None = None,
        until: Moment | None = None,
        **fields: Unpack[DownloadFields],
    ) -> Document[RowT]: ...
    @overload
    async def __call__(
        self,
        report_type: str | None = None,
        since: Moment | None = None,
        until: Moment | None = None,
        **fields: Unpack[DownloadFields],
    ) -> Document[Row]: ...
    async def __call__(
        self,
        report_type: str | type[Any] | None = None,
        since: Moment | None = None,
        until: Moment | None = None,
        **fields: Unpack[DownloadFields],
    ) -> Document[Any]:
        """Have a report made, wait for it, and stream it to disk, unpacked.

        `report_type` is Amazon's name, or a class of `known_rows` whose rows are wanted.
        """
        return await self._client.finish(_job(report_type, since, until, fields))


class ReportDownload:
    """The method `download` of the reports, for either kind of client."""

    @overload
    def __get__(self, resource: None, owner: type) -> Self: ...
    @overload
    def __get__(self, resource: Resource[SyncSender], owner: type) -> SyncDownload: ...
    @overload
    def __get__(self, resource: Resource[AsyncSender], owner: type) -> AsyncDownload: ...
    def __get__(self, resource: Resource[Any] | None, owner: type) -> Any:
        """The method, of this resource's client."""
        if resource is None:
            return self
        client = resource._client  # noqa: SLF001 - see Operation
        return AsyncDownload(client) if isinstance(client, AsyncSender) else SyncDownload(client)


def _job(
    report_type: str | type[Row] | None, since: Moment | None, until: Moment | None, fields: DownloadFields
) -> ReportJob[Any]:
    """The job, once all that can be wrong with it is known not to be."""
    kind = None if report_type is None or isinstance(report_type, str) else report_type
    name = kind.report_types[0] if kind is not None and kind.report_types else report_type
    begin, end = period(since, until)
    report_id = fields.get("report_id")
    if report_id is None:
        if not isinstance(name, str) or not name:
            raise InvalidInput("Which report? Say its type, or the report_id of one that was begun.")
        if name in NEVER_MADE:
            raise InvalidInput(
                f"Amazon makes {name} by itself; find one with client.reports.get_reports(report_types=[{name!r}])"
                " and give its report_id."
            )
    wanted = Wanted(
        report_type=name if isinstance(name, str) else None,
        since=begin,
        until=end,
        marketplace_ids=ids_of(fields.get("marketplace_ids")),
        report_options=_options(fields),
        report_id=report_id,
    )
    return ReportJob(wanted, manner_of(fields), kind)


def _options(fields: DownloadFields) -> dict[str, str] | None:
    """The options with the locale among them."""
    options, locale = fields.get("report_options"), fields.get("locale")
    if locale is None:
        return options
    if not _LOCALE.fullmatch(locale):
        raise InvalidInput(f"locale is {locale!r}; it is a language and a country, as in 'en_US' or 'de_DE'.")
    return {**(options or {}), _LOCALE_OPTION: locale}


def manner_of(fields: DownloadFields) -> Manner:
    """How a document is to be got."""
    return Manner(
        target=Target(fields.get("to")),
        deadline=fields.get("deadline"),
        on_progress=fields.get("on_progress"),
        charset=fields.get("charset"),
        keep=fields.get("keep", False),
    )
