import gettext
import textwrap

import polib
import pytest

from tools import catalogues, sources
from tools.catalogues import Message


@pytest.fixture
def root(tmp_path):
    """A project with one room that says things in every way there is."""
    shop = tmp_path / "ifn" / "shop"
    (shop / "templates" / "shop").mkdir(parents=True)
    (shop / "migrations").mkdir()
    (shop / "__init__.py").write_text("")
    (shop / "migrations" / "0001.py").write_text('_("not said to anybody")\n')
    (shop / "views.py").write_text(
        textwrap.dedent("""
            NAME = gettext_lazy("Shoe")
            def f(n):
                _("Hello %(name)s") % {"name": n}
                ngettext("%(n)d pair", "%(n)d pairs", n)
                pgettext("of a shoe", "Last")
                return f"{_('Inside')}"
        """)
    )
    (shop / "templates" / "shop" / "page.html").write_text(
        textwrap.dedent("""
            {% load i18n %}<p title="{% translate "Title" %}">100% don't</p>
                {# odd indentation #}
              {% blocktranslate trimmed count n=n %}
                 One {{ kind }}
              {% plural %}
                 {{ n }} {{ kind }}
              {% endblocktranslate %}
            {{ _("Constant") }} {% translate "Last" context "of a queue" %}
        """)
    )
    return tmp_path


WANTED = {
    Message("Shoe"),
    Message("Hello %(name)s"),
    Message("%(n)d pair", "%(n)d pairs"),
    Message("Last", None, "of a shoe"),
    Message("Inside"),
    Message("Title"),
    Message("One %(kind)s", "%(n)s %(kind)s"),
    Message("Constant"),
    Message("Last", None, "of a queue"),
}


def app(root):
    return root / "ifn" / "shop"


def write(root, **translations):
    """Extract, and translate the messages given by their English text."""
    catalogues.merge(app(root), sources.messages(root, app(root)))
    path = catalogues.catalogue_of(app(root))
    file = polib.pofile(str(path))
    for entry in file:
        text = translations.get(entry.msgid, f"id {entry.msgid_plural or entry.msgid}")
        if entry.msgid_plural:
            entry.msgstr_plural = {0: text}
        else:
            entry.msgstr = text
    file.save()
    return path


def faults(root):
    return list(catalogues.faults(app(root), sources.messages(root, app(root))))


def test_every_way_of_saying_something_is_found(root):
    found = sources.messages(root, app(root))

    assert set(found) == WANTED
    assert found[Message("Title")] == {"ifn/shop/templates/shop/page.html"}


def test_extraction_keeps_translations_and_drops_what_nobody_says(root):
    path = write(root, Shoe="Sepatu")
    (app(root) / "views.py").write_text('_("Shoe")\n_("Sole")\n')

    changed = catalogues.merge(app(root), sources.messages(root, app(root)))

    entries = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))}
    assert changed
    assert entries["Shoe"] == "Sepatu"
    assert entries["Sole"] == ""
    assert "Inside" not in entries
    assert list(entries) == sorted(entries)


def test_extraction_twice_changes_nothing(root):
    write(root)
    found = sources.messages(root, app(root))
    catalogues.merge(app(root), found)

    assert not catalogues.merge(app(root), found)


def test_a_complete_catalogue_has_no_fault(root):
    write(root)

    assert faults(root) == []


def test_no_catalogue_is_a_fault_for_every_message(root):
    assert len(faults(root)) == len(WANTED)


@pytest.mark.parametrize(
    ("english", "indonesian", "fault"),
    [
        ("Shoe", "", "not translated"),
        ("Shoe", "  ", "not translated"),
        ("Hello %(name)s", "Halo", "placeholders differ"),
        ("Hello %(name)s", "Halo %(nama)s", "placeholders differ"),
        ("%(n)d pair", "pasang", "placeholders differ"),
        ("Shoe", "Sepatu\n", "line break"),
    ],
)
def test_a_bad_translation_is_a_fault(root, english, indonesian, fault):
    write(root, **{english: indonesian})

    assert len(faults(root)) == 1
    assert fault in faults(root)[0]


def test_fuzzy_and_obsolete_translations_are_faults(root):
    path = write(root)
    file = polib.pofile(str(path))
    file[0].flags.append("fuzzy")
    file.append(polib.POEntry(msgid="Nobody says this", msgstr="Tidak ada"))
    file.save()

    found = faults(root)

    assert len(found) == 2
    assert "fuzzy" in found[0]
    assert "not in the sources" in found[1]


def test_a_message_that_changed_is_a_fault(root):
    write(root)
    views = app(root) / "views.py"
    views.write_text(views.read_text().replace("Shoe", "Boot"))

    assert len(faults(root)) == 2


def test_two_apps_must_agree_on_a_translation(root):
    write(root, Shoe="Sepatu")
    other = root / "ifn" / "other"
    other.mkdir()
    catalogues.merge(other, {Message("Shoe"): {"x"}, Message("Title"): {"x"}})
    assert list(catalogues.conflicts(root)) == []

    path = catalogues.catalogue_of(other)
    path.write_text(path.read_text().replace('"Shoe"\nmsgstr ""', '"Shoe"\nmsgstr "Alas kaki"'))

    assert len(list(catalogues.conflicts(root))) == 1


def test_what_django_says_otherwise_is_found(root):
    (app(root) / "views.py").write_text('_("user")\n')
    write(root, user="orang")

    (fault,) = catalogues.conflicts(root)

    assert "django.contrib.auth says 'pengguna'" in fault


def test_a_block_over_lines_has_to_be_trimmed(root):
    page = app(root) / "templates" / "shop" / "page.html"
    assert list(sources.untrimmed(root)) == []

    page.write_text("<p>\n{% blocktranslate %}\n one\n{% endblocktranslate %}")

    assert [line.split(":")[1] for line in sources.untrimmed(root)] == ["2"]


def test_two_plurals_of_one_text_cannot_both_be_right(root):
    (app(root) / "forms.py").write_text('ngettext("%(n)d pair", "%(n)d of them", n)\n')

    with pytest.raises(ValueError, match="two plurals"):
        sources.messages(root, app(root))


def test_compiled_catalogues_are_read_by_gettext_and_only_made_anew_when_needed(root):
    path = write(root, Shoe="Sepatu")

    assert catalogues.compile_catalogues(root) == 1
    assert catalogues.compile_catalogues(root) == 0

    with path.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Shoe") == "Sepatu"
    assert [each.name for each in path.parent.iterdir() if each.suffix not in {".po", ".mo"}] == []
