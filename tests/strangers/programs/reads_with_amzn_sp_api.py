"""Reports with amzn-sp-api, Amazon's own SDK for Python; it downloads nothing by itself."""

from __future__ import annotations

import gzip
import os
import urllib.request
from typing import Any

from reading import read
from spapi import ApiClient, Configuration, ReportsApi, SPAPIClient, SPAPIConfig, TokensApi
from story import US

Configuration.set_default(Configuration())


class Restricted:
    """A restricted data token in the place of an access token."""

    def __init__(self, answer: Any) -> None:  # noqa: ANN401 - the SDK's
        self.token = str(answer.restricted_data_token)

    def get_lwa_access_token(self) -> str:
        return self.token


class Sdk:
    """The story's steps."""

    def __init__(self) -> None:
        ready = SPAPIConfig(
            client_id=os.environ["LWA_APP_ID"],
            client_secret=os.environ["LWA_CLIENT_SECRET"],
            refresh_token=os.environ["SP_API_REFRESH_TOKEN"],
            region="NA",
        )
        self.client = SPAPIClient(ready).api_client
        self.reports = ReportsApi(self.client)

    def ask(self, report_type: str, since: str) -> str:
        body = {"reportType": report_type, "marketplaceIds": [US], "dataStartTime": since}
        return str(self.reports.create_report(body).report_id)

    def look(self, report_id: str) -> tuple[str, str | None]:
        found = self.reports.get_report(report_id)
        return str(found.processing_status), found.report_document_id

    def download(self, document_id: str, *, restricted: bool) -> str:
        api = self.reports
        if restricted:
            resource = {"method": "GET", "path": f"/reports/2021-06-30/documents/{document_id}"}
            token = TokensApi(self.client).create_restricted_data_token({"restrictedResources": [resource]})
            configuration = Configuration()
            configuration.host, configuration.access_token_cache = self.client.configuration.host, Restricted(token)
            api = ReportsApi(ApiClient(configuration))
        found = api.get_report_document(document_id)
        with urllib.request.urlopen(found.url) as answer:
            content = answer.read()
            charset = answer.headers.get_content_charset()
        return str((gzip.decompress(content) if found.compression_algorithm else content).decode(charset))


read(Sdk())
