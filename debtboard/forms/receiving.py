"""Files that are handed over: kept in a temporary file up to a limit, and only counted beyond it."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from scoring.readers.sarif import MAX_BYTES


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """The rest of a file that is too large is not written; its size is told, so that a form refuses it by that."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= MAX_BYTES:
            super().receive_data_chunk(raw_data, start)
