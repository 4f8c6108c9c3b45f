"""A regional officer sees their own region in every list, next item, page and bulk action."""

from datetime import timedelta
from http import HTTPStatus
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localdate, now

from ifn.accounts.models import Duty, User
from ifn.directory import actions as directory
from ifn.directory.models import Business, Source, Twins
from ifn.intake.models import Row
from ifn.moderation import actions, work
from ifn.moderation.kinds import KINDS as EVERY_KIND
from ifn.moderation.models import Assignment, Claim, Look, Told
from ifn.moderation.scope import has_work, in_scope, one_in_scope
from ifn.moderation.work import Wanted
from tests.factories import lists
from tests.factories.accounts import (
    AdministratorFactory,
    OfficerFactory,
    RegionalOfficerFactory,
    UserFactory,
)
from tests.factories.assessments import started, submitted
from tests.factories.desk import late_enquiry, old_request, silent_enquiry
from tests.factories.directory import (
    AT,
    BANDUNG,
    MOJOKERTO,
    SIDOARJO,
    profile,
    registered,
    verified,
)
from tests.factories.moderation import handed, reachable, reported, waiting_claim
from tests.factories.opportunities import posted
from tests.moderation.conftest import page

#: Kinds of work that go by region.
#: Those that regions decide; an assessment is also of the desk for programmes.
KINDS = [name for name, kind in EVERY_KIND.items() if kind.may is None or name == "assessment"]

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def own_profile(region):
    source = directory.source_named(Source.Kind.SELF, "")
    return registered(profile(region=region, name=f"Baru {region}"), source=source)


def first_post(region):
    business = registered(profile(region=region, name=f"Peluang {region}"))
    return posted(business, UserFactory())


def pair(region):
    """Return two profiles of a region that may be one."""
    one, other = (registered(profile(region=region, name=f"Kembar {region}")) for _n in range(2))
    return Twins.objects.create(left=one, right=other, found_at=AT)


@pytest.fixture
def everywhere():
    """One piece of work of each kind in each of three regions, and without a region."""
    made = {}
    of_office = lists.received()
    for region in (MOJOKERTO, SIDOARJO, BANDUNG, ""):
        business = reachable(region=region, name=f"Sol {region}")
        ends = localdate() + timedelta(days=20)
        check = verified(business, "place", actor=AdministratorFactory(), expires_on=ends)
        brought = lists.received(sha256=f"{region:x>64}", scope=[region or BANDUNG])
        made[region] = {
            "claim": waiting_claim(business, handed=handed()).pk,
            "report": reported(business).pk,
            "profile": own_profile(region).pk,
            "twins": pair(region).pk,
            "expiring": check.pk,
            "row": lists.maybe(of_office, business, f"Baris {region}", region_id=region or None).pk,
            "list": brought.pk,
            "opportunity": first_post(region).pk,
            "assessment": submitted(started(business)).pk,
            "unmatched": old_request(region=region).pk,
            "unanswered": late_enquiry(region=region).pk,
            "outcome": silent_enquiry(region=region).pk,
            "business": business,
        }
    return made


def regions_seen(person):
    return sorted({item.in_region or "" for item in work.listed(person, Wanted(), at=now())})


class TestLists:
    @pytest.mark.parametrize(
        ("territory", "seen"),
        [
            ([MOJOKERTO], [MOJOKERTO]),
            ([MOJOKERTO, BANDUNG], [BANDUNG, MOJOKERTO]),
            (["35"], [SIDOARJO, MOJOKERTO]),
            ([], []),
        ],
    )
    @pytest.mark.usefixtures("everywhere")
    def test_a_dinas_sees_its_territory(self, territory, seen):
        person = RegionalOfficerFactory(territory=territory)

        assert regions_seen(person) == seen
        counted = work.line(person, Wanted(), at=now()).counts
        assert {name: counted[name] for name in KINDS} == dict.fromkeys(KINDS, len(seen))
        assert has_work(person) == bool(territory)

    @pytest.mark.usefixtures("everywhere")
    def test_a_filter_for_another_region_shows_nothing(self, dinas):
        assert work.listed(dinas, Wanted(region=SIDOARJO), at=now()) == []
        assert len(work.listed(dinas, Wanted(region="35"), at=now())) == len(KINDS)

    @pytest.mark.parametrize("duty", Duty.Kind.values)
    def test_of_the_office_each_desk_sees_its_work_everywhere(self, everywhere, duty):
        person = OfficerFactory(duties=[duty])

        seen = regions_seen(person)

        working = {"verifier", "data", "programme", "broker"}
        assert seen == (sorted(everywhere) if duty in working else [])
        kinds = {item.kind for item in work.listed(person, Wanted(), at=now())}
        everything = {*KINDS, "list"} - {"assessment"}
        theirs = {
            "verifier": everything,
            "data": everything - {"expiring"},
            "programme": {"assessment"},
            "broker": {"unmatched", "unanswered", "outcome"},
        }
        assert kinds == theirs.get(duty, set())

    def test_an_administrator_sees_everything_and_a_member_nothing(self, everywhere):
        assert regions_seen(AdministratorFactory()) == sorted(everywhere)
        assert regions_seen(UserFactory()) == []

    @pytest.mark.usefixtures("everywhere")
    def test_without_a_second_factor_or_with_a_closed_account_there_is_nothing(self):
        for change in ({"secured_at": None}, {"is_active": False}):
            for person in (
                RegionalOfficerFactory(territory=[MOJOKERTO], **change),
                OfficerFactory(**change),
            ):
                assert regions_seen(person) == []

    @pytest.mark.usefixtures("everywhere")
    def test_the_next_piece_of_work_is_of_the_own_region(self, dinas):
        line = work.listed(dinas, Wanted(), at=now())

        assert len(line) == len(KINDS)
        for one, following in pairwise(line):
            behind = work.after(dinas, Wanted(), one, at=now())
            assert (behind.kind, behind.subject) == (following.kind, following.subject)
            in_front = work.before(dinas, Wanted(), following, at=now())
            assert (in_front.kind, in_front.subject) == (one.kind, one.subject)
        assert work.after(dinas, Wanted(), line[-1], at=now()) is None
        assert work.before(dinas, Wanted(), line[0], at=now()) is None

    @pytest.mark.usefixtures("everywhere")
    def test_rows_and_single_ones_agree(self):
        people = [
            RegionalOfficerFactory(territory=["35"]),
            OfficerFactory(duties=["events"]),
            OfficerFactory(duties=["data"]),
        ]
        for person in people:
            seen = set(in_scope(Claim.objects.all(), person).values_list("pk", flat=True))
            for claim in Claim.objects.all():
                one = Claim.objects.filter(pk=claim.pk)
                if claim.pk in seen:
                    assert one_in_scope(one, person) == claim
                else:
                    with pytest.raises(PermissionDenied):
                        one_in_scope(one, person)
        with pytest.raises(Http404):
            one_in_scope(Claim.objects.filter(pk=0), people[0])


def status(browser, address):
    answer = browser.get(address)
    if answer.streaming:
        answer.getvalue()  # reading a file to its end closes it
    return answer.status_code


class TestPages:
    def addresses(self, made):
        claim, row = Claim.objects.get(pk=made["claim"]), Row.objects.get(pk=made["row"])
        return [
            page("judge", claim.pk),
            page("evidence-file", claim.pk, claim.notes.get().pk),
            page("answer", made["report"]),
            page("look", made["profile"]),
            page("twins", made["twins"]),
            page("expiring", made["expiring"]),
            page("links", made["business"].number),
            reverse("intake:row", args=[row.list_id, row.position]),
        ]

    def test_pages_of_other_regions_are_closed(self, everywhere, signed_in, dinas):
        browser = signed_in(dinas)
        met = {
            region: {status(browser, address) for address in self.addresses(made)}
            for region, made in everywhere.items()
        }

        assert met == {
            MOJOKERTO: {HTTPStatus.OK},
            SIDOARJO: {HTTPStatus.FORBIDDEN},
            BANDUNG: {HTTPStatus.FORBIDDEN},
            "": {HTTPStatus.FORBIDDEN},
        }

    def test_nothing_of_other_regions_is_decided(self, everywhere, signed_in, dinas):
        browser = signed_in(dinas)
        made = everywhere[SIDOARJO]
        link, _token = actions.make_claim_link(
            made["business"], note="", actor=OfficerFactory(), at=AT
        )
        addresses = [
            *self.addresses(made),
            page("withdraw-link", made["business"].number, link.pk),
            page("undo-merge", made["twins"]),
        ]
        given = {"do": "grant", "fixed": "1", "fine": "1", "answer": "", "reason": "", "text": ""}

        for address in addresses:
            assert browser.post(address, given).status_code in {
                HTTPStatus.FORBIDDEN,
                HTTPStatus.METHOD_NOT_ALLOWED,
            }

        assert Claim.objects.get(pk=made["claim"]).state == "waiting"
        assert Twins.objects.get(pk=made["twins"]).verdict == "waiting"
        assert not Told.objects.exists()
        assert not Look.objects.exists()

    @pytest.mark.usefixtures("everywhere")
    def test_the_list_shows_and_counts_the_own_region_only(self, signed_in, dinas):
        html = signed_in(dinas).get(page("work")).content.decode()

        assert "Sol 35.16" in html
        for other in ("Sol 35.15", "Sol 32.73", "Baru 35.15", "Baris 35.15", "Kota Bandung"):
            assert other not in html

    @pytest.mark.parametrize("do", ["take", "give_back", "looked_at"])
    def test_what_was_ticked_elsewhere_is_left_alone(self, everywhere, signed_in, dinas, do):
        ticked = [
            f"{kind}:{everywhere[region][kind]}" for region in (SIDOARJO, BANDUNG) for kind in KINDS
        ]
        colleague = OfficerFactory()
        actions.take("claim", everywhere[SIDOARJO]["claim"], person=colleague, at=AT)

        signed_in(dinas).post(page("take"), {"do": do, "work": ticked})

        assert [one.person for one in Assignment.objects.all()] == [colleague]
        assert not Look.objects.exists()

    def test_links_to_the_work_stand_in_the_menu_of_staff_only(self, signed_in, business, dinas):
        for person, sees in ((dinas, True), (UserFactory(), False)):
            html = signed_in(person).get(business.get_absolute_url()).content.decode()
            assert ('href="/kerja"' in html) == sees


def test_work_is_of_listed_profiles_that_members_entered(officer):
    own = own_profile(MOJOKERTO)
    reachable(name="Dari kantor")
    hidden, demo = own_profile(SIDOARJO), own_profile(BANDUNG)
    directory.hide(hidden, reason="x", actor=officer, at=AT)
    Business.objects.filter(pk=demo.pk).update(is_demo=True)

    found = work.listed(officer, Wanted(kinds=frozenset({"profile"})), at=now())

    assert [item.subject for item in found] == [own.pk]
    assert User.objects.exclude(email="telepon@kantor.example").count() == 1
