import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import bad_request, permission_denied, server_error


def test_missing_page_offers_a_search_in_the_visitors_language(client):
    indonesian = client.get("/tidak-ada")
    english = client.get("/en/nowhere")

    assert indonesian.status_code == english.status_code == 404
    assert "Halaman ini tidak ada" in indonesian.content.decode()
    assert 'action="/direktori"' in indonesian.content.decode()
    assert "This page is not here" in english.content.decode()
    assert 'action="/en/direktori"' in english.content.decode()
    assert 'rel="canonical"' not in english.content.decode()


def test_forbidden_page_tells_a_visitor_to_sign_in():
    request = RequestFactory().get("/kerja")
    request.user = AnonymousUser()

    page = permission_denied(request, PermissionDenied())

    assert page.status_code == 403
    assert "Masuklah dengan akun yang berhak melihatnya." in page.content.decode()


def test_expired_form_says_how_to_go_on():
    client = Client(enforce_csrf_checks=True)

    page = client.post("/masuk")

    assert page.status_code == 403
    assert "Formulir sudah kedaluwarsa" in page.content.decode()


def test_what_is_too_large_is_refused_unread_even_without_the_forms_token():
    class Unread(io.RawIOBase):
        def readinto(self, _buffer):
            raise AssertionError

    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32

    def sent(length):
        return client.generic(
            "POST",
            "/en/",
            CONTENT_TYPE="multipart/form-data; boundary=x",
            CONTENT_LENGTH=length,
            **{"wsgi.input": Unread()},
        )

    refused = sent(str(26 * 1024 * 1024 + 1))

    assert refused.status_code == 413
    assert "At most 25 MB can be sent at once" in refused.content.decode()
    assert refused["Content-Security-Policy"]
    for length in ("", "0", "nonsense"):
        assert sent(length).status_code == 403
    with pytest.raises(AssertionError):
        sent(str(26 * 1024 * 1024))


@pytest.mark.parametrize(
    "view", [server_error, lambda request: bad_request(request, SuspiciousOperation())]
)
def test_plain_error_pages_speak_both_languages_and_link_onwards(view):
    page = view(RequestFactory().get("/")).content.decode()

    assert 'action="/direktori"' in page
    assert '<section class="stack" lang="en">' in page


def test_server_error_page_needs_no_static_manifest(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "ifn.ui.storage.StaticFilesStorage"}
    }

    page = render_to_string("500.html")

    assert "Terjadi gangguan di pihak kami" in page
    assert "stylesheet" not in page
