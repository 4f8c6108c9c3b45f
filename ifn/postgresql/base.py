"""The name and place where Django looks for a database engine."""

import select
from typing import Final

from django.db.backends.postgresql import base

#: What a socket shows when the server said something unasked, such as that it ends.
_NEWS: Final = select.POLLIN | select.POLLERR | select.POLLHUP | select.POLLNVAL


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is kept between requests.

    Django asks ``SELECT 1`` at the start of each request, which costs a page as much as one of its
    own questions. A server that ends a connection says so, or closes it, and that lies at the
    socket: where nothing does and nothing failed, the connection is taken to be alive.
    """

    def is_usable(self) -> bool:
        """Say whether the connection works; the server is asked only where that is in doubt."""
        if self.connection is not None and not self.errors_occurred and self._is_quiet():
            return True
        return super().is_usable()

    def _is_quiet(self) -> bool:
        if self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), _NEWS)
        return not poll.poll(0)
