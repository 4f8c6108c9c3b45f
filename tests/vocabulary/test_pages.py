import pytest
from django.urls import reverse

from ifn.audit.models import Entry
from ifn.vocabulary.queries import lexicon
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.vocabulary import load_vocabulary, term

pytestmark = pytest.mark.django_db
LAST = ("value_chain_role", "CO_LAST")


@pytest.fixture
def officer(client):
    load_vocabulary()
    officer = OfficerFactory()
    client.force_login(officer)
    return officer


def at(name, *words):
    return reverse(f"vocabulary:{name}", args=words)


def post(client, name, **values):
    return client.post(at(name, *LAST), values, follow=True)


def test_the_list_shows_one_vocabulary_in_order(client, officer, language):
    page = client.get(at("list"), {"kosakata": "unit"}).content.decode()

    assert page.count("<tr>") == 1 + 7
    assert page.index("Kodi (20 pasang)") < page.index("Lusin (12)")
    assert 'lang="en">Dozen' in page


@pytest.mark.parametrize(
    ("words", "code"), [("klebut", "CO_LAST"), ("KLEBUT ", "CO_LAST"), ("thong", "FLIPFLOP")]
)
def test_a_word_is_found_in_any_vocabulary(client, officer, words, code):
    page = client.get(at("list"), {"q": words}).content.decode()

    assert f"<td>{code}</td>" in page


@pytest.mark.parametrize(
    "question",
    [{"q": "zzz"}, {"kosakata": "nonsense", "q": "zzz"}, {"q": "\x00" * 10_000 + "zzz"}],
)
def test_odd_questions_are_answered(client, officer, question):
    assert client.get(at("list"), question).status_code == 200


def test_the_list_costs_the_same_however_many_terms(client, officer, django_assert_num_queries):
    client.get(at("list"))
    for question in [{"kosakata": "unit"}, {"q": "a"}]:
        with django_assert_num_queries(
            3
        ):  # session with person and duties, edition, unread notices
            client.get(at("list"), question)


def test_names_are_changed(client, officer):
    page = post(client, "edit", name_id="Pembuat acuan", name_en="Last maker")

    assert "Pembuat acuan" in page.content.decode()
    assert lexicon().get(*LAST).name_id == "Pembuat acuan"
    assert Entry.objects.get(event="vocabulary.term.renamed").actor == officer


@pytest.mark.parametrize("name", ["", "—", "x" * 201])
def test_names_that_cannot_be_are_refused_beside_the_field(client, officer, name):
    page = post(client, "edit", name_id=name, name_en="Last maker").content.decode()

    assert "error-summary" in page
    assert lexicon().get(*LAST).name_id == "Produsen acuan (shoe last)"


def test_a_word_is_added_and_removed(client, officer):
    post(client, "add-synonym", text="leest", language="id")
    assert lexicon().meanings("leest") == (LAST,)

    post(client, "remove-synonym", text="leest", language="id")
    assert lexicon().meanings("leest") == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [("klebut", "id"), ("", "id"), ("...", "id"), ("x" * 101, "id"), ("leest", "fr")],
)
def test_a_word_that_cannot_be_is_refused(client, officer, text, language):
    page = post(client, "add-synonym", text=text, language=language)

    assert page.status_code == 200
    assert "error-summary" in page.content.decode()
    assert not Entry.objects.filter(event="vocabulary.synonym.added").exists()


def test_removing_a_word_twice_is_harmless(client, officer):
    for _ in range(2):
        page = post(client, "remove-synonym", text="klebut", language="id")

    assert page.status_code == 200
    assert Entry.objects.filter(event="vocabulary.synonym.removed").count() == 1


def test_a_term_goes_out_of_use_and_back(client, officer):
    post(client, "set-active", is_active="no")
    assert not term(*LAST).is_active

    post(client, "set-active", is_active="yes")
    assert term(*LAST).is_active
    assert client.post(at("set-active", *LAST), {"is_active": "?"}).status_code == 400


def test_a_term_that_is_not_there_is_not_found(client, officer):
    assert client.get(at("edit", "unit", "GROSS")).status_code == 404


def test_a_word_with_markup_is_shown_as_text(client, officer):
    post(client, "add-synonym", text="<b>leest</b>", language="id")

    page = client.get(at("edit", *LAST)).content.decode()

    assert "<b>leest</b>" not in page
    assert "&lt;b&gt;leest&lt;/b&gt;" in page


@pytest.mark.parametrize("name", ["list", "edit", "add-synonym", "remove-synonym", "set-active"])
def test_only_staff_may_work_on_words(client, name):
    load_vocabulary()
    words = () if name == "list" else LAST

    visitor = client.get(at(name, *words))
    client.force_login(UserFactory())
    member = client.get(at(name, *words))

    assert (visitor.status_code, member.status_code) == (302, 403)
