import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate, now

from ifn.connections import actions
from ifn.connections.models import Match, Opportunity
from ifn.connections.opportunities import stillopen
from ifn.directory.models import Membership
from tests.factories.directory import AT, profile, registered
from tests.factories.opportunities import begun, opened, opened_today, owned, posted, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def soon():
    """What a test posts today, so that it is open while the test runs."""
    return {"at": now(), "today": localdate(), "deadline": localdate() + timedelta(days=45)}


def text(response):
    html = response.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_three_steps_lead_from_nothing_to_an_open_opportunity(client):
    business, owner = owned()
    directory_verified(business)
    client.force_login(owner)

    begin = client.post(
        "/saya/peluang/baru",
        {"business": business.number, "direction": "request", "kind": "CAPACITY_REQ"},
    )
    one = Opportunity.objects.get()
    assert begin["Location"] == reverse("connections:step", args=[one.number, "apa"])
    answer = client.post(
        begin["Location"], {"has_product": ["SNEAKER"], "has_role": ["PR_MAKLON"], "next": "1"}
    )
    answer = client.post(answer["Location"], {"amount": "25 kodi", "region": "35.16", "next": "1"})
    answer = client.post(answer["Location"], {"title_id": "Cari maklon", "close": "1"})
    answer = client.post(reverse("connections:post", args=[one.number]), {"version": "1"})

    one.refresh_from_db()
    assert (one.state, one.amount, one.title_id) == ("open", 25, "Cari maklon")
    assert client.get(answer["Location"]).status_code == HTTPStatus.OK


def directory_verified(business):
    from tests.factories.directory import verified  # noqa: PLC0415  # only here

    verified(business)


@pytest.mark.parametrize(
    ("key", "sent", "said"),
    [
        ("berapa", {"amount": "0", "unit": "PASANG"}, "paling sedikit 1"),
        ("berapa", {"amount": "1000000000", "unit": "PASANG"}, "1000000000"),
        ("berapa", {"amount": "banyak", "unit": "PASANG"}, "banyak"),
        ("berapa", {"amount": "50", "unit": "karung"}, "karung"),
        ("berapa", {"amount": "50"}, "dihitung"),
        ("berapa", {"deadline": "2020-01-01"}, "sudah lewat"),
        ("berapa", {"price_from": "9", "price_to": "5", "unit": "PASANG"}, "lebih rendah"),
        ("berapa", {"reach": "km", "region": "35.16"}, "kilometer"),
        ("kata", {"title_id": "", "title_en": ""}, "judul"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(client, key, sent, said):
    business, owner = owned()
    one = begun(business, owner)
    client.force_login(owner)
    address = reverse("connections:step", args=[one.number, key])

    page = client.post(address, {**sent, "next": "1"})

    assert page.status_code == HTTPStatus.OK
    assert said in text(page)
    for name, value in sent.items():
        if value and name not in {"unit", "reach", "region"}:
            assert f'value="{value}"' in page.content.decode()


def test_answers_are_saved_while_somebody_types(client):
    business, owner = owned()
    one = begun(business, owner)
    client.force_login(owner)
    address = reverse("connections:step", args=[one.number, "kata"])

    answer = client.post(address, {"title_id": "Setengah jad", "autosave": "1"})

    assert answer["Content-Type"].startswith("text/plain")
    assert "Setengah jad" in client.get(address).content.decode()


def test_whoever_lost_the_business_gets_their_words_back(client):
    business, owner = owned()
    one = begun(business, owner)
    Membership.objects.filter(person=owner).delete()
    client.force_login(owner)
    address = reverse("connections:step", args=[one.number, "kata"])

    page = client.post(address, {"title_id": "Sol karet", "next": "1"})

    assert page.status_code == HTTPStatus.FORBIDDEN
    assert "Sol karet" in text(page)


def test_posting_with_faults_leads_back_to_the_steps(client):
    business, owner = owned()
    one = begun(business, owner)
    client.force_login(owner)
    actions.save_answers(one, {"amount": ["x"]}, fields=["amount"], person=owner, at=AT)

    client.post(reverse("connections:post", args=[one.number]))

    one.refresh_from_db()
    assert one.state == "draft"
    page = client.get(reverse("connections:own", args=[one.number]))
    assert 'data-state="fault"' in page.content.decode()


def test_a_persons_own_are_listed_with_what_comes_next(client):
    business, owner = owned()
    posted(business, owner)
    client.force_login(owner)

    page = client.get("/saya/peluang")

    assert "Kantor" in text(page)
    assert "Cari maklon sneakers kulit" in text(page)


@pytest.mark.parametrize(
    ("deed", "state"), [("renew", "open"), ("fill", "filled"), ("withdraw", "withdrawn")]
)
def test_one_tap_changes_the_state_and_a_second_does_no_harm(client, soon, deed, state):
    business, owner = owned()
    one = opened(business, owner, **soon)
    client.force_login(owner)
    address = reverse("connections:change", args=[one.number])

    client.post(address, {deed: "1"})
    client.post(address, {deed: "1"})

    one.refresh_from_db()
    assert one.state == state


def test_a_link_asks_first_and_renews_on_the_tap(client):
    business, owner = owned()
    early = now() - timedelta(days=55)
    one = opened(business, owner, at=early, today=localdate(early), deadline=None)
    address = reverse("connections:still-open", args=[stillopen.token_for(one, localdate())])

    asked = client.get(address)
    one.refresh_from_db()
    assert one.expires_on == localdate(early) + timedelta(days=60)
    assert "Cari maklon" in text(asked)
    answer = client.post(address, {"renew": "1"}, follow=True)

    one.refresh_from_db()
    assert one.expires_on == localdate() + timedelta(days=60)
    assert answer.status_code == HTTPStatus.OK
    assert client.post(address, {"fill": "1"}).status_code == HTTPStatus.OK
    one.refresh_from_db()
    assert one.state == "open"


def test_a_link_says_that_somebody_was_found(client, soon):
    one = opened(**soon)
    address = reverse("connections:still-open", args=[stillopen.token_for(one, localdate())])

    client.post(address, {"fill": "1"})

    one.refresh_from_db()
    assert one.state == "filled"


@pytest.mark.parametrize(
    ("days", "damage", "status"), [(40, 0, HTTPStatus.GONE), (0, 3, HTTPStatus.NOT_FOUND)]
)
def test_links_that_are_old_or_damaged_say_so(client, soon, days, damage, status):
    one = opened(**soon)
    token = stillopen.token_for(one, localdate() - timedelta(days=days))

    page = client.get(reverse("connections:still-open", args=[token[: len(token) - damage]]))

    assert page.status_code == status


def test_files_are_added_shown_and_taken_away(client, soon):
    business, owner = owned()
    one = opened(business, owner, **soon)
    client.force_login(owner)
    address = reverse("connections:attachments", args=[one.number])
    paper = SimpleUploadedFile("spec.pdf", b"%PDF-1.7 spec %%EOF")
    wrong = SimpleUploadedFile("harga.exe", b"MZ\x00\x00")

    answer = client.post(address, {"files": [paper, wrong]}, follow=True)

    assert "harga.exe" in text(answer)
    kept = one.attachments.get()
    client.logout()
    handed = client.get(reverse("connections:attachment", args=[one.number, kept.pk]))
    assert handed["Content-Disposition"].startswith("attachment")
    assert b"".join(handed.streaming_content).startswith(b"%PDF")
    client.force_login(owner)
    client.post(reverse("connections:detach", args=[one.number, kept.pk]))
    assert not one.attachments.exists()


LETTER = """Dear Sir, please quote:
1. Men's leather sneakers, size 39-44, 1,200 pairs
2. Women sandals EVA sole 40 dozen
- Work boots steel toe - 500 prs, delivery 60 days
Thank you
"""


@pytest.mark.parametrize(
    ("direction", "kind", "words"),
    [
        ("request", "SUPPLY_OFFER", "“Supply offer” is for those who offer."),
        ("offer", "CAPACITY_REQ", "“Manufacturing partner wanted” is for those who are looking."),
    ],
)
def test_a_kind_that_contradicts_the_way_is_refused(client, direction, kind, words):
    business, owner = owned()
    client.force_login(owner)
    given = {"business": business.number, "direction": direction, "kind": kind}

    assert words in text(client.post("/en/saya/peluang/baru", given))
    assert not Opportunity.objects.exists()

    client.post("/en/saya/peluang/baru", given | {"kind": "EXPORT"})
    assert Opportunity.objects.get().direction == direction


def test_a_drafts_kind_is_changed_and_its_answers_stay(client):
    business, owner = owned()
    client.force_login(owner)
    one = begun(business, owner, direction="offer", kind="SUPPLY_OFFER")
    Opportunity.objects.update(direction="request")  # as older drafts may be
    one.refresh_from_db()
    with pytest.raises(actions.WrongWay):
        actions.post(one, said(), version=one.version, actor=owner, at=AT, today=AT.date())
    actions.save_answers(
        one, {"title_id": ["Cari kulit"]}, fields=["title_id"], person=owner, at=AT
    )
    page = reverse("connections:kind", args=[one.number])
    own = reverse("connections:own", args=[one.number])
    assert page in client.get(own).content.decode()
    post = client.post(reverse("connections:post", args=[one.number]), {"version": "1"})
    assert post["Location"] == page

    refused = client.post(page, {"direction": "request", "kind": "CAPACITY_OFFER"})
    assert refused.status_code == HTTPStatus.OK
    changed = client.post(page, {"direction": "request", "kind": "SOURCING_REQ"})

    assert changed["Location"] == own
    one.refresh_from_db()
    assert (one.direction, one.kind.code, one.state) == ("request", "SOURCING_REQ", "draft")
    assert one.drafts.get().data["title_id"] == ["Cari kulit"]


@pytest.mark.parametrize(
    ("direction", "kind"),
    [
        ("request", "SUPPLY_OFFER"),
        ("request", "CAPACITY_OFFER"),
        ("offer", "SOURCING_REQ"),
        ("offer", "CAPACITY_REQ"),
    ],
)
def test_no_action_writes_a_kind_that_contradicts_the_way(direction, kind):
    business, owner = owned()
    draft = begun(business, owner, direction=direction, kind="EXPORT")

    with pytest.raises(actions.WrongWay):
        begun(business, owner, direction=direction, kind=kind)
    with pytest.raises(actions.WrongWay):
        actions.change_kind(draft, direction=direction, kind=kind, actor=owner, at=AT)
    with pytest.raises(actions.WrongWay):
        actions.enter_demo(
            business, said(), direction=direction, kind=kind,
            state="open", since=AT, today=AT.date(), at=AT,
        )  # fmt: skip

    draft.refresh_from_db()
    assert draft.kind.code == "EXPORT"
    assert Opportunity.objects.get() == draft


def test_what_is_posted_keeps_its_kind(client):
    business, owner = owned()
    client.force_login(owner)
    one = opened(business, owner)
    page = reverse("connections:kind", args=[one.number])

    answer = client.post(page, {"direction": "offer", "kind": "EXPORT"})

    assert answer["Location"] == reverse("connections:own", args=[one.number])
    one.refresh_from_db()
    assert one.kind.code == "CAPACITY_REQ"
    with pytest.raises(actions.Posted):
        actions.change_kind(one, direction="offer", kind="EXPORT", actor=owner, at=AT)


def test_those_who_fit_can_be_written_to_with_the_words_ready(client):
    business, owner = owned()
    client.force_login(owner)
    one = opened_today(business, owner, title_id="Cari maklon", text_id="Sol karet hitam")
    several = [registered(profile(name=name)) for name in ("Satu", "Dua")]
    for place, firm in enumerate(several):
        Match.objects.create(
            opportunity=one, business=firm, score=50, position=place, reasons=[], made_at=now()
        )

    html = client.get(reverse("connections:own", args=[one.number])).content.decode()

    for firm in several:
        address = reverse("connections:write", args=[firm.number])
        (found,) = re.findall(rf'href="({address}\?pesan=[^"]+)"', html)
        assert "Sol karet hitam" in client.get(found).content.decode()
        assert f'name="ke" value="{firm.number}"' in html
    given = {"ke": [firm.number for firm in several], "pesan": "Cari maklon"}
    page = client.get(reverse("connections:write-to-several"), given).content.decode()
    assert "Satu" in page
    assert "Dua" in page
    assert "Cari maklon" in page


def test_a_buyers_list_becomes_the_beginning_of_a_request(client):
    business, owner = owned()
    client.force_login(owner)

    shown = client.post("/saya/peluang/dari-daftar", {"text": LETTER, "read": "1"})
    assert "1.200 pasang" in text(shown)
    assert "2.180 pasang" in text(shown)
    client.post(
        "/saya/peluang/dari-daftar",
        {
            "text": LETTER,
            "begin": "1",
            "business": business.number,
            "direction": "request",
            "kind": "CAPACITY_REQ",
        },
    )

    one = Opportunity.objects.get()
    page = client.get(reverse("connections:step", args=[one.number, "berapa"]))
    assert 'value="2180"' in page.content.decode()
    page = client.get(reverse("connections:step", args=[one.number, "apa"]))
    assert re.search(r'value="SNEAKER"[^>]*checked', page.content.decode())


def test_an_empty_list_is_told(client):
    _business, owner = owned()
    client.force_login(owner)

    page = client.post("/saya/peluang/dari-daftar", {"text": " "})

    assert page.status_code == HTTPStatus.OK
    assert "Tempel" in text(page)


def test_a_price_is_in_rupiah_unless_another_currency_is_chosen(client):
    business, owner = owned()
    client.force_login(owner)
    one = begun(business, owner)

    html = client.get(reverse("connections:step", args=[one.number, "berapa"])).content.decode()

    options = re.search(r'<select name="currency".*?</select>', html, re.DOTALL)[0]
    assert re.findall(r'value="(\w*)"', options) == ["IDR", "USD", "EUR"]
