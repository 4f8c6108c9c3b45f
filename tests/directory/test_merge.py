"""Two profiles made one, and the way back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ifn.audit.queries import history_of
from ifn.directory import actions
from ifn.directory.models import (
    Business,
    Contact,
    Invitation,
    Listing,
    Membership,
    Merge,
    OpenProfile,
    Picture,
    Twins,
    Verification,
)
from ifn.directory.profile import ContactFact
from ifn.directory.queries import pictures_of, profile_of, standing_for
from ifn.directory.whole import whole
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import (
    AT,
    LATER,
    LATER_ON,
    full_profile,
    photo,
    profile,
    registered,
    revised,
    verified,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
MUCH_LATER = LATER + timedelta(days=3)


@pytest.fixture
def officer():
    return OfficerFactory(name="Bu Ani")


@pytest.fixture
def pair():
    """A full profile, and a thin one that a list brought."""
    full = registered(full_profile())
    thin = registered(
        profile(
            name="Langkah Jaya Abadi",
            workers=20,
            contacts=(ContactFact("phone", "+62321999888"),),
        ),
        source=actions.source_named("list", "Sentra 2025"),
    )
    return full, thin


def merged(kept, gone, actor, **options):
    given = {
        "versions": (kept.version, gone.version),
        "chosen": {},
        "reason": "Nomor telepon sama.",
        "at": LATER,
    }
    return actions.merge(kept, gone, actor=actor, **given | options)


def stand(*businesses):
    """Return everything that must be the same again after the way back."""
    found = []
    for one in businesses:
        business = Business.objects.get(pk=one.pk)
        found.append(
            (
                *(profile_of(business), business.status, business.merged_into_id),
                *(business.slug, business.number, business.confirmed_on, business.completeness),
                whole(business).statements,
                [(each.pk, each.position) for each in pictures_of(business)],
                sorted(
                    Membership.objects.filter(business=one).values_list("person", "role", "since")
                ),
                sorted(
                    Verification.objects.filter(business=one).values_list(
                        "pk", "topic", "replaced_at", "withdrawn_at"
                    )
                ),
                sorted(Invitation.objects.filter(business=one).values_list("pk", flat=True)),
                list(Listing.objects.filter(business=one).values_list("content", flat=True)),
                OpenProfile.objects.filter(business=one).exists(),
            )
        )
    return found


def test_merge_takes_chosen_facts_and_says_who_stated_them(pair, officer):
    kept, gone = pair
    contacts = profile_of(kept).contacts

    merged(kept, gone, officer, chosen={"workers": "gone", "contacts": "both", "name": "kept"})

    now = profile_of(Business.objects.get(pk=kept.pk))
    assert (now.name, now.workers) == ("Langkah Jaya", 20)
    assert now.contacts == (*contacts, ContactFact("phone", "+62321999888"))
    stated = whole(Business.objects.get(pk=kept.pk)).said_by
    assert stated["workers"].label == "Sentra 2025"
    assert stated["contacts"].label == "Sentra 2025"
    assert stated["name"].label == "Sri Wahyuni"


def test_merged_profile_is_gone_from_everything_that_lists(pair, officer, ask):
    kept, gone = pair
    assert "Langkah Jaya Abadi" in ask("Langkah")

    merged(kept, gone, officer)

    gone.refresh_from_db()
    assert (gone.status, gone.merged_into_id) == ("merged", kept.pk)
    assert ask("Langkah") == ["Langkah Jaya"]
    assert not Listing.objects.filter(business=gone).exists()
    assert not OpenProfile.objects.filter(business=gone).exists()
    assert standing_for(gone) == kept


def test_pictures_people_checks_and_invitations_move(pair, officer, files):
    kept, gone = pair
    same, other = photo((300, 200)), photo((300, 210))
    first = actions.add_picture(kept, same, actor=None, at=AT)
    actions.add_picture(gone, same, actor=None, at=AT)
    second = actions.add_picture(gone, other, actor=None, at=AT)
    both, alone = UserFactory(), UserFactory()
    for business, person, role in (
        (kept, both, "editor"),
        (gone, both, "owner"),
        (gone, alone, "viewer"),
    ):
        Membership.objects.create(business=business, person=person, role=role, since=AT)
    old = verified(kept, "legality", checked_on=LATER_ON - timedelta(days=90), at=LATER)
    new = verified(gone, "legality", checked_on=LATER_ON, at=LATER)
    place = verified(gone, "place", at=LATER)
    invitation, _token = actions.invite(gone, role="editor", note="", actor=officer, at=AT)

    merged(kept, gone, officer)

    assert pictures_of(kept) == [first, second]
    assert Picture.objects.filter(business=gone).count() == 1
    assert dict(Membership.objects.filter(business=kept).values_list("person", "role")) == {
        both.pk: "owner",
        alone.pk: "viewer",
    }
    assert not Membership.objects.filter(business=gone).exists()
    standing = Verification.objects.standing().filter(business=kept)
    assert set(standing) == {new, place}
    old.refresh_from_db()
    assert old.replaced_at == LATER
    invitation.refresh_from_db()
    assert invitation.business_id == kept.pk


def test_undo_puts_both_back_exactly(pair, officer, files):
    kept, gone = pair
    actions.add_picture(kept, photo((300, 200)), actor=None, at=AT)
    actions.add_picture(gone, photo((300, 210)), actor=None, at=AT)
    both, alone = UserFactory(), UserFactory()
    for business, person, role in (
        (kept, both, "editor"),
        (gone, both, "owner"),
        (gone, alone, "owner"),
    ):
        Membership.objects.create(business=business, person=person, role=role, since=AT)
    verified(kept, "legality", checked_on=LATER_ON - timedelta(days=90), at=LATER)
    verified(gone, "legality", checked_on=LATER_ON, at=LATER)
    actions.invite(gone, role="editor", note="", actor=officer, at=AT)
    before = stand(kept, gone)
    every = {"workers": "gone", "contacts": "both", "name": "gone", "region": "gone"}

    made = merged(kept, gone, officer, chosen=every)
    assert stand(kept, gone) != before
    parted = actions.undo_merge(made, actor=officer, at=MUCH_LATER)

    assert parted.stayed == ()
    assert stand(kept, gone) == before
    events = [list(history_of(one).values_list("event", flat=True)) for one in (kept, gone)]
    assert "directory.business.parted" in events[0]
    assert events[1][0] == "directory.business.parted"


def test_undo_keeps_what_was_written_since_and_says_what_stayed(pair, officer):
    kept, gone = pair
    made = merged(kept, gone, officer, chosen={"workers": "gone", "name": "gone"})
    kept = Business.objects.get(pk=kept.pk)
    revised(kept, profile_of(kept).__class__(**{**vars_of(kept), "name": "Nama Baru"}))

    parted = actions.undo_merge(made, actor=officer, at=MUCH_LATER)

    assert parted.stayed == ("workers",)
    now = profile_of(Business.objects.get(pk=kept.pk))
    assert (now.name, now.workers) == ("Nama Baru", 20)
    assert profile_of(Business.objects.get(pk=gone.pk)).name == "Langkah Jaya Abadi"
    assert Business.objects.get(pk=gone.pk).status == "listed"


def vars_of(business):
    facts = profile_of(business)
    return {name: getattr(facts, name) for name in type(facts).__dataclass_fields__}


def test_merge_undone_twice_is_undone_once(pair, officer):
    made = merged(*pair, officer)
    actions.undo_merge(made, actor=officer, at=MUCH_LATER)

    with pytest.raises(actions.UndoneMeanwhile):
        actions.undo_merge(Merge.objects.get(), actor=officer, at=MUCH_LATER)


def test_merged_twice_is_merged_once(pair, officer):
    kept, gone = pair
    versions = (kept.version, gone.version)

    made = merged(kept, gone, officer)
    again = merged(kept, gone, officer, versions=versions)

    assert made == again
    assert Merge.objects.count() == 1


def test_merge_refuses_what_changed_since_it_was_looked_at(pair, officer):
    kept, gone = pair
    revised(Business.objects.get(pk=gone.pk), profile(name="Nama Lain"))
    before = stand(kept, gone)

    with pytest.raises(actions.ChangedMeanwhile):
        merged(kept, gone, officer)

    assert stand(kept, gone) == before
    assert not Merge.objects.exists()


def test_merge_refuses_what_is_merged_already(pair, officer):
    kept, gone = pair
    third = registered(profile(name="Ketiga"))
    merged(kept, gone, officer)

    with pytest.raises(actions.GoneMeanwhile) as refused:
        merged(third, Business.objects.get(pk=gone.pk), officer)
    assert refused.value.business == kept
    with pytest.raises(actions.GoneMeanwhile):
        merged(gone, third, officer)
    with pytest.raises(actions.GoneMeanwhile):
        merged(gone, kept, officer)


def test_merge_refuses_one_with_itself_and_real_with_invented(pair, officer):
    kept, _gone = pair
    invented = registered(is_demo=True)

    with pytest.raises(actions.NotTwins):
        merged(kept, kept, officer)
    with pytest.raises(actions.NotTwins):
        merged(kept, invented, officer)


def test_chains_are_flat_and_come_back_link_by_link(officer):
    first, second, third, fourth = (registered(profile(name=f"Usaha {n}")) for n in "ABCD")

    def leads_to():
        found = Business.objects.order_by("pk").values_list("merged_into", flat=True)
        return list(found)

    one = merged(second, first, officer)
    two = merged(third, Business.objects.get(pk=second.pk), officer)
    merged(fourth, Business.objects.get(pk=third.pk), officer)
    assert leads_to() == [fourth.pk, fourth.pk, fourth.pk, None]

    actions.undo_merge(Merge.objects.get(pk=two.pk), actor=officer, at=MUCH_LATER)
    assert leads_to() == [second.pk, None, fourth.pk, None]

    actions.undo_merge(Merge.objects.get(pk=one.pk), actor=officer, at=MUCH_LATER)
    assert leads_to() == [None, None, fourth.pk, None]


def test_what_moved_twice_comes_back_to_whom_it_belongs(officer, files):
    first, second, third = (registered(profile(name=f"Usaha {n}")) for n in "ABC")
    picture = actions.add_picture(first, photo(), actor=None, at=AT)
    person = UserFactory()
    Membership.objects.create(business=first, person=person, role="owner", since=AT)
    one = merged(second, first, officer)
    merged(third, Business.objects.get(pk=second.pk), officer)
    assert pictures_of(third) == [picture]

    actions.undo_merge(Merge.objects.get(pk=one.pk), actor=officer, at=MUCH_LATER)

    assert pictures_of(first) == [picture]
    assert pictures_of(third) == []
    assert list(Membership.objects.values_list("business", "person")) == [(first.pk, person.pk)]
    assert Business.objects.get(pk=second.pk).merged_into == third


@pytest.mark.parametrize(
    "change",
    [
        lambda one, _who: actions.hide(one, reason="x", actor=_who, at=LATER),
        lambda one, who: actions.list_again(one, actor=who, at=LATER),
        lambda one, _who: revised(one, profile(name="Lain")),
        lambda one, who: actions.confirm(one, on=LATER_ON, actor=who, at=LATER),
        lambda one, who: actions.add_picture(one, photo(), actor=who, at=LATER),
        lambda one, _who: verified(one, "legality", at=LATER),
        lambda one, who: actions.invite(one, role="editor", note="", actor=who, at=LATER),
    ],
)
def test_nobody_changes_a_merged_profile(pair, officer, files, change):
    kept, gone = pair
    merged(kept, gone, officer)

    with pytest.raises((PermissionDenied, actions.NotTheirs)):
        change(Business.objects.get(pk=gone.pk), officer)

    assert Business.objects.get(pk=gone.pk).status == "merged"


def test_pairs_follow_the_kept_profile(pair, officer):
    kept, gone = pair
    said_apart, waits = registered(profile(name="Tetangga")), registered(profile(name="Mirip"))
    actions.keep_apart(gone, said_apart, reason="Beda pemilik", actor=officer, at=AT)
    Twins.objects.create(left=gone, right=waits, probability=0.7, found_at=AT)

    made = merged(kept, gone, officer)

    verdicts = {(one.left_id, one.right_id): one.verdict for one in Twins.objects.all()}
    assert verdicts == {
        (kept.pk, gone.pk): "same",
        (gone.pk, said_apart.pk): "apart",
        (kept.pk, said_apart.pk): "apart",
        (kept.pk, waits.pk): "waiting",
    }

    actions.undo_merge(made, actor=officer, at=MUCH_LATER)

    verdicts = {(one.left_id, one.right_id): one.verdict for one in Twins.objects.all()}
    assert verdicts[kept.pk, gone.pk] == "waiting"
    assert verdicts[gone.pk, said_apart.pk] == "apart"
    assert (kept.pk, said_apart.pk) not in verdicts


def test_a_contact_is_shown_to_no_more_people_than_before(officer):
    kept = registered(profile(contacts=(ContactFact("phone", "+62321999888", "public"),)))
    gone = registered(profile(contacts=(ContactFact("phone", "+62321999888", "nobody"),)))

    merged(kept, gone, officer, chosen={"contacts": "both"})

    assert Contact.objects.get(business=kept).visibility == "nobody"


@pytest.mark.parametrize(
    "values", [{"status": "merged"}, {"merged_into_id": 1}, {"status": "merged", "merged": "self"}]
)
def test_database_refuses_half_merged_profiles(pair, values):
    kept, gone = pair
    if values.get("merged_into_id"):
        values = {"merged_into_id": kept.pk}
    if values.get("merged"):
        values = {"status": "merged", "merged_into_id": gone.pk}

    with pytest.raises(IntegrityError), transaction.atomic():
        Business.objects.filter(pk=gone.pk).update(**values)


def test_database_lets_one_merge_of_a_profile_stand(pair, officer):
    kept, gone = pair
    merged(kept, gone, officer)
    other = registered(profile(name="Lain"))

    with pytest.raises(IntegrityError), transaction.atomic():
        Merge.objects.create(kept=other, gone=gone, merged_at=LATER, status="listed")
