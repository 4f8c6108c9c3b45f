import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from ifn.ui import icons, listing, pieces
from ifn.ui.numbers import readable


def show(template, **values):
    with translation.override("en"):
        return Template(template).render(Context(values))


def test_card_puts_slots_and_body_in_their_places():
    card = show(
        '{% card title=name href="/usaha/x" place="Mojokerto" %}'
        "{% slot picture %}<i>foto</i>{% endslot %}<p>isi</p>{% endcard %}",
        name="Sol & Co",
    )

    assert card.index("<i>foto</i>") < card.index("Sol &amp; Co") < card.index("<p>isi</p>")
    assert '<a class="card-link" href="/usaha/x">' in card


def test_values_from_people_are_escaped_in_every_component():
    evil = "<script>x</script>"
    templates = [
        "{% card title=evil %}{{ evil }}{% endcard %}",
        "{% panel title=evil %}{% endpanel %}",
        "{% notice title=evil %}{{ evil }}{% endnotice %}",
        "{% badge evil tone=evil %}{% chip evil href=evil %}{% pill evil evil %}{% avatar evil %}",
        "{% button evil name=evil %}{% link_button evil evil %}",
        "{% decide items %}{% facts items %}{% definitions items %}",
        "{% figure_key value=evil label=evil source=evil %}{% picture src=evil alt=evil %}",
        "{% icon 'pin' label=evil %}{% sparkline numbers label=evil %}",
        "{% explain evil id=evil %}{{ evil }}{% endexplain %}",
        "{% search_box action=evil value=evil placeholder=evil %}",
    ]

    for template in templates:
        assert "<script" not in show(template, evil=evil, items=[(evil, evil)], numbers=[1, 2])


def test_unknown_property_is_an_error_and_not_a_silence():
    with pytest.raises(TemplateSyntaxError, match="card does not know colour"):
        Template('{% card colour="red" %}{% endcard %}')


def test_slot_needs_a_name():
    with pytest.raises(TemplateSyntaxError, match="slot takes one name"):
        Template("{% card %}{% slot %}{% endslot %}{% endcard %}")


def test_component_sees_its_own_values_only():
    panel = show("{% panel %}{{ word }}{% endpanel %}", word="seen", title="of the page")

    assert "seen" in panel
    assert "of the page" not in panel


def test_button_takes_attributes_and_leaves_empty_ones_out():
    button = show(
        '{% button "Go" kind="quiet" popovertarget="menu" disabled=off name="" %}', off=False
    )

    assert 'type="submit"' in button
    assert 'data-kind="quiet"' in button
    assert 'popovertarget="menu"' in button
    assert "disabled" not in button
    assert "name" not in button


def test_decide_says_when_nothing_is_known():
    assert '<dd class="none">not stated</dd>' in show("{% decide items %}", items=[("MOQ", "")])


def test_picture_has_dimensions_and_a_stand_in():
    with_one = show(
        '{% picture src="/a.jpg" alt="Boot" width=800 height=600 webp="/a.webp 400w" %}'
    )
    without = show("{% picture %}")

    assert 'width="800" height="600"' in with_one
    assert 'loading="lazy"' in with_one
    assert '<source type="image/webp" srcset="/a.webp 400w">' in with_one
    assert 'data-state="empty"' in without


def test_every_icon_is_decoration_unless_it_is_named():
    for name in icons.SHAPES:
        assert 'aria-hidden="true"' in icons.icon(name)
    assert 'role="img" aria-label="Place"' in icons.icon("pin", "Place")


def test_pagination_keeps_the_filters_and_names_its_pages():
    request = RequestFactory().get("/direktori?peran=produksi&page=2")
    pages = Paginator(range(100), 10).page(2)

    links = show("{% pagination pages %}", request=request, pages=pages)

    assert 'rel="prev" href="?peran=produksi"' in links
    assert 'rel="next" href="?peran=produksi&amp;page=3"' in links
    assert '<span aria-current="page">2</span>' in links
    assert 'aria-label="Page 10"' in links


def test_one_page_needs_no_links():
    assert listing.pagination(1, 1, QueryDict()) == ""


@pytest.mark.parametrize(
    ("number", "last", "shown"),
    [
        (1, 2, [1, 2]),
        (1, 9, [1, 2, None, 9]),
        (3, 5, [1, 2, 3, 4, 5]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_pagination_shows_the_ends_and_the_neighbours(number, last, shown):
    assert listing.shown_pages(number, last) == shown


def test_address_with_replaces_and_removes():
    query = QueryDict("peran=a&peran=b&q=sol&page=4")

    assert listing.query_with(query, {"page": "", "q": "acuan"}) == "?peran=a&peran=b&q=acuan"
    assert listing.query_with(query, {"peran": ["b"], "page": None, "q": ""}) == "?peran=b"
    assert listing.query_with(QueryDict("q=x"), {"q": ""}) == "?"


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (0, "0", "0"),
        (1250, "1.250", "1,250"),
        (1250.5, "1.250,5", "1,250.5"),
        (-3, "-3", "-3"),
        (0.004, "0", "0"),
        (100, "100", "100"),
    ],
)
def test_numbers_read_as_people_write_them(value, indonesian, english):
    with translation.override("id"):
        assert readable(value) == indonesian
    with translation.override("en"):
        assert readable(value) == english


def test_quick_card_escapes_people_and_keeps_pieces():
    html = pieces.card(
        title="<Sol>",
        href="/usaha/x",
        place="Mojokerto & sekitarnya",
        badges=[pieces.badge("Diperiksa", "good", "shield-check")],
        facts=[("MOQ", "<40>")],
        shown=pieces.Picture("/a.webp", alt='"foto"', srcset="/b.webp 800w", sizes="50vw"),
    )

    assert '<a class="card-link" href="/usaha/x">&lt;Sol&gt;</a>' in html
    assert "<dt>MOQ</dt><dd>&lt;40&gt;</dd>" in html
    assert '<span class="badge" data-tone="good"><svg' in html
    assert 'alt="&quot;foto&quot;"' in html
    assert 'srcset="/b.webp 800w" sizes="50vw"' in html


def test_a_picture_seen_first_is_fetched_first():
    html = pieces.picture(pieces.Picture("/a.jpg", eager=True))

    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


def test_search_box_sends_the_other_filters_along():
    box = show("{% search_box action='/direktori' keep=kept %}", kept=[("peran", '"a"')])

    assert '<input type="hidden" name="peran" value="&quot;a&quot;">' in box
