"""What somebody tries who wants to flood firms with letters and to hide it; each is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from ifn.accounts.guessing import MESSAGES, count_message
from ifn.connections.actions import enquiries as actions
from ifn.connections.enquiring import challenge
from ifn.connections.enquiring.askers import key_of_address
from ifn.connections.enquiring.states import State
from ifn.connections.enquiring.suspicion import links_in
from ifn.connections.models import Enquiry, Letter, Tally, Trace
from ifn.connections.views.enquiries.writing import LETTERS, UNSOLVED
from ifn.directory.models import Business, Membership
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT
from tests.factories.enquiries import (
    EMAIL,
    FIRM,
    TEXT,
    enquiry,
    firm,
    member,
    sent,
    solve,
    visitor,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
JANE = {"name": "Jane Buyer", "text": TEXT, "email": "jane@buyer.example"}
ADVERT = (
    "Kami menawarkan pinjaman modal usaha tanpa jaminan dengan bunga ringan untuk semua pengrajin "
    "sepatu di Mojokerto dan sekitarnya, proses cepat dan cair hari ini juga."
)


def to(one):
    return reverse("connections:write", args=[one.number])


def text(answer):
    return answer.content.decode()


class TestManyNamesOfOneMailbox:
    @pytest.mark.parametrize(
        "address",
        ["jane+1@buyer.example", "Jane+sol@BUYER.example", "jane+a+b@buyer.example"],
    )
    def test_labels_do_not_get_around_the_limit_of_the_day(self, client, settings, address):
        settings.LETTERS_A_DAY = settings.LETTERS_A_DAY | {"visitor": 1}
        one = firm()
        client.post(to(one), JANE)

        answer = client.post(to(one), JANE | {"email": address, "text": "Halo"})

        assert "terbanyak" in text(answer)
        assert Tally.objects.get().letters == 1

    def test_nor_do_dots_where_they_count_for_nothing(self):
        one = key_of_address("janebuyer@gmail.com")

        assert key_of_address("jane.buyer+x@googlemail.com") == one
        assert key_of_address("jane.buyer@buyer.example") != key_of_address(
            "janebuyer@buyer.example"
        )

    def test_nor_does_another_spelling_of_the_domain(self):
        assert key_of_address("a@bücher.example") == key_of_address("a@xn--bcher-kva.example")

    def test_labels_fill_no_mailbox(self):
        answers = [count_message(f"jane+{n}@buyer.example", at=AT) for n in range(MESSAGES + 1)]

        assert answers[:MESSAGES] == [None] * MESSAGES
        assert answers[-1]

    def test_a_blocked_visitor_is_blocked_under_every_label(self):
        one = firm()
        first = sent(one, asker=visitor())
        actions.prove(first, at=AT)
        actions.block(first.enquiries.get(), by=FIRM, at=AT)

        again = sent(one, asker=visitor(email="jane+2@buyer.example"), text="Halo lagi")
        actions.prove(again, at=AT)

        assert again.enquiries.get().reason == "not_taking"

    def test_a_blocked_member_is_blocked_without_signing_in_too(self):
        one, person = firm(), UserFactory(email="budi@contoh.example")
        actions.block(enquiry(one, asker=member(person)), by=FIRM, at=AT)

        again = sent(one, asker=visitor(email="budi@contoh.example"), text="Halo lagi")
        actions.prove(again, at=AT)

        assert again.enquiries.get().reason == "not_taking"

    def test_a_blocked_visitor_is_blocked_with_an_account_too(self):
        one = firm()
        first = sent(one, asker=visitor(email="budi@contoh.example"))
        actions.prove(first, at=AT)
        actions.block(first.enquiries.get(), by=FIRM, at=AT)

        person = UserFactory(email="budi@contoh.example")
        again = enquiry(one, asker=member(person, email=""), text="Halo lagi")

        assert again.reason == "not_taking"

    def test_a_number_that_is_only_claimed_blocks_nobody_else(self):
        one = firm()
        first = sent(one, asker=visitor(phone="+6281200000001"))
        actions.prove(first, at=AT)
        actions.block(first.enquiries.get(), by=FIRM, at=AT)

        other = sent(one, asker=visitor(email="", phone="+6281200000001"), text="Halo")
        actions.prove(other, at=AT)

        assert other.enquiries.get().state == State.SENT


class TestTheSameWordsInDisguise:
    @pytest.mark.parametrize(
        "disguise",
        [
            lambda n: f"Halo {'abc'[n]}, {ADVERT}",
            lambda n: ADVERT.replace("ringan", ("rendah", "murah", "kecil")[n]),
            lambda n: f"{ADVERT} Salam, {('Andi', 'Budi', 'Citra')[n]} dari {n}.",
            lambda n: ADVERT.replace("a", ("\u0430", "a\u0301", "\uff41")[n]),
            lambda n: ADVERT.replace(" ", (" ", ". ", "  1 ")[n]),
        ],
        ids=["greeting", "word", "signature", "look-alike letters", "signs between"],
    )
    def test_from_several_senders_they_are_held(self, disguise):
        states = []
        for number in range(3):
            letter = sent(
                asker=visitor(email=f"{'abc'[number]}@spam.example"), text=disguise(number)
            )
            actions.prove(letter, at=AT)
            letter.refresh_from_db()
            states.append((letter.state, letter.held_for))

        assert states[-1] == (Letter.State.HELD, ["same_from_many"])

    def test_to_many_firms_they_are_held(self):
        asker = member()
        for number in range(2):
            firms = [firm(name=f"Sol {number} {n}") for n in range(5)]
            words = f"Yth. pemilik nomor {['satu', 'dua'][number]}. {ADVERT}"
            assert sent(*firms, asker=asker, text=words).state == Letter.State.SENT

        last = sent(firm(name="Kesebelas"), asker=asker, text=f"Selamat sore. {ADVERT}")

        assert (last.state, last.held_for) == (Letter.State.HELD, ["same_to_many"])

    def test_other_words_of_several_senders_go_out(self):
        texts = [
            TEXT,
            "Apakah bisa membuat 200 pasang sandal kulit dengan logo kami sebelum Lebaran nanti?",
            "Kami toko di Surabaya, mencari pemasok sepatu sekolah hitam, minimal 50 kodi sebulan.",
            "Mohon penawaran sepatu keselamatan SNI untuk 120 karyawan pabrik kami di Gresik.",
        ]

        assert {sent(text=one).state for one in texts} == {Letter.State.SENT}

    def test_short_questions_that_are_only_alike_go_out(self):
        asker = member()
        for number in range(3):
            firms = [firm(name=f"Sol {number} {n}") for n in range(5)]
            words = f"Selamat pagi, berapa harga model {'abc'[number]}?"
            assert sent(*firms, asker=asker, text=words).state == Letter.State.SENT

    def test_traces_go_when_such_letters_are_looked_for_no_more(self):
        sent(at=now() - timedelta(days=8))
        young = sent(at=now())

        actions.forget_what_is_old(at=now())

        assert set(Trace.objects.values_list("letter", flat=True)) == {young.pk}

    def test_looking_costs_the_same_however_many_are_alike(self, django_assert_max_num_queries):
        counts = []
        for number in range(3):
            asker = member()
            one = firm(name=f"Sol {number}")
            with django_assert_max_num_queries(45) as queries:
                sent(one, asker=asker, text="Berapa harga sol?")
            counts.append(len(queries))

        assert len(set(counts)) == 1


@pytest.mark.parametrize(
    "link",
    [
        "evil.com",
        "EVIL.COM",
        "\uff45\uff56\uff49\uff4c\uff0e\uff43\uff4f\uff4d",
        "evil\u3002com",
        "evil[.]com",
        "evil (dot) com",
        "evil titik com",
        "hxxp://evil.example",
        "bit.ly/3xYz",
        "t.me/pinjaman",
        "\u0435vil.\u0441\u043em",
        "evil.zip/unduh",
        "e\u200bvil.com",
        "http://192.0.2.7/x",
        "toko-evil.co.id",
    ],
)
def test_a_link_in_disguise_is_a_link(link):
    assert links_in(f"Lihat {link} sekarang") == 1


def test_what_people_write_is_no_link():
    said = "Harga Rp1.250.000. No. 38-43, 2,5 cm, kami a.n. Budi; mis. sol dll. v.2 jam 10.30"

    assert links_in(said) == 0


class TestWork:
    def test_one_piece_of_work_counts_for_one_letter(self, client):
        one = firm()
        word = challenge.new(now() - timedelta(seconds=30))
        given = {"challenge": word, "solution": solve(word)}

        for number in range(2):
            client.post(to(one), JANE | given | {"email": f"jane@{number}.example"})

        assert sum(bool(one.challenge) for one in Letter.objects.all()) == 1

    def test_replayed_work_is_no_work_for_the_limit_of_a_place(self, client):
        one = firm()
        word = challenge.new(now() - timedelta(seconds=30))
        given = {"challenge": word, "solution": solve(word)}

        answers = [
            client.post(to(one), JANE | given | {"email": f"jane@{n}.example"}).status_code
            for n in range(UNSOLVED + 2)
        ]

        assert answers == [302] * (UNSOLVED + 1) + [429]

    def test_who_works_may_write_more_from_one_place(self, client):
        one, answers = firm(), []
        for number in range(LETTERS + 1):
            word = challenge.new(now() - timedelta(seconds=30))
            given = {"challenge": word, "solution": solve(word)}
            letter = JANE | given | {"email": f"jane@{number}.example"}
            answers.append(client.post(to(one), letter).status_code)

        assert answers == [302] * LETTERS + [429]

    def test_what_a_client_says_of_its_address_changes_no_limit(self, client):
        one = firm()

        answers = [
            client.post(
                to(one),
                JANE | {"email": f"jane@{n}.example"},
                headers={"X-Forwarded-For": f"203.0.113.{n}", "X-Real-IP": f"203.0.113.{n}"},
            ).status_code
            for n in range(UNSOLVED + 1)
        ]

        assert answers[-1] == 429


class TestOneself:
    def test_a_firm_is_ones_own_also_after_a_merge(self, client):
        person, kept, gone = UserFactory(), firm(name="Tetap"), firm(name="Lama")
        Membership.objects.create(business=gone, person=person, role="owner", since=AT)
        Business.objects.filter(pk=gone.pk).update(status="merged", merged_into=kept)
        client.force_login(person)

        answer = client.post(to(kept), JANE)

        assert "usaha Anda sendiri" in text(answer)
        assert not Enquiry.objects.exists()

    @pytest.mark.parametrize("address", ["owner", "contact"])
    def test_without_signing_in_it_is_looked_at_first(self, address):
        owner = UserFactory(email="pemilik@contoh.example")
        one = firm(owner=owner)
        given = owner.email if address == "owner" else EMAIL
        letter = sent(one, asker=visitor(email=given))

        actions.prove(letter, at=AT)

        letter.refresh_from_db()
        assert (letter.state, letter.held_for) == (Letter.State.HELD, ["own"])

    def test_nothing_of_that_is_said_before_the_proof(self, client):
        one = firm(owner=UserFactory(email="pemilik@contoh.example"))

        pages = [
            text(client.post(to(one), JANE | {"email": address}, follow=True))
            for address in ("pemilik@contoh.example", "lain@contoh.example")
        ]

        assert pages[0] == pages[1]
