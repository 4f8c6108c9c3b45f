"""What two officers do to the same profiles at the same moment."""

import pytest

from ifn.directory import actions
from ifn.directory.models import Business, Listing, Merge
from ifn.directory.profile import ContactFact
from tests.directory.test_two_at_once import together  # noqa: F401  # the fixture
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import LATER, profile, registered, revised

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_once(together):  # noqa: F811  # as fixtures are asked for
    return together


@pytest.fixture
def three(at_once):
    names = ("Langkah Jaya", "Langkah Jaya Abadi", "CV Langkah Jaya")
    return [
        registered(profile(name=name, contacts=(ContactFact("phone", f"+6232155500{n}"),)))
        for n, name in enumerate(names)
    ]


def merging(kept, gone, officer):
    def merge():
        return actions.merge(
            Business.objects.get(pk=kept.pk),
            Business.objects.get(pk=gone.pk),
            versions=(1, 1),
            chosen={"contacts": "both"},
            reason="",
            actor=officer,
            at=LATER,
        )

    return merge


def kinds(found):
    return sorted(type(one).__name__ for one in found)


def stand():
    """Return where every profile leads, and which are in lists."""
    return (
        dict(Business.objects.values_list("pk", "merged_into")),
        set(Listing.objects.values_list("business", flat=True)),
        set(Merge.objects.filter(undone_at=None).values_list("gone", "kept")),
    )


def test_two_officers_merge_one_pair(at_once, three):
    kept, gone, other = three
    act = merging(kept, gone, OfficerFactory())

    found = at_once(act, act, act)

    assert kinds(found) == ["Merge"] * 3
    assert len({one.pk for one in found}) == 1
    [(leads, listed, standing)] = at_once(stand)
    assert leads == {kept.pk: None, gone.pk: kept.pk, other.pk: None}
    assert listed == {kept.pk, other.pk}
    assert standing == {(gone.pk, kept.pk)}


def test_two_officers_merge_one_pair_the_other_way_round(at_once, three):
    one, two, _other = three
    officer = OfficerFactory()

    found = at_once(merging(one, two, officer), merging(two, one, officer))

    assert kinds(found) == ["GoneMeanwhile", "Merge"]
    [(leads, _listed, standing)] = at_once(stand)
    assert len(standing) == 1
    assert sum(into is not None for into in leads.values()) == 1


def test_a_chain_merged_at_once_is_flat(at_once, three):
    first, second, third = three
    officer = OfficerFactory()

    found = at_once(merging(second, first, officer), merging(third, second, officer))

    [(leads, listed, _standing)] = at_once(stand)
    assert set(kinds(found)) <= {"ChangedMeanwhile", "GoneMeanwhile", "Merge"}
    assert kinds(found).count("Merge") == 1
    assert all(into is None or leads[into] is None for into in leads.values())
    assert listed == {pk for pk, into in leads.items() if into is None}


def test_a_ring_of_merges_leaves_one_at_the_end_of_every_way(at_once, three):
    first, second, third = three
    officer = OfficerFactory()

    found = at_once(
        merging(second, first, officer),
        merging(third, second, officer),
        merging(first, third, officer),
    )

    assert set(kinds(found)) <= {"ChangedMeanwhile", "GoneMeanwhile", "Merge"}
    [(leads, listed, _standing)] = at_once(stand)
    assert all(into is None or leads[into] is None for into in leads.values())
    assert listed == {pk for pk, into in leads.items() if into is None}


def test_a_profile_saved_while_it_is_merged_loses_nothing(at_once, three):
    kept, gone, _other = three

    def save():
        return revised(Business.objects.get(pk=gone.pk), profile(name="Baru"), version=1)

    found = at_once(merging(kept, gone, OfficerFactory()), save)

    # Either the merge sees what was saved and asks again, or the saving is refused.
    assert kinds(found) in (["Business", "ChangedMeanwhile"], ["Merge", "MergedMeanwhile"])


def test_a_merge_undone_by_two_is_undone_once(at_once, three):
    kept, gone, other = three
    officer = OfficerFactory()
    made = merging(kept, gone, officer)()

    def undo():
        return actions.undo_merge(Merge.objects.get(pk=made.pk), actor=officer, at=LATER)

    found = at_once(undo, undo)

    assert kinds(found) == ["Parted", "UndoneMeanwhile"]
    [(leads, listed, _standing)] = at_once(stand)
    assert set(leads.values()) == {None}
    assert listed == {kept.pk, gone.pk, other.pk}
