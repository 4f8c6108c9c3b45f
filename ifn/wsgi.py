"""The platform as a WSGI application."""

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ifn.settings")

#: The server's own threads come and go and would leave their database connections open; these stay.
THREADS = 4
threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")
django_application = get_wsgi_application()


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer a request on one of our own threads."""
    return threads.submit(django_application, environ, start_response).result()
