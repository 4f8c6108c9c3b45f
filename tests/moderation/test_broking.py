"""The broker desk: what nobody answers comes to an officer, who notes, introduces, settles."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime, now

from ifn.connections.actions import desk as actions
from ifn.connections.actions import enquiries as enquiry_actions
from ifn.connections.actions.enquiries import erase_enquiries
from ifn.connections.models import DeskNote, Enquiry, Introduction, Match, Opportunity
from ifn.connections.queries import desk
from ifn.mail.models import Message
from ifn.moderation import work
from ifn.moderation.kinds import KINDS
from ifn.moderation.work import Wanted
from ifn.notices.models import Notice
from tests.factories import enquiries
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.desk import late_enquiry, old_request, silent_enquiry
from tests.factories.directory import MOJOKERTO, SIDOARJO, profile, registered

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


@pytest.fixture
def officer():
    return OfficerFactory(name="Bu Ani")


def at_desk(kind):
    """Return what waits at the desk now, in every region."""
    person = OfficerFactory(duties=["broker"])
    return list(work.waiting(KINDS[kind], person, Wanted(), at=now()))


def visitors_enquiry(**given):
    """Return an enquiry of a visitor that the firm leaves unanswered."""
    asker = enquiries.visitor(**given)
    made = enquiries.enquiry(enquiries.firm(owner=UserFactory()), asker=asker, at=now())
    enquiry_actions.prove(made.letter, at=now())
    Enquiry.objects.filter(pk=made.pk).update(answer_by=now() + timedelta(days=3))
    return Enquiry.objects.select_related("letter", "business").get(pk=made.pk)


class TestWhatWaits:
    def test_requests_that_nobody_fits_after_14_days(self):
        waiting, young = old_request(), old_request(13)
        offer, fitted = old_request(direction="offer"), old_request()
        Match.objects.create(
            opportunity=fitted, business=registered(profile()), score=50, position=0, reasons=[],
            made_at=now(),
        )  # fmt: skip

        assert at_desk("unmatched") == [waiting]
        assert {young.state, offer.state} == {"open"}

    def test_whom_a_condition_keeps_away_does_not_fit(self):
        waiting = old_request()
        Match.objects.create(
            opportunity=waiting, business=registered(profile()), score=50, position=0, reasons=[],
            hindrance=["job_order", []], made_at=now(),
        )  # fmt: skip

        assert at_desk("unmatched") == [waiting]

    def test_enquiries_a_week_before_they_end_and_outcomes_a_week_after_the_last_question(self):
        late, silent = late_enquiry(), silent_enquiry()
        late_enquiry(days_left=9)

        assert at_desk("unanswered") == [late]
        assert at_desk("outcome") == [silent]

    def test_they_stand_in_the_work_list_of_whose_region_it_is(self, officer):
        old_request(), late_enquiry(), silent_enquiry()  # made for the list

        def kinds(person):
            return {one.kind for one in work.listed(person, Wanted(), at=now())}

        assert {"unmatched", "unanswered", "outcome"} <= kinds(officer)
        assert "unmatched" in kinds(RegionalOfficerFactory(territory=[MOJOKERTO]))
        assert not kinds(RegionalOfficerFactory(territory=[SIDOARJO])) & {"unmatched", "unanswered"}

    def test_its_title_is_in_the_readers_language(self, officer):
        made = old_request()
        Opportunity.objects.filter(pk=made.pk).update(title_id="Perlu sol", title_en="Soles")

        def title(code):
            with translation.override(code):
                (item,) = work.listed(officer, Wanted(kinds=frozenset({"unmatched"})), at=now())
            return item.title

        assert (title("id"), title("en")) == ("Perlu sol", "Soles")
        Opportunity.objects.filter(pk=made.pk).update(title_en="")
        assert title("en") == "Perlu sol"

    def test_a_request_is_not_overdue_when_it_appears(self):
        kind = KINDS["unmatched"]

        assert kind.within - desk.WITHOUT_MATCH == timedelta(days=7)


class TestSettling:
    @pytest.mark.parametrize("made", [old_request, late_enquiry, silent_enquiry])
    def test_it_is_off_the_desk_and_settled_once(self, officer, made):
        subject = made()

        first = actions.settle(subject, "Ditelepon", actor=officer, at=now())
        again = actions.settle(subject, "Lagi", actor=officer, at=now())

        assert first == again
        assert not any(at_desk(kind) for kind in ("unmatched", "unanswered", "outcome"))
        with pytest.raises(IntegrityError), transaction.atomic():
            DeskNote.objects.filter(pk=first.pk).update(text="")

    def test_it_says_what_became_of_it(self, officer):
        with pytest.raises(actions.WordsMissing):
            actions.settle(late_enquiry(), " ", actor=officer, at=now())

    def test_an_enquiry_that_moves_on_and_stays_again_comes_back(self, officer):
        made = late_enquiry()
        actions.settle(made, "Ditelepon", actor=officer, at=now())

        Enquiry.objects.filter(pk=made.pk).update(state="seen")

        assert at_desk("unanswered") == [made]


class TestIntroducing:
    def test_both_are_written_to_once_however_often_it_is_pressed(self, officer):
        made = late_enquiry(email="ratna@kelom.example")
        other = enquiries.firm(owner=UserFactory(email="b@b.example"))

        def introduce():
            return actions.introduce(
                made.business, other, "Kalian cocok.", about=made, actor=officer, at=now()
            )

        one, again = introduce(), introduce()

        assert one == again
        assert (one.first_told, one.second_told) == (1, 1)
        told = Message.objects.filter(kind="introduction")
        assert {message.to for message in told} == {"ratna@kelom.example", "b@b.example"}
        assert all("Kalian cocok." in message.text for message in told)
        assert DeskNote.objects.get().introduction == one

    def test_a_visitor_is_written_to_and_a_firm_reads_the_name_alone(self, officer):
        other = enquiries.firm(owner=UserFactory(email="b@b.example"))
        made = visitors_enquiry()

        one, again = (
            actions.introduce(other, made.letter, "Cocok.", about=made, actor=officer, at=now())
            for _ in range(2)
        )

        assert one == again
        assert (one.first, one.second, one.letter) == (other, None, made.letter)
        assert one.names == (other.name, "Jane Buyer")
        told = {message.to: message for message in Message.objects.filter(kind="introduction")}
        assert set(told) == {"jane@buyer.example", "b@b.example"}
        assert other.get_absolute_url() in told["jane@buyer.example"].text
        assert "Jane Buyer" in told["b@b.example"].subject
        assert "jane@buyer" not in told["b@b.example"].text
        with pytest.raises(IntegrityError), transaction.atomic():
            Introduction.objects.update(second=made.business)

    def test_it_goes_with_the_letter_and_so_does_what_the_firm_was_told(self, officer):
        owner = UserFactory()
        other, made = enquiries.firm(owner=owner), visitors_enquiry()
        actions.introduce(other, made.letter, "Cocok.", about=made, actor=officer, at=now())
        assert Notice.objects.filter(person=owner).count() == 1

        erase_enquiries(None, ["jane@buyer.example"], actor=officer, at=now())

        assert not Introduction.objects.exists()
        assert not Notice.objects.filter(person=owner).exists()
        made.letter.refresh_from_db()
        with pytest.raises(actions.NotToIntroduce):
            actions.introduce(other, made.letter, "x", about=made, actor=officer, at=now())

    def test_a_business_that_keeps_its_name_is_not_given_away(self, officer):
        made = visitors_enquiry()
        made.is_unnamed = True

        with pytest.raises(actions.KeepsItsName):
            actions.introduce(made.business, made.letter, "x", about=made, actor=officer, at=now())

    def test_not_with_itself_nor_with_one_that_is_not_shown(self, officer):
        made, hidden = late_enquiry(), registered(profile(), status="draft")
        for other in (made.business, hidden):
            with pytest.raises(actions.NotToIntroduce):
                actions.introduce(made.business, other, "x", about=made, actor=officer, at=now())
        with pytest.raises(actions.WordsMissing):
            actions.introduce(made.business, hidden, " ", about=made, actor=officer, at=now())
        assert not Introduction.objects.exists()


class TestPages:
    @pytest.fixture
    def desk_of(self, client, officer):
        client.force_login(officer)
        return client

    def shown(self, client, address):
        answer = client.get(address)
        assert answer.status_code == 200
        return answer.content.decode()

    def test_the_desk_shows_all_three_and_leads_to_them(self, desk_of):
        made, late, silent = old_request(), late_enquiry(), silent_enquiry()

        html = self.shown(desk_of, "/en/kerja/perantara")

        for address in (f"peluang/{made.pk}", f"pertanyaan/{late.pk}", f"pertanyaan/{silent.pk}"):
            assert f"/en/kerja/perantara/{address}" in html

    def test_the_desk_marks_what_is_overdue_and_since_which_year(self, desk_of):
        old_request(), old_request(800)  # made for the list

        html = self.shown(desk_of, "/en/kerja/perantara")

        assert html.count('data-state="overdue"') == 1
        due = localtime(now() - timedelta(days=800) + KINDS["unmatched"].within)
        assert f"overdue since {date_format(due, 'j M Y')}" in html
        assert f"overdue since {date_format(due, 'j M Y')}" in self.shown(desk_of, "/en/kerja")

    def test_an_officer_notes_introduces_and_settles(self, desk_of):
        late, other = late_enquiry(), enquiries.firm(owner=UserFactory(email="b@b.example"))
        page = f"/en/kerja/perantara/pertanyaan/{late.pk}"
        assert "Remind the business" in self.shown(desk_of, page)

        desk_of.post(page, {"text": "Tidak diangkat", "call": "1"})
        given = {"text": "Kalian cocok.", "business": other.public_number, "introduce": "1"}
        said = desk_of.post(page, given, follow=True).content.decode()
        assert "Both were written to" in said
        assert "Tidak diangkat" in said
        desk_of.post(page, {"text": "Dijawab lewat WhatsApp", "settle": "1"})

        assert not at_desk("unanswered")
        assert DeskNote.objects.count() == 3

    def test_who_asks_is_shown_and_joined_with_the_firm_that_is_named(self, desk_of):
        made, other = visitors_enquiry(phone="+819012345678"), enquiries.firm(name="Nabati")
        page = f"/en/kerja/perantara/pertanyaan/{made.pk}"

        html = self.shown(desk_of, page)
        assert "Jane Buyer" in html
        assert "mailto:jane@buyer.example" in html
        assert "https://wa.me/819012345678?text=" in html

        given = {"text": "Cocok.", "business": other.public_number, "introduce": "1"}
        said = desk_of.post(page, given, follow=True).content.decode()
        assert "Both were written to" in said
        assert "Nabati · Jane Buyer" in said
        assert Introduction.objects.get().names == ("Nabati", "Jane Buyer")

    def test_a_member_asks_for_their_business(self, desk_of):
        asker = UserFactory(email="a@a.example")
        brand = enquiries.firm(owner=asker, name="Merek Osaka")
        other = enquiries.firm(name="Nabati", contacts=())
        made = enquiries.enquiry(
            enquiries.firm(), asker=enquiries.member(asker, business=brand), at=now()
        )
        page = f"/en/kerja/perantara/pertanyaan/{made.pk}"
        given = {"text": "Cocok.", "business": other.public_number, "introduce": "1"}

        said = desk_of.post(page, given, follow=True).content.decode()

        made_one = Introduction.objects.get()
        assert {made_one.first, made_one.second} == {brand, other}
        assert "No message went to Nabati:" in said

    def test_a_regional_officer_reads_who_asks_without_the_addresses(self, client):
        made = visitors_enquiry()
        client.force_login(RegionalOfficerFactory(territory=[made.business.region.code[:2]]))

        html = self.shown(client, f"/en/kerja/perantara/pertanyaan/{made.pk}")

        assert "Jane Buyer" in html
        assert "jane@buyer.example" not in html

    def test_other_words_to_the_same_two_on_one_day_are_not_lost_unsaid(self, desk_of):
        late, other = late_enquiry(), enquiries.firm(owner=UserFactory(email="b@b.example"))
        page = f"/en/kerja/perantara/pertanyaan/{late.pk}"
        given = {"text": "Kalian cocok.", "business": other.public_number, "introduce": "1"}
        desk_of.post(page, given)

        assert desk_of.post(page, given).status_code == 302
        said = desk_of.post(page, given | {"text": "Satu hal lagi."}).content.decode()

        assert "introduced today already" in said
        assert "Satu hal lagi." in said
        assert Introduction.objects.count() == 1

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({"settle": "1"}, "Write in words what was said or done."),
            ({"settle": "1", "text": "x" * 401}, "at most 400 characters; yours has 401."),
            ({"call": "1", "text": "x" * 401}, "at most 400 characters; yours has 401."),
            (
                {"introduce": "1", "text": "x"},
                "Write which other business: its name or its number.",
            ),
            ({"introduce": "1", "text": "x", "business": "IFN-0000"}, "No profile has this number"),
            ({"introduce": "1", "text": "x", "business": "Nabati"}, "No business has this name"),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_lost(self, desk_of, given, words):
        page = f"/en/kerja/perantara/peluang/{old_request().pk}"

        answer = desk_of.post(page, given)

        assert words in answer.content.decode()
        assert not DeskNote.objects.exists()

    def test_it_speaks_indonesian(self, desk_of):
        made = old_request()
        with translation.override("id"):
            html = self.shown(desk_of, f"/kerja/perantara/peluang/{made.pk}")

        assert "Yang biasanya membantu" in html

    def test_another_region_is_refused(self, client):
        client.force_login(RegionalOfficerFactory(territory=[SIDOARJO]))

        assert client.get(f"/kerja/perantara/pertanyaan/{late_enquiry().pk}").status_code == 403
        assert client.get("/kerja/perantara/pertanyaan/0").status_code == 404

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_desk_costs_the_same_however_much_waits(
        self, desk_of, django_assert_num_queries, rows
    ):
        for _ in range(rows):
            old_request(), late_enquiry()  # made for the list
        desk_of.get("/en/kerja/perantara")

        with django_assert_num_queries(5):
            desk_of.get("/en/kerja/perantara")

    def test_a_broker_alone_works_in_every_region(self, client):
        broker = OfficerFactory(duties=["broker"])
        request, made = old_request(), late_enquiry()
        client.force_login(broker)

        assert {one.kind for one in work.listed(broker, Wanted(), at=now())} >= {
            "unmatched", "unanswered",
        }  # fmt: skip
        assert client.get(reverse("moderation:broke-request", args=[request.pk])).status_code == 200
        assert client.get(f"/kerja/perantara/pertanyaan/{made.pk}").status_code == 200

    def test_a_regional_officer_opens_only_what_came_to_the_desk(self, client):
        young, late = late_enquiry(days_left=9), late_enquiry()
        client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))

        assert client.get(f"/kerja/perantara/pertanyaan/{young.pk}").status_code == 403
        assert client.get(f"/kerja/perantara/pertanyaan/{late.pk}").status_code == 200
