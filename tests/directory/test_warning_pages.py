"""Before a profile is saved, whoever enters it sees what it may be already."""

from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import translation

from ifn.directory.models import Business
from ifn.directory.profile import ContactFact
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import MOJOKERTO, SIDOARJO, profile, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

NAME = "Sandal Ratna Kencana"
BEGUN = {"name": NAME, "kind": "business", "region": MOJOKERTO, "has_role": ["PR_IKM"]}
ENTERED = {
    "name": NAME,
    "kind": "business",
    "region": MOJOKERTO,
    "capacity_visibility": "nobody",
    "has_role": "PR_IKM",
}


def page(name, code="en"):
    with translation.override(code):
        return reverse(f"directory:{name}")


@pytest.fixture
def twin():
    return registered(profile(name=NAME, contacts=(ContactFact("phone", "+62321444555"),)))


@pytest.fixture
def member(client):
    client.force_login(UserFactory())


@pytest.fixture
def officer(client):
    client.force_login(OfficerFactory())


@pytest.mark.usefixtures("member")
@pytest.mark.parametrize(("code", "said"), [("id", "nama sama"), ("en", "the name is the same")])
def test_a_member_sees_likely_twins_before_anything_is_saved(client, twin, code, said):
    answer = client.post(page("begin", code), BEGUN)

    html = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert Business.objects.count() == 1
    with translation.override(code):
        assert f'href="{twin.get_absolute_url()}"' in html
    assert twin.public_number in html
    assert "Mojokerto" in html
    assert said in html
    assert f'value="{NAME}"' in html
    assert 'value="PR_IKM"' in html


@pytest.mark.usefixtures("member")
def test_a_member_says_that_none_is_theirs_and_goes_on(client, twin):
    asked = client.post(page("begin"), BEGUN).context["asked"]

    answer = client.post(page("begin"), BEGUN | {"dilihat": asked.seen})

    assert answer.status_code == HTTPStatus.FOUND
    assert Business.objects.filter(name=NAME, status="draft").count() == 1


@pytest.mark.usefixtures("member")
def test_another_name_is_asked_about_anew(client, twin):
    other = registered(profile(name="Tapak Suci Gemilang"))
    asked = client.post(page("begin"), BEGUN).context["asked"]

    answer = client.post(page("begin"), BEGUN | {"name": other.name, "dilihat": asked.seen})

    assert answer.context["asked"].seen == other.number
    assert Business.objects.count() == 2


@pytest.mark.usefixtures("member")
def test_who_is_like_nobody_is_asked_nothing(client, twin):
    answer = client.post(page("begin"), BEGUN | {"name": "Gunung Api Biru"})

    assert answer.status_code == HTTPStatus.FOUND


@pytest.mark.usefixtures("member")
def test_faults_come_first(client, twin):
    answer = client.post(page("begin"), BEGUN | {"region": ""})

    assert answer.context["asked"] is None
    assert "region" in answer.context["form"].errors


@pytest.mark.usefixtures("member")
def test_begun_twice_is_begun_once_beside_a_twin(client, twin):
    sent = BEGUN | {"dilihat": twin.number}

    first, again = (client.post(page("begin"), sent) for _click in range(2))

    assert first["Location"] == again["Location"]
    assert Business.objects.count() == 2


@pytest.mark.usefixtures("officer")
def test_an_officer_is_asked_and_nothing_typed_is_lost(client, twin):
    answer = client.post(page("new"), ENTERED | {"story_id": "Sejak 1998."})

    html = answer.content.decode()
    assert Business.objects.count() == 1
    assert twin.get_absolute_url() in html
    assert "Sejak 1998." in html


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(("button", "status"), [({}, "listed"), ({"draft": "1"}, "draft")])
def test_an_officer_goes_on_to_list_or_to_keep_a_draft(client, twin, button, status):
    client.post(page("new"), ENTERED | {"dilihat": twin.number} | button)

    assert Business.objects.get(name=NAME, status=status, pk__gt=twin.pk)


@pytest.mark.usefixtures("officer")
def test_a_hidden_contact_is_told_only_as_one_that_was_given(client, twin):
    sent = ENTERED | {"name": "Nama Lain Sekali", "region": SIDOARJO, "phone_value": "0321 444555"}

    answer = client.post(page("new"), sent)

    [one] = answer.context["asked"].likely
    assert (one.name, one.reasons) == (NAME, "it has a contact that you gave")
    assert "+62321444555" not in answer.content.decode()


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize("count", [1, 3])
def test_asking_costs_the_same_however_many_twins(client, django_assert_max_num_queries, count):
    for _number in range(count):
        registered(profile(name=NAME))
    client.post(page("new"), ENTERED)

    with django_assert_max_num_queries(17):
        answer = client.post(page("new"), ENTERED)

    assert len(answer.context["asked"].likely) == count
