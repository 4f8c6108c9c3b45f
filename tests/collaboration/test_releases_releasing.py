"""A release is public with every yes, and a partner who takes its yes back breaks nothing."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from ifn.collaboration.actions import consenting, releasing
from ifn.collaboration.actions.releasing import Shot
from ifn.collaboration.masking import masked
from ifn.collaboration.models import Release, ReleaseConsent, ReleasePicture
from ifn.directory.clean import Refused
from ifn.notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.collaboration_releases import (
    TEXTS,
    agree,
    asked,
    firm,
    partner,
    project,
    published,
    written,
)
from tests.factories.directory import AT, ON, photo
from tests.factories.programmes import officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def states(release):
    return list(release.consents.order_by("pk").values_list("state", "text_version"))


def publish(release):
    return releasing.publish(release, on=ON, actor=None, at=AT)


class TestWriting:
    def test_a_project_has_one_release_at_one_address(self):
        of = project()

        first, second = written(of), written(of, title_id="Lain sama sekali")

        assert (first.pk, second.slug) == (second.pk, "sepatu-jejak-air")
        assert second.text_version == 2

    def test_two_with_the_same_title_have_two_addresses(self):
        first, second = written(), written()

        assert first.slug != second.slug

    def test_without_a_title_there_is_none(self):
        with pytest.raises(releasing.NothingWritten):
            written(title_id="", title_en="")

    def test_the_same_words_again_change_nothing(self):
        release = asked()

        again = written(release.project)

        assert (again.text_version, states(again)) == (1, [("asked", 1)] * 2)

    def test_of_two_who_write_at_once_one_is_told(self):
        release = written()
        written(release.project, title_id="Baru")

        with pytest.raises(releasing.ReleaseChanged):
            releasing.write_release(
                release.project, TEXTS, version=release.version, actor=None, at=AT
            )


class TestAsking:
    def test_each_partner_who_takes_part_is_asked_and_told_once(self):
        of, owner = project(), UserFactory()
        partner(of, business=firm("Sol Maju", owner))
        partner(of, state="invited", name="Belum menjawab")
        release = written(of)

        for _twice in range(2):
            releasing.ask_partners(release, actor=officer(), at=AT)

        assert states(release) == [("asked", 1)]
        assert Notice.objects.filter(person=owner, words="collaboration.asked").count() == 1

    def test_nobody_is_asked_about_nothing_and_without_partners_nobody(self):
        of = project()
        partner(of)

        with pytest.raises(releasing.NothingWritten):
            releasing.ask_partners(written(of, story_id="", story_en=""), actor=None, at=AT)
        with pytest.raises(releasing.NobodyTakesPart):
            releasing.ask_partners(written(), actor=None, at=AT)

    def test_a_no_takes_a_reason_and_can_become_a_yes(self):
        release = asked(partners=1)
        one = release.consents.get()

        with pytest.raises(releasing.ReasonMissing):
            consenting.answer(one, agrees=False, text_version=1, actor=None, at=AT)
        consenting.answer(one, agrees=False, text_version=1, reason="Nama salah", actor=None, at=AT)
        with pytest.raises(releasing.PartnersWaiting):
            publish(release)
        consenting.answer(one, agrees=True, text_version=1, actor=None, at=AT)

        assert publish(release).state == Release.State.PUBLISHED

    def test_a_yes_to_what_was_changed_meanwhile_is_none(self):
        release = asked(partners=1)
        written(release.project, story_id="Cerita lain")

        with pytest.raises(consenting.TextChanged):
            consenting.answer(
                release.consents.get(), agrees=True, text_version=1, actor=None, at=AT
            )

    def test_nobody_answers_to_a_draft(self):
        release = asked(partners=1)
        Release.objects.update(state="draft")

        with pytest.raises(consenting.NotAsked):
            consenting.answer(
                release.consents.get(), agrees=True, text_version=1, actor=None, at=AT
            )


class TestPublishing:
    def test_with_every_yes_and_no_earlier(self):
        release = agree(asked(partners=3), but=1)

        with pytest.raises(releasing.PartnersWaiting) as refused:
            publish(release)
        agree(release)

        assert refused.value.names == ["Mitra 3"]
        assert (publish(release).state, release.published_on) == ("published", None)
        assert publish(release).published_on == ON

    def test_a_partner_who_came_later_is_asked_too(self):
        release = agree(asked(partners=1))
        partner(release.project, name="Baru")

        with pytest.raises(releasing.PartnersWaiting):
            publish(release)

    def test_before_anybody_was_asked_it_is_refused(self):
        of = project()
        partner(of)

        with pytest.raises(releasing.NotAsked):
            publish(written(of))

    def test_the_database_itself_refuses_without_every_yes(self):
        release = agree(asked(), but=1)

        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.filter(pk=release.pk).update(state="published", published_on=ON)

    def test_a_changed_text_takes_the_page_down_until_all_agree_anew(self):
        release = published()

        changed = written(release.project, story_id="Cerita baru")

        assert (changed.state, states(changed)) == ("asking", [("asked", 2)] * 2)
        assert publish(agree(changed)).published_on == ON

    def test_a_whole_page_is_withdrawn_with_a_reason(self):
        release = published()

        with pytest.raises(releasing.ReasonMissing):
            releasing.withdraw_release(release, reason=" ", actor=None, at=AT)
        gone = releasing.withdraw_release(release, reason="Salah gambar", actor=None, at=AT)

        assert (gone.state, gone.reason) == ("withdrawn", "Salah gambar")
        assert states(gone) == [("agreed", 1)] * 2


class TestTakingBack:
    def test_a_page_stays_public_when_a_partner_takes_its_yes_back(self):
        release = published()
        one = release.consents.first()

        for _twice in range(2):
            consenting.take_back(one, reason="Kami pindah usaha", actor=None, at=AT)

        release.refresh_from_db()
        assert release.state == Release.State.PUBLISHED
        assert states(release)[0] == ("withdrawn", 1)

    def test_it_may_agree_again(self):
        release = published(partners=1)
        one = release.consents.get()
        consenting.take_back(one, actor=None, at=AT)

        consenting.answer(one, agrees=True, text_version=1, actor=None, at=AT)

        assert states(release) == [("agreed", 1)]

    def test_who_never_agreed_takes_nothing_back(self):
        release = asked(partners=1)

        with pytest.raises(consenting.NotAsked):
            consenting.take_back(release.consents.get(), actor=None, at=AT)
        assert ReleaseConsent.objects.get().state == "asked"

    def test_texts_no_longer_name_it(self):
        with translation.override("en"):
            told = masked("With Bengkel Sol. BENGKEL SOL, not Bengkel Solo.", ["Bengkel Sol", ""])
            nothing = masked("With Bengkel Sol.", [])

        assert told == "With a partner. a partner, not Bengkel Solo."
        assert nothing == "With Bengkel Sol."


class TestPictures:
    def test_one_is_there_once_and_partners_are_asked_anew(self):
        release = asked(partners=1)
        shot = Shot(photo(), "Sol", "Outsole", "Mitra 1")

        first = releasing.add_picture(release, shot, actor=None, at=AT)
        second = releasing.add_picture(release, shot, actor=None, at=AT)

        assert first == second
        assert states(release) == [("asked", 2)]

    def test_out_again_and_what_is_no_picture_is_refused(self):
        release = written()
        one = releasing.add_picture(release, Shot(photo()), actor=None, at=AT)

        releasing.remove_picture(one, actor=None, at=AT)
        releasing.remove_picture(one, actor=None, at=AT)
        with pytest.raises(Refused):
            releasing.add_picture(release, Shot(b"no picture"), actor=None, at=AT)

        assert not ReleasePicture.objects.exists()
        release.refresh_from_db()
        assert release.text_version == 3
