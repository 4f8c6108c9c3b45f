import re

import pytest
from django.middleware.csrf import get_token
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from ifn.accounts.models import User
from ifn.ui import shell
from ifn.ui.context import without_language
from ifn.ui.views import gallery


def text(response):
    return response.content.decode()


def test_page_names_its_address_in_each_language(client):
    page = text(client.get("/en/direktori?peran=produksi"))

    assert '<html lang="en">' in page
    assert '<link rel="canonical" href="https://ifn.example/en/direktori">' in page
    assert '<link rel="alternate" hreflang="id" href="https://ifn.example/direktori">' in page
    assert '<link rel="alternate" hreflang="en" href="https://ifn.example/en/direktori">' in page
    assert (
        '<link rel="alternate" hreflang="x-default" href="https://ifn.example/direktori">' in page
    )


def test_language_switch_stays_on_the_page_with_its_filters(client):
    indonesian = text(client.get("/direktori?peran=produksi&q=sol"))
    english = text(client.get("/en/direktori?peran=produksi&q=sol"))

    assert 'href="/en/direktori?peran=produksi&amp;q=sol"' in indonesian
    assert 'href="/direktori?peran=produksi&amp;q=sol"' in english


def test_page_speaks_indonesian_by_default_and_english_on_request(client):
    assert "Langsung ke isi" in text(client.get("/"))
    assert "Skip to the content" in text(client.get("/en/"))


def test_navigation_marks_the_section_and_only_that(client):
    page = text(client.get("/direktori"))

    assert 'href="/direktori" aria-current="page"' in page
    assert 'href="/tentang" aria-current' not in page
    assert 'href="/" aria-current' not in page


def test_a_query_cannot_leave_its_attribute(client):
    page = text(client.get('/direktori?q="><script>alert(1)</script>'))

    assert "<script>alert" not in page


def test_a_query_cannot_fetch_the_token_or_the_name_into_a_link(rf):
    request = rf.get("/direktori", QUERY_STRING="q=[[csrf]][[name]][[nothing]]")
    request.user = User(name="Rina [[csrf]]", role=User.Role.OFFICER)

    head = shell.header(request)

    assert 'href="/en/direktori?q=[[csrf]][[name]][[nothing]]"' in head
    assert "<b>Rina [[csrf]]</b>" in head
    assert head.count(get_token(request)) == 0  # masked anew each time
    assert head.count('name="csrfmiddlewaretoken" value="[[') == 0
    assert len(re.findall(r'value="[A-Za-z0-9]{64}"', head)) == 1


def test_chosen_theme_comes_with_the_page_and_nonsense_does_not(client):
    client.cookies["theme"] = "dark"
    assert '<html lang="id" data-theme="dark">' in text(client.get("/"))

    client.cookies["theme"] = '"onload="x'
    assert '<html lang="id">' in text(client.get("/"))


def test_page_has_no_inline_style_or_script(client):
    page = text(client.get("/ui/"))

    assert "style=" not in page
    assert "<style" not in page
    assert page.count("<script") == 1
    assert "<script>" not in page


def header_for(user, path="/"):
    request = RequestFactory().get(path)
    request.user = user
    with translation.override("en"):
        return shell.header(request)


def test_header_offers_a_sign_in_to_visitors_only(client):
    visitor = text(client.get("/en/"))
    member = header_for(User(name="Sri", role=User.Role.MEMBER))

    assert 'href="/en/masuk"' in visitor
    assert "masuk" not in member
    assert 'action="/en/keluar"' in member


def test_header_shows_staff_their_work_and_members_not():
    officer = header_for(User(name="Rina", role=User.Role.OFFICER))
    member = header_for(User(name="Sri", role=User.Role.MEMBER))

    assert 'href="/en/kerja/direktori"' in officer
    assert "kerja" not in member


def test_each_person_sees_their_own_name_and_token():
    first = header_for(User(name="<b>Sri</b> [[csrf]]"))
    second = header_for(User(name="Budi"))

    assert "<b>&lt;b&gt;Sri&lt;/b&gt; [[csrf]]</b>" in first
    assert "Budi" in second
    assert "Sri" not in second
    assert 'value="[[csrf]]"' not in second


def test_title_and_description_serve_search_engines_and_shares_alike():
    page = Template(
        '{% document_title %}{{ name }} "x"{% enddocument_title %}'
        "{% document_description %}  {{ name }}\n  kulit {% enddocument_description %}"
    ).render(Context({"name": "Sol & <Co>"}))

    assert "<title>Sol &amp; &lt;Co&gt; &quot;x&quot;</title>" in page
    assert '<meta property="og:title" content="Sol &amp; &lt;Co&gt; &quot;x&quot;">' in page
    assert '<meta name="description" content="Sol &amp; &lt;Co&gt; kulit">' in page


def test_a_page_without_description_claims_none():
    assert (
        Template("{% document_description %} {% enddocument_description %}").render(Context()) == ""
    )


@pytest.mark.parametrize(
    ("path", "bare"),
    [("/", "/"), ("/en/", "/"), ("/en", "/"), ("/en/direktori", "/direktori"), ("/enak", "/enak")],
)
def test_language_prefix_comes_off_whole_words_only(path, bare):
    assert without_language(path) == bare


def test_gallery_says_whom_it_is_for():
    assert gallery.access == "staff"


def test_gallery_shows_every_icon_and_every_component_in_both_languages(client):
    for language in ("id", "en"):
        with translation.override(language):
            page = text(client.get(reverse("ui:gallery")))
        assert page.count('class="icon-sheet"') == 1
        assert page.count("data-specimen=") >= 14
        assert '<p class="error">' in page


def test_shared_links_show_a_picture_with_its_full_address(client):
    assert 'property="og:image" content="https://ifn.example/static/ui/share' in text(
        client.get("/")
    )
    own = Template('{% share_picture "/media/a.jpg" alt=name %}').render(Context({"name": '"Sol"'}))
    assert 'content="https://ifn.example/media/a.jpg"' in own
    assert 'content="&quot;Sol&quot;"' in own
