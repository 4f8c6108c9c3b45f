from http import HTTPStatus

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import include, path

from ifn.accounts import access
from ifn.accounts.models import User
from tests.factories.accounts import SECURED_AT, UserFactory


def view(request):
    return HttpResponse("reached")


def closed(request):
    return HttpResponse("reached")


urlpatterns = [path("tertutup", closed), path("", include("ifn.accounts.urls"))]

ROLES = ["visitor", "member", "officer", "administrator"]


@pytest.mark.parametrize(
    ("guard", "admitted"),
    [
        (access.members, {"member", "officer", "administrator"}),
        (access.staff, {"officer", "administrator"}),
        (access.administrators, {"administrator"}),
    ],
)
@pytest.mark.parametrize("role", ROLES)
def test_guards_admit_by_role(rf, guard, admitted, role):
    request = rf.get("/")
    request.user = AnonymousUser() if role == "visitor" else User(role=role, secured_at=SECURED_AT)

    if role in admitted:
        assert guard(view)(request).content == b"reached"
    else:
        with pytest.raises(PermissionDenied):
            guard(view)(request)


def test_require_turns_a_no_into_a_refusal():
    access.require(True)

    with pytest.raises(PermissionDenied):
        access.require(False)


@pytest.mark.urls(__name__)
class TestGate:
    def test_a_visitor_is_asked_to_sign_in_and_led_back(self, client):
        answer = client.get("/tertutup?halaman=2&q=sol+karet")

        assert answer.status_code == HTTPStatus.FOUND
        assert answer["Location"] == "/masuk?next=/tertutup%3Fhalaman%3D2%26q%3Dsol%2Bkaret"

    def test_a_form_leads_back_to_its_page(self, client):
        answer = client.post("/tertutup", headers={"referer": "http://testserver/formulir?a=1"})

        assert answer["Location"] == "/masuk?next=/formulir%3Fa%3D1"

    def test_a_form_without_page_leads_nowhere(self, client):
        assert client.post("/tertutup")["Location"] == "/masuk"

    def test_a_part_of_a_page_leaves_the_page(self, client):
        answer = client.get(
            "/tertutup",
            headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/direktori?q=sol"},
        )

        assert answer.status_code == HTTPStatus.OK
        assert answer["HX-Redirect"] == "/masuk?next=/direktori%3Fq%3Dsol"
        assert answer.content == b""

    @pytest.mark.django_db
    def test_a_closed_account_is_out_with_the_next_page(self, client):
        person = UserFactory()
        client.force_login(person)
        assert client.get("/tertutup").content == b"reached"

        User.objects.update(is_active=False)

        assert client.get("/tertutup").status_code == HTTPStatus.FOUND
