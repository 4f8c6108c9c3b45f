"""An opportunity without a name: no place tells whoever answers whose it is before the yes."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from ifn.connections import actions as opportunities
from ifn.connections.actions import enquiries as actions
from ifn.connections.enquiring import tokens
from ifn.connections.enquiring.states import Side, State
from ifn.connections.models import Block, Enquiry
from ifn.connections.queries.enquiries import going_out
from ifn.directory import actions as directory
from ifn.directory.models import Business
from ifn.jobs.running import run_due
from ifn.moderation import actions as moderation
from ifn.privacy.gathering import gathered, packed
from ifn.site.todos import todos_of
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.answers import (
    EMAIL,
    NAME,
    NUMBER,
    TELLTALES,
    answer,
    answered,
    secret_firm,
    told,
    unnamed,
    way_to,
)
from tests.factories.directory import profile, registered
from tests.factories.enquiries import FIRM, TEXT, member, visitor
from tests.factories.opportunities import owned

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
FACTS = {"text": TEXT, "quantity": "500", "unit": "PASANG", "email": "jane@buyer.example"}
LANGUAGES = ("", "/en")


@pytest.fixture
def secret():
    business, owner = secret_firm()
    return business, owner, unnamed(business, owner)


@pytest.fixture
def asker(client):
    person = UserFactory()
    client.force_login(person)
    return person


def silent(shown, business):
    """Say whether a text tells nothing of a firm: names, numbers, addresses, contacts."""
    found = [one for one in TELLTALES if one.casefold() in shown.casefold()]
    numbers = (business.number, business.public_number, business.slug)
    found += [one for one in numbers if re.search(rf"\b{re.escape(one)}\b", shown)]
    assert found == []
    return True


def page_of(made):
    return reverse("connections:enquiry", args=[made.code])


def link(made, side=Side.ASKER):
    return reverse("connections:by-link", args=[tokens.for_side(made.pk, side, localdate())])


def everything(client, person, made):
    """Return all that an asker can read of an enquiry, with addresses and headers."""
    one = made.letter.opportunity
    addresses = [
        *(page_of(made), link(made), f"{reverse('connections:enquiries')}?arah=keluar"),
        *(reverse("site:mine"), reverse("notices:list")),
    ]
    if one is not None:
        addresses += [one.get_absolute_url(), way_to(one), reverse("connections:opportunities")]
    read = []
    for language in LANGUAGES:
        for address in addresses:
            response = client.get(f"{language}{address}")
            read += [response.content.decode(), *map(str, response.headers.items())]
    read.append(json.dumps(gathered(person), default=str))
    read.append(str(list(todos_of(person, [], [], at=now()))))
    read.append(told(person.email))
    return "\n".join(read)


def decline(made, business, asker):
    actions.decline(made, reason="price", words="Maaf", by=FIRM, at=now())


def expire(made, business, asker):
    actions.expire(at=made.answer_by)


def withdraw(made, business, asker):
    by = actions.By(Side.ASKER, asker)
    actions.withdraw(made, reason="found", words="", knows_answer=False, by=by, at=now())


def hide(made, business, asker):
    directory.hide(business, reason="x", actor=OfficerFactory(), at=now())
    actions.close_for_hidden(at=now())


def erase(made, business, asker):
    opportunities.erase_opportunities(business, actor=OfficerFactory(), at=now())


def merge(made, business, asker):
    kept = registered(profile(name="Rahasia Kaki Besar"))
    gone = Business.objects.get(pk=business.pk)
    moderation.merge_businesses(
        kept,
        gone,
        versions=(kept.version, gone.version),
        chosen={},
        reason="Sama",
        actor=OfficerFactory(),
        at=now(),
    )


def see(made, business, asker):
    actions.see(made, by=FIRM, at=now())


def spam(made, business, asker):
    actions.mark_spam(made.letter, actor=OfficerFactory(), at=now())


@pytest.mark.parametrize(
    ("happens", "state"),
    [
        (None, State.SENT),
        (see, State.SEEN),
        (decline, State.DECLINED),
        (expire, State.EXPIRED),
        (withdraw, State.WITHDRAWN),
        (hide, State.CLOSED),
        (merge, State.SENT),
        (erase, State.SENT),
        (spam, State.SPAM),
    ],
)
def test_nothing_that_a_member_reads_tells_before_a_yes(client, asker, secret, happens, state):
    business, _owner, one = secret
    sent = client.post(way_to(one), FACTS, follow=True)
    made = Enquiry.objects.select_related("letter__opportunity").get()
    assert silent(str(sent.redirect_chain) + sent.content.decode(), business)

    if happens:
        happens(made, business, asker)
    run_due(now() + timedelta(seconds=5))

    made = Enquiry.objects.select_related("letter__opportunity").get()
    assert made.state == state
    assert silent(everything(client, asker, made), business)


def test_with_the_yes_name_and_contact_are_shown(client, asker, secret):
    business, _owner, one = secret
    made = answer(one, asker=member(asker))

    actions.accept(made, share=f"whatsapp:{NUMBER}", words="", by=FIRM, at=now())

    page = client.get(page_of(made)).content.decode()
    assert NAME in page
    assert NUMBER in page
    assert business.get_absolute_url() in page
    assert NAME in told(asker.email)
    assert NAME in client.get(f"{reverse('connections:enquiries')}?arah=keluar").content.decode()
    actions.note_outcome(made, "fail", reason="price", by=FIRM, at=now())
    assert NAME in client.get(page_of(made)).content.decode()  # told, it stays told


def test_a_yes_names_it_to_that_asker_alone(client, secret):
    business, _owner, one = secret
    first, second = UserFactory(), UserFactory()
    actions.accept(
        answer(one, asker=member(first)), share=f"email:{EMAIL}", words="", by=FIRM, at=now()
    )
    other = answer(one, asker=member(second))
    client.force_login(second)

    assert silent(everything(client, second, other), business)
    client.force_login(first)
    assert silent(client.get(one.get_absolute_url()).content.decode(), business)


def test_a_visitor_reads_no_name_anywhere(client, secret):
    business, _owner, one = secret
    read = [
        client.get(f"{language}{address}").content.decode()
        for language in LANGUAGES
        for address in (one.get_absolute_url(), way_to(one))
    ]
    faulty = (FACTS, FACTS | {"name": "Jane", "quantity": "0"}, FACTS | {"name": ""})
    read += [client.post(way_to(one), given).content.decode() for given in faulty]
    letter = answered(one, asker=visitor())
    proof = reverse("connections:prove", args=[tokens.for_proof(letter.pk)])
    run_due(now() + timedelta(minutes=5))
    read += [client.get(proof).content.decode(), client.post(proof, follow=True).content.decode()]
    run_due(now() + timedelta(minutes=6))
    made = letter.enquiries.get()
    read.append(client.get(link(made)).content.decode())
    whatsapp = client.post(link(made), {"do": "whatsapp"}, follow=True)
    read += [str(whatsapp.redirect_chain), whatsapp.content.decode()]
    actions.decline(made, reason="price", words="", by=FIRM, at=now())
    read += [client.get(link(made)).content.decode(), told(letter.email)]

    assert "PL-" in told(letter.email)
    assert silent("\n".join(read), business)


def test_the_firm_reads_who_asks_and_that_it_is_not_known(client, secret):
    _business, owner, one = secret
    made = answer(one, asker=visitor(name="Jane Buyer"))
    actions.prove(made.letter, at=now())
    run_due(now() + timedelta(seconds=5))
    assert "tidak tahu siapa Anda" in told(owner.email)

    page = client.get(link(made, Side.FIRM)).content.decode()

    assert "Jane Buyer" in page
    assert "Pengirim tidak tahu siapa Anda" in page


def test_an_expired_link_and_a_foreign_one_tell_nothing(client, secret):
    business, _owner, one = secret
    made = answer(one)
    old = tokens.for_side(made.pk, Side.ASKER, localdate() - tokens.VALID - timedelta(days=1))
    address = reverse("connections:by-link", args=[old])

    read = [client.get(address).content.decode(), client.post(address).content.decode()]
    client.force_login(UserFactory())
    read.append(client.get(page_of(made)).content.decode())

    assert silent("\n".join([*read, told(made.letter.email)]), business)


def test_a_block_tells_nothing(client, asker, secret):
    business, _owner, one = secret
    Block.objects.create(business=business, asker=member(asker).key, made_at=now())
    made = answer(one, asker=member(asker))
    run_due(now() + timedelta(seconds=5))

    page = client.get(page_of(made)).content.decode()

    assert "Terkirim" in page
    assert "tidak menerima" not in page
    assert client.get(link(made, Side.FIRM)).status_code == 404
    assert silent(everything(client, asker, made), business)


def test_the_copy_of_own_data_names_the_opportunity_and_not_the_firm(asker, secret):
    business, _owner, one = secret
    made = answer(one, asker=member(asker))

    copy = gathered(asker)
    assert copy["letters"][0]["opportunity__number"] == one.number
    assert copy["enquiries"][0]["opportunity__number"] == one.number
    assert copy["enquiries"][0]["business__number"] == ""
    assert packed(asker, at=now())

    actions.accept(made, share="", words="", by=FIRM, at=now())
    assert gathered(asker)["enquiries"][0]["business__number"] == business.number


def test_who_is_erased_leaves_an_answer_without_words(asker, secret):
    _business, _owner, one = secret
    made = answer(one, asker=member(asker))

    actions.erase_enquiries(asker, [asker.email], actor=OfficerFactory(), at=now())

    made = Enquiry.objects.select_related("letter").get(pk=made.pk)
    assert (made.state, made.letter.text, made.letter.opportunity) == (State.CLOSED, "", one)
    assert not made.is_firm_known


def test_the_office_sees_all_and_is_warned(client, secret):
    business, _owner, one = secret
    made = answer(one)
    client.force_login(OfficerFactory(duties=["broker", "verifier"]))

    letter = client.get(reverse("connections:letter", args=[made.letter_id])).content.decode()
    desk = client.get(reverse("moderation:broke-enquiry", args=[made.pk])).content.decode()

    assert business.name in letter
    assert "pengirim belum tahu usaha ini" in letter
    assert "jangan sebut namanya" in desk
    assert NAME in client.get(one.get_absolute_url()).content.decode()


def test_a_consent_withdrawn_after_the_yes_hides_the_contact(client, asker):
    business, owner = owned(name="Sandal Jujur")
    one = unnamed(business, owner)
    made = answer(one, asker=member(asker))
    actions.accept(
        made, share=f"email:{owner.email}", words="", by=actions.By(Side.FIRM, owner), at=now()
    )
    assert owner.email in client.get(page_of(made)).content.decode()
    owner.email = "baru@jujur.example"
    owner.save()

    page = client.get(page_of(made)).content.decode()

    assert "Sandal Jujur" in page
    assert "Kontak tidak lagi ditampilkan" in page


def test_boxes_cost_the_same_with_and_without_names(
    client, asker, secret, django_assert_num_queries
):
    one = secret[2]
    for n in range(3):
        answer(one, asker=member(asker), text=f"{TEXT} {'x' * n}")
    address = f"{reverse('connections:enquiries')}?arah=keluar"
    client.get(address)

    with django_assert_num_queries(6):
        page = client.get(address)

    assert going_out(asker).count() == 3
    assert page.content.decode().count("Usaha tanpa nama") == 3
