"""What happens to the files that sellers hand in."""

from __future__ import annotations

from sellingpartner.storage.events import Event


class FileUploaded(Event):
    """The bytes that an upload destination was made for have come."""

    upload_destination_id: str
    resource: str
    size: int
