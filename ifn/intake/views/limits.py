"""How much of an upload is read: no byte of a file that is too large, whatever it says it is."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

#: What the other fields of a form and the marks between them take, at most.
AROUND = 64 * 1024


class LimitedUpload(FileUploadHandler):
    """Stops reading a request when its file is larger than allowed; what was typed is read by then.

    ``is_too_large`` says so afterwards.
    """

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most = most
        self.is_too_large = False
        self._received = 0

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002  # the names are Django's
        META: Any,  # noqa: N803, ARG002
        content_length: int,
        boundary: Any,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        """Look at what the request says of its size, and read it as usual."""
        self.is_too_large = content_length > self.most + AROUND

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        """Pass a piece of the file on, or stop.

        Raises:
            StopUpload: The file is too large; the rest of the request is left unread.

        """
        self._received += len(raw_data)
        if self.is_too_large or self._received > self.most:
            self.is_too_large = True
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers behind this one."""
