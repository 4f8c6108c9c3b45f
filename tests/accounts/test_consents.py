"""What people agree to is kept with the words they saw; the words are never changed."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from ifn.accounts import actions
from ifn.accounts.consenting import TEXTS, newest, words
from ifn.accounts.models import Consent
from ifn.audit.queries import history_of
from tests.factories.accounts import UserFactory

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
#: Of every text that was shown. A new version adds a line; a line is never changed.
SHOWN = {
    "contact_public 0": "2620ec2e8367",
    "contact_public 1": "bbd5a40294f2",
    "contact_members 0": "2620ec2e8367",
    "contact_members 1": "dd2fa63ee941",
    "news 1": "d93993511021",
    "outcomes_public 1": "64c727af9fce",
}


def test_texts_that_were_shown_stay_as_they_are():
    found = {
        f"{purpose} {version}": hashlib.sha256(
            f"{text.indonesian}\n{text.english}".encode()
        ).hexdigest()[:12]
        for purpose, versions in TEXTS.items()
        for version, text in versions.items()
    }

    assert found == SHOWN


def test_every_purpose_has_words_in_both_languages():
    assert set(TEXTS) == set(Consent.Purpose.values)
    for purpose in Consent.Purpose.values:
        with translation.override("id"):
            indonesian = str(words(purpose))
        with translation.override("en"):
            assert str(words(purpose, newest(purpose))) not in ("", indonesian)


@pytest.mark.django_db
def test_a_person_agrees_once_withdraws_and_agrees_again():
    person = UserFactory()

    first = actions.agree(Consent.Purpose.NEWS, person=person, at=AT)
    assert actions.agree(Consent.Purpose.NEWS, person=person, at=AT) == first
    later = AT + timedelta(days=1)
    actions.withdraw(first, actor=person, at=later)
    actions.withdraw(first, actor=person, at=later + timedelta(days=1))
    second = actions.agree(Consent.Purpose.NEWS, person=person, at=later)

    first.refresh_from_db()
    assert (first.version, first.how, first.withdrawn_at) == (1, "self", later)
    assert list(Consent.objects.standing()) == [second]
    events = [entry.event for entry in history_of(first)]
    assert events == ["accounts.consent.withdrawn", "accounts.consent.given"]
