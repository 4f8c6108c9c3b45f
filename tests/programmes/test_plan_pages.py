"""Action plans on pages: at the desk, on the firm's own record, by signed links."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from ifn.mail.models import Message
from ifn.programmes.actions import linking, partnering, registering
from ifn.programmes.models import Action, ActionFile, Mentorship, Visit
from ifn.programmes.tokens import for_participant
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.assessments import approved, in_use, started
from tests.factories.directory import AT, MOJOKERTO, SIDOARJO, photo
from tests.factories.plans import action, mentor, partner
from tests.factories.programmes import accepted, firm, moved, officer, opened, running
from tests.programmes.asking import owned, page, send, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def days(number):
    return localdate() + timedelta(days=number)


@pytest.fixture
def desk(client):
    """Return a client of an officer for programmes."""
    client.force_login(OfficerFactory(duties=["programme"]))
    return client


def running_with(business, **changes):
    """Return a batch that runs with one participant, a business of the test's own."""
    batch = opened(quota=1, **changes)
    seat = accepted(batch, business)
    moved(batch, "selecting", "confirmed", "running")
    seat.refresh_from_db()
    return batch, seat


class TestDesk:
    @pytest.mark.parametrize("number", [1, 3])
    def test_all_plans_cost_the_same_however_many(self, desk, number, django_assert_num_queries):
        batch, seated = running(number)
        for one in seated:
            action(one)
        page(desk, "plans", batch.code)

        with django_assert_num_queries(6):
            shown = text(page(desk, "plans", batch.code))

        assert shown.count('<th scope="row">') == number

    def test_they_are_found_by_who_does_it_and_what_is_overdue(self, desk):
        batch, [first, second] = running(2)
        action(first, due_on=days(-1))
        action(second, "office", due_on=days(9))
        address = reverse("programmes:plans", args=[batch.code])

        late = text(desk.get(address, {"lewat": "on"}))
        office = text(desk.get(address, {"siapa": "office"}))
        none = text(desk.get(address, {"siapa": "mentor"}))

        assert ("Usaha 0" in late, "Usaha 1" in late) == (True, False)
        assert ("Usaha 0" in office, "Usaha 1" in office) == (False, True)
        assert "Tidak ada rencana yang cocok" in none

    def test_before_the_participants_are_confirmed_it_says_so(self, desk):
        batch = opened()

        assert "begitu peserta ditetapkan" in text(page(desk, "plans", batch.code))

    @pytest.mark.parametrize("number", [1, 3])
    def test_one_plan_costs_the_same_however_long(self, desk, number, django_assert_num_queries):
        batch, [seat] = running(1)
        for _place in range(number):
            action(seat)
        page(desk, "plan", batch.code, seat.pk)

        with django_assert_num_queries(12):
            shown = text(page(desk, "plan", batch.code, seat.pk))

        assert shown.count('class="plan-action') == number

    def test_an_action_is_written_changed_and_given_up(self, desk):
        batch, [seat] = running(1)
        helper = mentor(batch)
        facts = {"what": "Beli acuan", "owner": f"mentor:{helper.pk}", "due_on": days(30)}
        wrong = text(send(desk, "plan", batch.code, seat.pk, what="", owner="firm"))
        assert "error" in wrong

        send(desk, "plan", batch.code, seat.pk, **facts)
        one = Action.objects.get()
        assert one.mentor == helper

        changed = facts | {"owner": "firm", "what": "Beli dua acuan"}
        send(desk, "action", batch.code, seat.pk, one.pk, version=1, **changed)
        one.refresh_from_db()
        assert (one.what, one.owner, one.mentor) == ("Beli dua acuan", "firm", None)
        stale = send(desk, "action", batch.code, seat.pk, one.pk, version=1, **facts)
        assert "Orang lain mengubah" in text(stale)

        refused = send(desk, "tell-how", batch.code, seat.pk, one.pk, state="dropped", version=2)
        assert "Tulis mengapa" in text(refused)
        send(
            desk, "tell-how", batch.code, seat.pk, one.pk, state="dropped", version=2, words="Batal"
        )
        one.refresh_from_db()
        assert (one.state, one.reason) == ("dropped", "Batal")
        assert "Batal" in text(page(desk, "action", batch.code, seat.pk, one.pk))
        assert page(desk, "action", batch.code, seat.pk, one.pk + 1).status_code == 404

    def test_a_visit_is_noted_and_taken_out_and_a_day_to_come_is_not(self, desk):
        batch, [seat] = running(1)
        given = {"on": days(0), "way": "phone", "notes": "Pola dipakai", "is_internal": "on"}

        wrong = send(desk, "visit", batch.code, seat.pk, **given | {"on": days(2)})
        assert "Hari ini belum tiba" in text(wrong)
        assert f'action="{reverse("programmes:plan", args=[batch.code, seat.pk])}"' in text(wrong)
        shown = text(send(desk, "visit", batch.code, seat.pk, **given))
        one = Visit.objects.get()
        assert ("Pola dipakai" in shown, one.is_internal) == (True, True)

        send(desk, "remove-visit", batch.code, seat.pk, one.pk)
        assert not Visit.objects.exists()

    def test_suggestions_come_from_the_assessment_and_are_taken_once(self, desk):
        version, business = in_use(), firm("Dinilai")
        approved(started(business, version))
        batch, seat = running_with(
            business, instrument_id=version.instrument_id, dimensions=["CUT"]
        )
        answer = page(desk, "plan", batch.code, seat.pk)
        [one] = answer.context["suggestions"]
        assert "2,3 dari 4" in one.why or "2,2 dari 4" in one.why

        nothing = send(desk, "take-suggestions", batch.code, seat.pk, ambil=str(one.key))
        assert "Sebutkan sampai kapan" in text(nothing)
        data = {"ambil": str(one.key), "usulan-due_on": days(60)}
        desk.post(reverse("programmes:take-suggestions", args=[batch.code, seat.pk]), data)
        desk.post(reverse("programmes:take-suggestions", args=[batch.code, seat.pk]), data)

        made = Action.objects.get()
        assert (made.what, made.dimension, made.owner) == (one.what, "CUT", "firm")
        assert page(desk, "plan", batch.code, seat.pk).context["suggestions"] == []

    def test_a_firm_never_assessed_has_no_suggestions(self, desk):
        batch, [seat] = running(1)

        assert page(desk, "plan", batch.code, seat.pk).context["suggestions"] == []

    def test_a_mentor_gets_a_link_and_whom_to_look_after(self, desk):
        batch, [seat] = running(1)
        helper = mentor(batch)
        linking.withdraw_link(helper, actor=officer(), at=AT)
        assert "Tidak ada tautan yang berlaku" in text(page(desk, "mentor", batch.code, helper.pk))

        send(desk, "mentor-reach", batch.code, helper.pk, link="make")
        send(desk, "mentor-reach", batch.code, helper.pk, link="send")
        send(desk, "mentor", batch.code, helper.pk, peserta=["", str(seat.pk)])
        shown = text(send(desk, "mentor", batch.code, helper.pk, email="", phone="0812 3456 7890"))

        helper.refresh_from_db()
        assert linking.link_of(helper) in shown
        assert "https://wa.me/6281234567890?text=" in shown
        assert Message.objects.get().to == "laras@politeknik.example"
        assert Mentorship.objects.get().registration == seat
        refused = send(desk, "mentor-reach", batch.code, helper.pk, link="send")
        assert "Tulis alamat email dulu" in text(refused)
        send(desk, "mentor-reach", batch.code, helper.pk, link="withdraw")
        helper.refresh_from_db()
        assert helper.link_on is None

    def test_the_office_answers_for_a_partner(self, desk):
        batch, _seated = running(1)
        place = partner(batch)
        one = partnering.promise(place, "Rak", due_on=days(-1), actor=officer(), at=AT)

        assert "Tulis mengapa" in text(send(desk, "settle", batch.code, one.pk, state="dropped"))
        send(desk, "settle", batch.code, one.pk, state="promised", due_on=days(20))
        one.refresh_from_db()
        assert one.due_on == days(20)
        send(desk, "settle", batch.code, one.pk, state="kept")
        assert "Ditepati" in text(page(desk, "partner", batch.code, place.pk))

    def test_who_comes_is_changed_for_the_firm(self, desk):
        batch, [seat] = running(1)
        assert seat.name in text(page(desk, "comer-by-staff", batch.code, seat.pk))

        send(desk, "comer-by-staff", batch.code, seat.pk, name="Bu Ani", phone="")

        seat.refresh_from_db()
        assert seat.name == "Bu Ani"
        registering.withdraw(seat, actor=None, at=AT)
        assert "tidak berlaku lagi" in text(page(desk, "comer-by-staff", batch.code, seat.pk))


class TestRegionalOffice:
    def test_it_follows_up_its_own_firms_and_no_others(self, client):
        batch = opened(region_id=SIDOARJO, quota=2)
        own = accepted(batch, firm("Dari sini"))
        other = accepted(batch, firm("Dari sana", region=SIDOARJO))
        moved(batch, "selecting", "confirmed", "running")
        one = action(batch.registrations.get(pk=other.pk))
        client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))
        facts = {"what": "Beli acuan", "owner": "firm", "due_on": days(30)}

        shown = text(page(client, "plans", batch.code))
        assert ("Dari sini" in shown, "Dari sana" in shown) == (True, False)
        send(client, "plan", batch.code, own.pk, **facts)
        assert Action.objects.get(registration=own).what == "Beli acuan"

        base = (batch.code, other.pk)
        visit = {"on": days(0), "way": "phone", "notes": "x"}
        for answer in (
            send(client, "plan", *base, **facts),
            send(client, "action", *base, one.pk, version=1, **facts),
            send(client, "tell-how", *base, one.pk, version=1, state="done"),
            send(client, "visit", *base, **visit),
            send(client, "take-suggestions", *base, ambil="x"),
            send(client, "comer-by-staff", *base, name="x"),
        ):
            assert answer.status_code == 403
        one.refresh_from_db()
        assert (one.state, Visit.objects.count()) == ("planned", 0)

    def test_it_answers_for_partners_of_batches_in_its_region_and_names_none(self, client):
        here, there = opened(), opened(region_id=SIDOARJO)
        client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))
        for batch, status, state in ((here, 200, "kept"), (there, 403, "promised")):
            one = partnering.promise(partner(batch), "Rak", due_on=days(1), actor=officer(), at=AT)

            answer = send(client, "settle", batch.code, one.pk, state="kept")

            one.refresh_from_db()
            assert (answer.status_code, one.state) == (status, state)
        shown = text(send(client, "partners", here.code, name="Merek", kind="brand"))
        assert ("Desa Wisata" in shown, "Sebutkan mitra" in shown) == (True, False)
        assert here.partners.count() == 1


class TestFirm:
    def test_by_its_link_it_says_what_is_done_with_a_photo(self, client):
        _batch, [seat] = running(1)
        one, theirs = action(seat), action(seat, "office", what="Urusan kantor")
        token = for_participant(seat.pk, localdate())
        shown = text(page(client, "participant", token))
        assert "Beli acuan baru" in shown
        assert "Urusan kantor" in shown

        given = {"state": "done", "version": 1, "words": "Sudah"}
        upload = SimpleUploadedFile("acuan.jpg", photo((300, 200)))
        answer = send(client, "tell-by-link", token, one.pk, photo=upload, **given)

        one.refresh_from_db()
        kept = ActionFile.objects.get()
        assert (one.state, one.evidence, kept.side) == ("done", "Sudah", "firm")
        assert "Dicatat. Terima kasih" in text(answer)
        seen = page(client, "file-by-link", token, kept.pk)
        assert b"".join(seen.streaming_content).startswith(b"\xff\xd8")
        refused = client.post(reverse("programmes:tell-by-link", args=[token, theirs.pk]), given)
        assert refused.status_code == 404

    def test_something_else_than_a_photo_is_refused_in_words(self, client):
        _batch, [seat] = running(1)
        one = action(seat)
        token = for_participant(seat.pk, localdate())
        bad = SimpleUploadedFile("x.exe", b"MZ")

        answer = send(client, "tell-by-link", token, one.pk, state="done", version=1, photo=bad)

        one.refresh_from_db()
        assert ("bukan PDF" in text(answer), one.state) == (True, "planned")

    def test_signed_in_it_reads_no_internal_visit_and_ticks(self, client):
        business, owner = owned()
        _batch, seat = running_with(business)
        one = action(seat)
        for words, is_internal in (("Terbuka", False), ("Rahasia", True)):
            Visit.objects.create(
                registration=seat,
                on=days(0),
                way="phone",
                notes=words,
                is_internal=is_internal,
                made_at=AT,
            )
        client.force_login(owner)

        shown = text(page(client, "own", seat.pk))
        assert ("Terbuka" in shown, "Rahasia" in shown) == (True, False)
        send(client, "tell-own", seat.pk, one.pk, state="doing", version=1)
        one.refresh_from_db()
        assert one.state == "doing"
        late = send(client, "tell-own", seat.pk, one.pk, state="done", version=1)
        assert "Orang lain mengubah" in text(late)

    def test_it_changes_who_comes_and_the_account_goes_with_the_name(self, client):
        business, owner = owned()
        _batch, seat = running_with(business)
        seat.person = owner
        seat.save()
        client.force_login(owner)

        send(client, "comer", seat.pk, name=seat.name, phone="")
        seat.refresh_from_db()
        assert seat.person == owner
        send(client, "comer", seat.pk, name="Bu Ani", phone="")
        seat.refresh_from_db()
        assert (seat.name, seat.person) == ("Bu Ani", None)

        token = for_participant(seat.pk, localdate())
        send(client, "comer-by-link", token, name="Pak Budi")
        seat.refresh_from_db()
        assert seat.name == "Pak Budi"

    def test_strangers_reach_nothing(self, client):
        _batch, [seat] = running(1)
        one = action(seat)
        client.force_login(UserFactory())

        for name, args in (("tell-own", [seat.pk, one.pk]), ("comer", [seat.pk])):
            address = reverse(f"programmes:{name}", args=args)
            assert client.post(address, {"state": "done", "version": 1}).status_code == 404
