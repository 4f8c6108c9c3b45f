"""The pages on which a profile's own people, and the office for them, fill it in."""

from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import translation

from ifn.audit.queries import history_of
from ifn.directory.models import Attribution, Business, Draft, Membership
from ifn.directory.queries import profile_of
from ifn.directory.steps import STEPS
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.directory import AT, full_profile, profile, registered, revised

pytestmark = [pytest.mark.usefixtures("reference", "open_data_follow"), pytest.mark.django_db]


def page(name, *arguments, code="en", room="directory"):
    with translation.override(code):
        return reverse(f"{room}:{name}", args=arguments)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


@pytest.fixture
def owner(client):
    person = UserFactory(name="Ratna")
    client.force_login(person)
    return person


@pytest.fixture
def business(owner):
    made = registered(full_profile())
    Membership.objects.create(business=made, person=owner, role="owner", since=AT)
    return made


def sent(client, number, step, **values):
    """Return what a browser sends of a step with these answers."""
    sections = client.get(page("step", number, step)).context["sections"]
    found = {}
    for bound in (bound for section in sections for row in section.rows for bound in row):
        value = bound.value()
        if value is not None and value is not False:
            found[bound.html_name] = "on" if value is True else value
    return found | values


def save(client, number, step, button="close", **values):
    answers = sent(client, number, step, **values) | {button: "1"}
    return client.post(page("step", number, step), answers)


def stored(business):
    return profile_of(Business.objects.get(pk=business.pk))


@pytest.mark.usefixtures("owner")
class TestBeginning:
    LEAST = {"name": "Sandal Ratna", "kind": "business", "region": "32.05"}

    def test_four_answers_make_a_page_that_only_its_owner_sees(self, client):
        answers = self.LEAST | {"has_role": ["PR_IKM"]}

        answer = client.post(page("begin"), answers)

        business = Business.objects.get()
        assert answer["Location"] == page("step", business.number, STEPS[1].key)
        assert (business.status, business.name, business.region_id) == (
            "draft",
            "Sandal Ratna",
            "32.05",
        )
        assert client.get(page("overview", business.number)).status_code == HTTPStatus.OK
        client.force_login(UserFactory())
        assert client.get(page("overview", business.number)).status_code == HTTPStatus.NOT_FOUND
        assert client.get(business.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND

    @pytest.mark.parametrize("lacks", ["name", "region", "has_role"])
    def test_each_answer_is_asked_for(self, client, lacks):
        answers = self.LEAST | {"has_role": ["PR_IKM"]}
        del answers[lacks]

        answer = client.post(page("begin"), answers)

        assert lacks in answer.context["form"].errors
        assert not Business.objects.exists()


class TestSteps:
    @pytest.mark.parametrize("step", [step.key for step in STEPS])
    def test_every_step_opens_and_keeps_what_it_showed(self, client, business, step):
        assert save(client, business.number, step).status_code == HTTPStatus.FOUND

        client.post(page("publish", business.number))

        assert stored(business) == full_profile()

    def test_going_on_leads_to_the_next_step(self, client, business):
        answer = save(client, business.number, STEPS[0].key, button="next")

        assert answer["Location"] == page("step", business.number, STEPS[1].key)

    def test_a_fault_is_shown_with_the_way_to_it_and_nothing_is_lost(self, client, business):
        answer = save(client, business.number, "tempat", postcode="seven", address="Jl. Baru")

        html = answer.content.decode()
        assert "A postcode has five digits." in html
        assert 'href="#id_postcode"' in html
        assert 'value="seven"' in html
        assert Draft.objects.get().data["address"] == ["Jl. Baru"]
        assert "Something here needs your attention" in (
            client.get(page("overview", business.number)).content.decode()
        )

    def test_saving_by_itself_answers_with_the_time(self, client, business):
        answers = sent(client, business.number, "tempat", address="Jl. Baru")

        answer = client.post(page("step", business.number, "tempat"), answers | {"autosave": "1"})

        assert answer["Content-Type"].startswith("text/plain")
        assert answer.content.decode().startswith("Saved as a draft at")
        shown = client.get(page("step", business.number, "tempat")).content.decode()
        assert f'data-version="{answer["X-Version"]}"' in shown
        assert Draft.objects.get().data["address"] == ["Jl. Baru"]

    def test_somebody_taken_out_meanwhile_gets_back_what_was_written(self, client, business, owner):
        Membership.objects.filter(business=business).delete()
        sent = {"story_id": "Kami mengukir.", "has_role": "PR_IKM", "next": "1"}

        answer = client.post(page("step", business.number, "cerita"), sent)

        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert answer.context["written"] == "Kami mengukir."
        assert not Draft.objects.filter(business=business, person=owner).exists()
        unknown = client.post(page("step", "ABCDE", "cerita"), sent)
        assert (unknown.status_code, unknown.context["written"]) == (
            HTTPStatus.FORBIDDEN,
            "Kami mengukir.",
        )

    def test_a_draft_is_gone_on_with_on_another_phone(self, client, business, owner):
        save(client, business.number, "syarat", minimum_order="40")
        client.logout()
        client.force_login(owner)

        shown = client.get(page("step", business.number, "syarat")).content.decode()

        assert 'value="40"' in shown

    def test_a_step_that_does_not_exist_is_no_page(self, client, business):
        answer = client.get(page("step", business.number, "tidur"))

        assert answer.status_code == HTTPStatus.NOT_FOUND


class TestPublishing:
    def test_a_change_is_seen_only_once_it_is_published(self, client, business):
        save(client, business.number, "syarat", minimum_order="40")
        assert stored(business).minimum_order == 50

        answer = client.post(page("publish", business.number), follow=True)

        assert said(answer) == ["Published. Searches find it at once."]
        assert stored(business).minimum_order == 40
        stated = Attribution.objects.get(business=business, field="minimum_order")
        assert stated.source.kind == "self"

    def test_the_preview_shows_what_is_not_published(self, client, business):
        save(client, business.number, "siapa", name="Langkah Baru")

        preview = client.get(page("preview", business.number, room="site")).content.decode()

        assert "Preview: only you see this." in preview
        assert ">Langkah Baru</h1>" in preview
        assert 'content="noindex"' in preview
        assert "Langkah Baru" not in client.get(business.get_absolute_url()).content.decode()

    def test_a_draft_with_a_fault_is_not_published(self, client, business):
        save(client, business.number, "tempat", postcode="seven")

        answer = client.post(page("publish", business.number), follow=True)

        assert said(answer) == ["Some steps need your attention first. They are marked below."]
        assert Draft.objects.exists()

    def test_what_others_need_to_see_is_asked_for(self, client, business):
        save(client, business.number, "kegiatan", has_role=[])

        answer = client.post(page("publish", business.number), follow=True)

        assert said(answer) == ["Choose at least one role in “What you do”."]

    def test_whose_answer_counts_is_asked_with_both_answers(self, client, business):
        save(client, business.number, "syarat", minimum_order="40")
        revised(business, full_profile(minimum_order=70))

        asked = client.post(page("publish", business.number))

        assert asked.status_code == HTTPStatus.CONFLICT
        html = asked.content.decode()
        assert "40" in html
        assert "70" in html
        assert stored(business).minimum_order == 70
        client.post(page("publish", business.number), {"choose_minimum_order": "mine"})
        assert stored(business).minimum_order == 40

    def test_sent_twice_it_is_published_once(self, client, business):
        save(client, business.number, "syarat", minimum_order="40")
        client.post(page("publish", business.number))

        answer = client.post(page("publish", business.number), follow=True)

        assert said(answer)[-1] == "There is nothing to publish."
        events = history_of(business).filter(event="directory.business.revised")
        assert events.count() == 1

    def test_a_change_is_thrown_away(self, client, business):
        save(client, business.number, "syarat", minimum_order="40")

        client.post(page("discard", business.number))

        assert not Draft.objects.exists()
        assert stored(business) == full_profile()

    def test_the_last_change_is_taken_back_from_the_history(self, client, business):
        save(client, business.number, "syarat", minimum_order="40")
        client.post(page("publish", business.number))
        assert "Take back my last change" in (
            client.get(page("history", business.number)).content.decode()
        )

        client.post(page("undo", business.number))

        assert stored(business) == full_profile()
        answer = client.post(page("undo", business.number), follow=True)
        assert said(answer)[-1] == "The last change is not yours, or it was taken back already."


class TestWhatHelps:
    def test_contacts_that_nobody_sees_are_told_before_publishing(self, client, business):
        kinds = ("whatsapp", "website", "instagram", "marketplace")
        hidden = {f"{kind}_visibility": "nobody" for kind in kinds}
        assert not client.get(page("overview", business.number)).context["hides_contacts"]

        save(client, business.number, "kontak", **hidden)

        shown = client.get(page("overview", business.number))
        assert shown.context["hides_contacts"]
        assert "visitors see no way to reach you" in shown.content.decode()

    def test_how_complete_it_is_counts_what_is_not_published(self, client, business):
        before = client.get(page("overview", business.number)).context["percent"]

        save(client, business.number, "syarat", minimum_order="", lead_time_days="")

        assert client.get(page("overview", business.number)).context["percent"] < before


class TestOnBehalf:
    @pytest.mark.parametrize(
        ("way", "kind", "reason"),
        [
            ("phone", "assisted", "The owner, on the phone"),
            ("paper", "assisted", "The owner, on paper or during a visit"),
            ("office", "officer", "The office itself"),
            ("", "officer", "The office itself"),
        ],
    )
    def test_the_office_says_whose_words_it_writes_down(self, client, way, kind, reason):
        officer = OfficerFactory()
        client.force_login(officer)
        business = registered(full_profile())
        save(client, business.number, "syarat", minimum_order="40")

        client.post(page("publish", business.number), {"way": way})

        stated = Attribution.objects.get(business=business, field="minimum_order")
        assert stated.source.kind == kind
        event = history_of(business).first()
        assert (event.actor, event.reason) == (officer, reason)

    def test_an_owner_cannot_speak_as_the_office(self, client, business):
        save(client, business.number, "syarat", minimum_order="40")

        client.post(page("publish", business.number), {"way": "office"})

        stated = Attribution.objects.get(business=business, field="minimum_order")
        assert stated.source.kind == "self"

    def test_a_dinas_keeps_a_profile_in_its_region(self, client):
        client.force_login(RegionalOfficerFactory(territory=["35.16"]))
        business = registered(full_profile())
        save(client, business.number, "tempat", region="35.15")

        answer = client.post(page("publish", business.number), {"way": "phone"}, follow=True)

        assert said(answer) == ["This place is outside your region. Choose a place there."]
        assert stored(business).region == "35.16"


class TestWhoMay:
    WRITES = ("publish", "discard", "undo")

    @pytest.mark.parametrize(
        ("make", "reads", "writes"),
        [
            (UserFactory, 403, 403),
            (lambda: RegionalOfficerFactory(territory=["52"]), 403, 403),
            (lambda: OfficerFactory(duties=["events"]), 403, 403),
            (lambda: RegionalOfficerFactory(territory=["35.16"]), 200, 302),
            (lambda: OfficerFactory(duties=["data"]), 200, 302),
        ],
    )
    def test_a_profile_of_others(self, client, make, reads, writes):
        business = registered(full_profile())
        client.force_login(make())

        number = business.number
        for address in (
            page("overview", number),
            page("step", number, "siapa"),
            page("history", number),
            page("photos", number),
            page("people", number),
            page("preview", number, room="site"),
        ):
            assert client.get(address).status_code == reads
        for name in self.WRITES:
            assert client.post(page(name, number)).status_code == writes

    def test_a_viewer_looks_and_changes_nothing(self, client, business):
        viewer = UserFactory()
        Membership.objects.create(business=business, person=viewer, role="viewer", since=AT)
        client.force_login(viewer)

        number = business.number
        assert client.get(page("overview", number)).status_code == HTTPStatus.OK
        assert client.get(page("history", number)).status_code == HTTPStatus.OK
        for address in (page("step", number, "siapa"), page("photos", number)):
            assert client.get(address).status_code == HTTPStatus.FORBIDDEN
        for name in self.WRITES:
            assert client.post(page(name, number)).status_code == HTTPStatus.FORBIDDEN

    def test_a_visitor_signs_in_first_and_comes_back(self, client):
        number = registered().number

        answer = client.get(page("overview", number))

        assert answer["Location"] == f"/en/masuk?next=/en/saya/usaha/{number}"


class TestMine:
    def test_it_lists_the_businesses_with_what_waits(self, client, business):
        save(client, business.number, "syarat", minimum_order="40")

        html = client.get(page("mine", room="site")).content.decode()

        assert "Langkah Jaya" in html
        assert "are not published yet" in html

    @pytest.mark.usefixtures("business")
    def test_nobody_elses_business_is_there(self, client):
        client.force_login(UserFactory())

        html = client.get(page("mine", room="site")).content.decode()

        assert "Langkah Jaya" not in html
        assert "Add your business" in html

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same_however_many(self, client, owner, count, django_assert_num_queries):
        for number in range(count):
            made = registered(profile(name=f"Usaha {number}"))
            Membership.objects.create(business=made, person=owner, role="owner", since=AT)
        client.get(page("mine", room="site"))

        with django_assert_num_queries(7):
            client.get(page("mine", room="site"))

    @pytest.mark.parametrize("code", ["id", "en"])
    def test_the_pages_speak_both_languages(self, client, business, code):
        word = {"id": "Yang paling membantu sekarang", "en": "What helps most now"}[code]

        assert word in client.get(page("overview", business.number, code=code)).content.decode()
