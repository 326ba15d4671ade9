"""What is sent is cut off at its limit while it comes in, before it fills a disk."""

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from community.media.domain.pictures import MOST_BYTES


class Bounded(FileUploadHandler):
    """First in FILE_UPLOAD_HANDLERS: a request's files together hold at most MOST_BYTES.

    What comes after is read and dropped; the view finds no file in the request.
    """

    taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 the handler's contract
        self.taken += len(raw_data)
        if self.taken > MOST_BYTES:
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one keep the file."""
