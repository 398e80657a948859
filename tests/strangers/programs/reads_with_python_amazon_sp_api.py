"""Reports with python-amazon-sp-api, as its README has it: credentials from the environment, and no address."""

from __future__ import annotations

from reading import read
from sp_api.api import Reports, Tokens
from story import US


class Sdk:
    """The story's steps."""

    def ask(self, report_type: str, since: str) -> str:
        asked = Reports().create_report(reportType=report_type, marketplaceIds=[US], dataStartTime=since)
        return str(asked.payload["reportId"])

    def look(self, report_id: str) -> tuple[str, str | None]:
        found = Reports().get_report(report_id).payload
        return found["processingStatus"], found.get("reportDocumentId")

    def download(self, document_id: str, *, restricted: bool) -> str:
        reports = Reports()
        if restricted:
            resource = {"method": "GET", "path": f"/reports/2021-06-30/documents/{document_id}"}
            answer = Tokens().create_restricted_data_token(restrictedResources=[resource]).payload
            reports = Reports(restricted_data_token=answer["restrictedDataToken"])
        return str(reports.get_report_document(document_id, download=True).payload["document"])


read(Sdk())
