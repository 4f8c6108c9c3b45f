"""Requests through the whole application, without a socket."""

import io
import sys
from typing import Any, NamedTuple


class Form(NamedTuple):
    """A form that somebody sends who is signed in."""

    path: str
    body: str
    cookies: str


class Page(NamedTuple):
    """A page that somebody asks for who is signed in."""

    address: str
    cookies: str


def ask(app: Any, wanted: str | Form | Page) -> int:
    """Send one request through the whole application, without a socket, and return the status."""
    answered: list[str] = []
    environ = {
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    if isinstance(wanted, Form):
        body = wanted.body.encode()
        environ |= {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": wanted.path,
            "QUERY_STRING": "",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_COOKIE": wanted.cookies,
            "wsgi.input": io.BytesIO(body),
        }
    else:
        address = wanted.address if isinstance(wanted, Page) else wanted
        if isinstance(wanted, Page):
            environ["HTTP_COOKIE"] = wanted.cookies
        path, _, query = address.partition("?")
        environ |= {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
    response = app(environ, lambda status, _headers: answered.append(status))
    for _part in response:
        pass
    response.close()
    return int(answered[0].split()[0])
