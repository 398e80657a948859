"""A feed with python-amazon-sp-api, as its README has it: credentials from the environment, and no address."""

from __future__ import annotations

import io

from feeding import feed
from sp_api.api import Feeds


class Sdk:
    """The feed's steps."""

    def submit(self, feed_type: str, content: str, content_type: str, _: str) -> str:
        _, created = Feeds().submit_feed(feed_type, io.StringIO(content), content_type)
        return str(created.payload["feedId"])

    def status(self, feed_id: str) -> tuple[str, str | None]:
        found = Feeds().get_feed(feed_id).payload
        return found["processingStatus"], found.get("resultFeedDocumentId")

    def listed(self, feed_type: str) -> list[str]:
        return [one["feedId"] for one in Feeds().get_feeds(feedTypes=[feed_type]).payload["feeds"]]

    def document(self, document_id: str) -> str:
        return str(Feeds().get_feed_document(document_id))


feed(Sdk())
