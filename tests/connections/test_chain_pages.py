"""The chain builder from the brief to the saved chain, as people meet it."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime, now

from ifn.connections.actions import chains as actions
from ifn.connections.forms.chains import EXAMPLE
from ifn.connections.models import KEPT, Chain, UnfilledLink
from ifn.connections.queries.chains import Lacking, unfilled_links
from ifn.connections.queries.firms import gathered_for, ground_on
from ifn.directory.actions import hide
from ifn.directory.profile import CapabilityFact
from ifn.jobs.models import Job
from ifn.jobs.running import run_due
from ifn.privacy.gathering import gathered
from tests.connections.briefs import TODAY, brief, links_of
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.directory import BANDUNG, MOJOKERTO, SIDOARJO, profile, registered, role

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

#: Says which of the solver's modules a process has that serves pages.
LOADED = """
import django, sys
django.setup()
import ifn.urls, ifn.connections.tasks
print([name for name in ("ortools", "pandas") if name in sys.modules])
"""
GIVEN = EXAMPLE | {"sole": "", "near": 2, "soon": 2, "sure": 2, "few": 2, "fit": 2}
ROLES = {
    "Kulit Jaya": ("UP_TANNERY", [("material", "COW")]),
    "Sol Jaya": ("CO_OUTSOLE", [("material", "RUBBER")]),
    "Insole Jaya": ("CO_INSOLE", []),
    "Acuan Jaya": ("CO_LAST", []),
    "Lem Jaya": ("UP_ADHESIVE", [("material", "ADH")]),
    "Jahit Jaya": ("PR_UPPER", [("process", "STITCH"), ("product_type", "COMPONENT")]),
    "Rakit Jaya": ("PR_ASSEMBLY", [("process", "LAST"), ("construction", "CEMENTED")]),
    "Dus Jaya": ("CO_PACK", []),
    "Uji Jaya": ("SV_LAB", []),
}


def register(name, code, terms, **changes):
    facts = {"lead_time_days": 7, "region": MOJOKERTO} | changes
    capabilities = (role(code), *(CapabilityFact(*term) for term in terms))
    return registered(profile(name=name, capabilities=capabilities, **facts))


@pytest.fixture
def network():
    """Register one firm for every link of the example."""
    return {name: register(name, *facts) for name, facts in ROLES.items()}


def asked(client, **changes):
    """Ask for the chain of a brief and let it be worked out; return its address."""
    answer = client.post(reverse("connections:compose"), GIVEN | changes)
    assert answer.status_code == 302, answer.context["form"].errors
    run_due()
    return answer.headers["Location"]


def test_a_visitor_gets_a_chain_for_the_example(client, network):
    page = client.get(asked(client))

    proposal = page.context["proposal"]
    assert [card.takers[0].name for card in page.context["cards"]] == list(ROLES)
    assert proposal.is_best_of_all
    assert proposal.days == 28
    assert "Terbukti" in page.content.decode()
    for business in network.values():
        assert business.get_absolute_url() in page.content.decode()


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize("given", ["0", "99", "dua", "9" * 5000])
def test_a_proposal_that_is_none_shows_the_first(client, given):
    page = client.get(asked(client), {"usulan": given})

    assert page.context["number"] == 1


def test_the_page_says_that_it_is_being_worked_out_and_looks_again_by_itself(client, network):
    address = client.post(reverse("connections:compose"), GIVEN).headers["Location"]

    page = client.get(address).content.decode()
    waiting = client.get(address, headers={"HX-Request": "true"})
    run_due()
    ready = client.get(address, headers={"HX-Request": "true"})

    assert '<meta http-equiv="refresh"' in page
    assert 'hx-trigger="every 1s"' in page
    assert waiting.status_code == 204
    assert ready.headers["HX-Refresh"] == "true"


def test_a_given_up_job_is_told_and_the_brief_is_not_lost(client, network):
    address = client.post(reverse("connections:compose"), GIVEN).headers["Location"]
    Job.objects.update(state=Job.State.FAILED, finished_at=now())

    page = client.get(address)

    assert page.context["state"] == Chain.State.FAILED
    assert "product=SNEAKER" in page.context["again"]


def test_what_a_firm_does_not_show_is_not_used(client, network):
    shown = register(
        "Terbuka", "PR_ASSEMBLY", [], monthly_capacity=90, capacity_visibility="public"
    )
    hidden = register("Tertutup", "PR_ASSEMBLY", [], monthly_capacity=90)
    one = brief(pairs=100, deadline_days=60)

    found = gathered_for(one, links_of(one), ground_on(TODAY))

    firms = {firm.key: firm for firm in found["assembly"].firms}
    assert firms[shown.pk].monthly_capacity == 90
    assert firms[hidden.pk].monthly_capacity is None


def test_firms_far_down_the_list_are_bounded_and_named_where_nobody_fits(network):
    register("Jauh", "SV_LAB", [], region=BANDUNG)
    one = brief(certificates=frozenset({"SNI"}))

    found = gathered_for(one, links_of(one), ground_on(TODAY))

    assert all(each.rest is None for each in found.values())
    assert len(found["test"].firms) == 2


def test_a_link_that_nobody_fills_is_told_and_counted_for_the_office(client, network):
    register("Dus Besar", "CO_PACK", [], minimum_order=900)
    _hide(network["Dus Jaya"])

    page = client.get(asked(client))

    (open_link,) = page.context["open_links"]
    assert open_link[0] == "Kemasan"
    assert "Dus Besar" in open_link[1]
    assert "900" in open_link[1]
    assert unfilled_links(now() - timedelta(1)) == [
        Lacking(MOJOKERTO, "packaging", "minimum_order", 1)
    ]
    client.force_login(RegionalOfficerFactory(territory=[SIDOARJO]))
    assert "Kemasan" not in client.get(reverse("connections:lacking")).content.decode()
    client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))
    assert "pesanan minimum" in client.get(reverse("connections:lacking")).content.decode()


def _hide(business):
    hide(business, reason="x", actor=OfficerFactory(), at=now())


def test_a_deadline_too_near_leads_to_a_form_with_one_that_is_possible(client, network):
    page = client.get(asked(client, days="27"))

    assert page.context["fastest"] == 28
    again = client.get(page.context["longer"])
    assert again.context["form"]["days"].value() == "28"
    assert again.context["form"]["product"].value() == "SNEAKER"
    assert not again.context["form"].errors


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"pairs": "0"}, "pairs"),
        ({"pairs": "10000000000"}, "pairs"),
        ({"pairs": "banyak"}, "pairs"),
        ({"days": "0"}, "days"),
        ({"days": "366"}, "days"),
        ({"place": "Atlantis Raya"}, "place"),
        ({"place": "Jawa Timur"}, "place"),
        ({"product": "BAG"}, "product"),
        ({"near": "3"}, "near"),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(client, changes, field):
    page = client.post(reverse("connections:compose"), GIVEN | changes)

    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    for name, value in changes.items():
        assert page.context["form"][name].value() == value
    assert not Chain.objects.exists()


def test_only_its_maker_opens_a_chain_until_it_is_shared(client, network):
    address = asked(client)
    other = client.__class__()

    assert other.get(address).status_code == 404
    client.post(f"{address}/bagikan", {"share": "1"})
    assert other.get(address).status_code == 200
    assert other.post(f"{address}/bagikan", {}).status_code == 403
    assert other.post(f"{address}/hapus").status_code == 403
    client.post(f"{address}/bagikan", {"close": "1"})
    assert other.get(address).status_code == 404


def test_a_visitor_who_signs_in_can_save_what_they_made(client, network):
    address = asked(client)
    person, chain = UserFactory(), Chain.objects.get()

    waiting = actions.propose(brief(), actions.Maker(person), actor=person, at=now())

    with pytest.raises(actions.NotDone):
        actions.keep(waiting, "x", actor=person, at=now())
    saved = actions.keep(chain, "Sneakers sekolah", actor=person, at=now())

    client.force_login(person)
    assert "Sneakers sekolah" in client.get(reverse("connections:compose")).content.decode()
    assert client.get(address).context["may_save"]
    assert (saved.person, saved.visitor) == (person, "")
    assert gathered(person)["chains"][0]["name"] == "Sneakers sekolah"
    assert actions.erase_chains(person) == 2


def test_the_same_brief_is_worked_out_once_and_too_many_are_refused(client):
    person = UserFactory()
    maker = actions.Maker(person)

    first = actions.propose(brief(), maker, actor=person, at=now())
    again = actions.propose(brief(), maker, actor=person, at=now())
    for pairs in range(1, actions.AN_HOUR):
        actions.propose(brief(pairs=pairs), maker, actor=person, at=now())

    assert first == again
    with pytest.raises(actions.TooManyBriefs):
        actions.propose(brief(pairs=99), maker, actor=person, at=now())
    client.force_login(person)
    page = client.post(reverse("connections:compose"), GIVEN)
    assert page.context["form"].non_field_errors()
    later = now() + timedelta(hours=1, seconds=1)
    assert actions.propose(brief(pairs=99), maker, actor=person, at=later)


def test_old_chains_go_unless_they_were_saved(client, network):
    asked(client)
    kept = Chain.objects.get()
    actions.keep(kept, "x", actor=UserFactory(), at=now())
    asked(client, pairs="77")

    assert actions.tidy(at=now() + KEPT - timedelta(minutes=1)) == 0
    assert actions.tidy(at=now() + KEPT + timedelta(minutes=1)) == 1
    assert list(Chain.objects.all()) == [kept]


def test_a_chain_removed_meanwhile_is_not_worked_out(client, network):
    client.post(reverse("connections:compose"), GIVEN)
    Chain.objects.all().delete()

    run_due()

    assert Job.objects.filter(task=actions.COMPOSE).get().state == Job.State.DONE
    assert not UnfilledLink.objects.exists()


def test_enquiries_go_to_all_links_five_firms_at_a_time(client, network):
    page = client.get(asked(client))

    (first, second) = [href for _text, href in page.context["enquiries"]]
    assert first.count("ke=") == 5
    assert second.count("ke=") == 4
    assert "jumlah=500" in first


def test_a_firm_that_left_the_directory_is_named_so(client, network):
    address = asked(client)
    _hide(network["Sol Jaya"])

    page = client.get(address).content.decode()

    assert "Sol Jaya" not in page
    assert "tidak ada di direktori" in page


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_costs_the_same_however_many_firms(
    client, network, more, django_assert_num_queries
):
    for number in range(more):
        register(f"Sol {number}", "CO_OUTSOLE", [("material", "RUBBER")])
    address = asked(client)
    client.get(address)

    with django_assert_num_queries(4):
        client.get(address)


def test_in_english_everything_is_english(client, network):
    page = client.get(f"/en{asked(client)}").content.decode()

    assert "The links" in page
    assert "day 1 to 7" in page
    assert "/en/pertanyaan/baru?ke=" in page


def test_what_serves_pages_does_not_load_the_solver():
    said = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", LOADED],
        capture_output=True,
        check=True,
        text=True,
    )

    assert said.stdout.strip() == "[]"


def test_nothing_is_ticked_that_nobody_asked_for(client):
    page = client.get(reverse("connections:compose"))

    assert not page.context["form"]["certificates"].value()
    assert " checked" not in page.content.decode()


@pytest.mark.usefixtures("network")
def test_a_visitor_reads_who_can_open_it_before_and_after_sharing(client):
    address = asked(client)

    alone = client.get(f"/en{address}").content.decode()
    client.post(f"{address}/bagikan", {"share": "1"})
    shared = client.get(f"/en{address}").content.decode()

    with translation.override("en"):
        day = date_format(localtime() + timedelta(days=30), "j F Y")
    assert f"it stays until {day}, for this browser only." in alone
    assert "for this browser only" not in shared
    assert f"it and its link stay until {day}" in shared
    listed = client.get("/en/rantai/susun").content.decode()
    assert f"kept until {day} · shared by link" in listed


@pytest.mark.usefixtures("network")
def test_a_member_reads_how_long_it_stays(client):
    client.force_login(UserFactory())
    address = asked(client)

    alone = client.get(f"/en{address}").content.decode()
    client.post(f"{address}/bagikan", {"share": "1"})
    shared = client.get(f"/en{address}").content.decode()
    client.post(f"{address}/simpan", {"name": "Sneaker kulit"})
    saved = client.get(f"/en{address}").content.decode()

    assert "for you only." in alone
    assert "Without a name it and its link stay until" in shared
    assert "It is saved and stays until you remove it." in saved
    assert "Without a name" not in saved
