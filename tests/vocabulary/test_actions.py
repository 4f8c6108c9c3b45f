import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

from ifn.accounts.models import User
from ifn.audit.models import Entry
from ifn.regions.models import Edition
from ifn.regions.shipped import Loaded
from ifn.vocabulary import actions
from ifn.vocabulary.models import Synonym, Term
from ifn.vocabulary.queries import lexicon
from tests.factories.vocabulary import load_vocabulary, term

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return User.objects.create(
        name="Ratna", email="ratna@example.org", role=User.Role.OFFICER, joined_at=AT
    )


@pytest.fixture
def shipped(tmp_path):
    """Return a function that loads the shipped file after a change to it."""
    content = json.loads(actions.SHIPPED.read_text(encoding="utf-8"))

    def load(change):
        change(content["taxonomies"])
        path = tmp_path / "vocabulary.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        return actions.load_shipped(at=AT, path=path)

    return load


def node(taxonomies, vocabulary, code):
    return next(one for one in taxonomies[vocabulary]["nodes"] if one["code"] == code)


def words(found, language="id"):
    return list(
        found.synonyms.filter(language=language).order_by("pk").values_list("text", flat=True)
    )


def test_the_shipped_file_is_loaded_whole():
    loaded = load_vocabulary()

    assert loaded == Loaded(created=361)
    last_maker = term("value_chain_role", "CO_LAST")
    assert (last_maker.parent.code, last_maker.position) == ("CO", 16)
    assert words(last_maker) == ["acuan", "klebut", "lis", "cetakan kaki"]
    assert term("cluster", "CIBADUYUT").region_id == "32.73"
    assert not Term.objects.filter(vocabulary="cluster", region=None).exists()


def test_a_second_load_writes_nothing(django_assert_num_queries):
    load_vocabulary()
    stamp = Edition.objects.get(pk="vocabulary").stamp

    with django_assert_num_queries(5):  # savepoint, regions, terms, synonyms, release
        again = actions.load_shipped(at=AT)

    assert again == Loaded()
    assert Edition.objects.get(pk="vocabulary").stamp == stamp


def test_a_renamed_term_keeps_its_name_when_the_file_changes(officer, shipped):
    load_vocabulary()
    actions.rename_term(
        term("product_type", "SNEAKER"), name_id="Kets", name_en="Sneakers", actor=officer, at=AT
    )

    def change(taxonomies):
        sneaker = node(taxonomies, "product_type", "SNEAKER")
        sneaker["name_id"], sneaker["name_en"] = "Sneaker", "Trainers"

    loaded = shipped(change)

    assert loaded == Loaded(updated=1, kept_edits=2)
    assert term("product_type", "SNEAKER").name_id == "Kets"
    assert term("product_type", "SNEAKER").name_en == "Sneakers"


def test_synonyms_follow_the_file_and_keep_what_was_added_or_removed_here(officer, shipped):
    load_vocabulary()
    last_maker = term("value_chain_role", "CO_LAST")
    actions.add_synonym(last_maker, language="id", text="leest", actor=officer, at=AT)
    actions.remove_synonym(last_maker, language="id", text="lis", actor=officer, at=AT)

    def change(taxonomies):
        texts = node(taxonomies, "value_chain_role", "CO_LAST")["synonyms_id"]
        texts.remove("acuan")
        texts.append("cetakan sepatu")

    loaded = shipped(change)

    assert words(last_maker) == ["klebut", "cetakan kaki", "leest", "cetakan sepatu"]
    assert loaded == Loaded(updated=1, kept_edits=1)


def test_a_term_gone_from_the_file_goes_out_of_use_and_comes_back(shipped):
    load_vocabulary()
    kept = []

    def without_clog(taxonomies):
        nodes = taxonomies["product_type"]["nodes"]
        kept.append(node(taxonomies, "product_type", "CLOG"))
        nodes.remove(kept[0])

    gone = shipped(without_clog)
    out_of_use = term("product_type", "CLOG").is_active
    again = shipped(lambda _: None)
    back = shipped(lambda taxonomies: taxonomies["product_type"]["nodes"].append(kept[0]))

    assert (gone.retired, out_of_use) == (1, False)
    assert again == Loaded()
    assert (back.updated > 0, term("product_type", "CLOG").is_active) == (True, True)


def test_a_term_taken_out_of_use_here_stays_out_of_use(officer, shipped):
    load_vocabulary()
    actions.set_active(term("material", "COW"), is_active=False, actor=officer, at=AT)

    def change(taxonomies):
        node(taxonomies, "material", "COW")["name_en"] = "Cow leather"

    shipped(change)

    cow = term("material", "COW")
    assert (cow.is_active, cow.name_en) == (False, "Cow leather")
    assert all(word.code != "COW" for word in lexicon().of("material"))


def test_renaming_is_recorded_and_seen_at_once(officer):
    load_vocabulary()
    assert lexicon().get("product_type", "BOOT").name_in("id") == "Bot"

    boot = actions.rename_term(
        term("product_type", "BOOT"),
        name_id="  Sepatu   bot ",
        name_en="Boots",
        actor=officer,
        at=AT,
    )

    assert lexicon().get("product_type", "BOOT").name_in("id") == "Sepatu bot"
    entry = Entry.objects.get(event="vocabulary.term.renamed")
    assert entry.changes == {"name_id": ["Bot", "Sepatu bot"]}
    assert (entry.actor, boot.name_id) == (officer, "Sepatu bot")


def test_renaming_to_the_same_names_changes_nothing(officer):
    load_vocabulary()

    actions.rename_term(
        term("product_type", "BOOT"), name_id="Bot", name_en="Boots", actor=officer, at=AT
    )

    assert not Entry.objects.filter(event="vocabulary.term.renamed").exists()


@pytest.mark.parametrize("name", ["", "   ", "—", "\u200b"])
def test_a_name_needs_a_letter(officer, name):
    load_vocabulary()

    with pytest.raises(actions.WordEmpty):
        actions.rename_term(
            term("product_type", "BOOT"), name_id=name, name_en="Boots", actor=officer, at=AT
        )

    assert term("product_type", "BOOT").name_id == "Bot"


@pytest.mark.parametrize("text", ["klebut", "Klebut", " KLEBUT "])
def test_a_word_is_added_once(officer, text):
    load_vocabulary()
    before = Synonym.objects.count()

    with pytest.raises(actions.SynonymKnown):
        actions.add_synonym(
            term("value_chain_role", "CO_LAST"), language="id", text=text, actor=officer, at=AT
        )

    assert Synonym.objects.count() == before


def test_an_added_word_leads_to_the_term(officer):
    load_vocabulary()
    assert lexicon().meanings("leest") == ()

    actions.add_synonym(
        term("value_chain_role", "CO_LAST"), language="id", text="Leest", actor=officer, at=AT
    )

    assert lexicon().meanings("LEEST") == (("value_chain_role", "CO_LAST"),)


def test_a_word_that_is_not_there_cannot_be_removed(officer):
    load_vocabulary()

    with pytest.raises(actions.NoSuchSynonym):
        actions.remove_synonym(
            term("value_chain_role", "CO_LAST"), language="en", text="klebut", actor=officer, at=AT
        )


def test_the_command_loads_both_and_says_so():
    first, second = StringIO(), StringIO()

    with translation.override("en"):
        call_command("reference", stdout=first)
        call_command("reference", stdout=second)

    assert "Regions: 552 new" in first.getvalue()
    assert "Vocabulary: 361 new" in first.getvalue()
    assert second.getvalue() == "Regions: up to date.\nVocabulary: up to date.\n"
