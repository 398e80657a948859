"""A feed with Amazon's own SDK, amzn-sp-api: it leaves uploads and downloads to whoever uses it."""

from __future__ import annotations

import gzip
import os
import urllib.request

import spapi
from feeding import feed


class Sdk:
    """The feed's steps."""

    def __init__(self) -> None:
        config = spapi.SPAPIConfig(
            client_id=os.environ["SP_API_CLIENT_ID"],
            client_secret=os.environ["SP_API_CLIENT_SECRET"],
            refresh_token=os.environ["SP_API_REFRESH_TOKEN"],
            region="NA",
        )
        self.feeds = spapi.FeedsApi(spapi.SPAPIClient(config).api_client)

    def submit(self, feed_type: str, content: str, content_type: str, marketplace_id: str) -> str:
        made = self.feeds.create_feed_document({"contentType": content_type})
        headers = {"Content-Type": content_type}
        put = urllib.request.Request(made.url, content.encode(), headers, method="PUT")
        with urllib.request.urlopen(put) as answer:
            assert answer.status == 200
        wanted = {
            "feedType": feed_type,
            "marketplaceIds": [marketplace_id],
            "inputFeedDocumentId": made.feed_document_id,
        }
        return str(self.feeds.create_feed(wanted).feed_id)

    def status(self, feed_id: str) -> tuple[str, str | None]:
        found = self.feeds.get_feed(feed_id)
        return found.processing_status, found.result_feed_document_id

    def listed(self, feed_type: str) -> list[str]:
        return [one.feed_id for one in self.feeds.get_feeds(feed_types=[feed_type]).feeds]

    def document(self, document_id: str) -> str:
        found = self.feeds.get_feed_document(document_id)
        with urllib.request.urlopen(found.url) as answer:
            content = answer.read()
        return str((gzip.decompress(content) if found.compression_algorithm else content).decode())


feed(Sdk())
