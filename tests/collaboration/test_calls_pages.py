"""Pages of calls: what is refused in words, who does not get in, and what lists cost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from ifn.collaboration.models import Application, Call, Conflict, Project
from ifn.collaboration.queries.calls import terms_of
from ifn.collaboration.queries.suggesting import suggested
from ifn.directory.models import Business
from tests.factories.accounts import UserFactory
from tests.factories.collaboration_calls import (
    applied,
    at_panel,
    complete,
    evaluator,
    firm,
    judged,
    moved,
    officer,
    opened,
    speaker,
    terms,
    wanted,
)
from tests.factories.collaboration_projects import begun

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def address(name, *args):
    return reverse(f"collaboration:{name}", args=args)


def running(business=None):
    """Return a call that takes applications today."""
    call = opened(business)
    today = localdate()
    days = {"opens_on": today, "closes_on": today + timedelta(days=5)}
    Call.objects.filter(pk=call.pk).update(**days, decides_on=today + timedelta(days=9))
    return Call.objects.get(pk=call.pk)


def form_of(call, business, **changes):
    return {
        "wanted": wanted(call).pk,
        "business": business.number,
        "pitch": "Kami membuat sol.",
        "accepts": "on",
        "key": str(uuid4()),
        "terms": terms_of(call).pk,
    } | changes


def refusal(client, call, form):
    with translation.override("en"):
        answer = client.post(f"/en{address('apply', call.code).removeprefix('/en')}", form)
    assert answer.status_code == 200
    return answer.content.decode()


def test_terms_that_changed_while_one_wrote_are_shown_anew_and_nothing_is_lost():
    business, call = firm(), running()
    client, form = signed_in(speaker(business)), form_of(call, business)
    newer = terms(call, "Hak dibagi.")

    said = refusal(client, call, form)

    assert "The terms were changed while you wrote" in said
    assert "Kami membuat sol." in said
    assert f'value="{newer.pk}"' in said
    assert client.post(address("apply", call.code), form | {"terms": newer.pk}).status_code == 302


def test_nobody_applies_without_accepting_the_terms_or_for_somebody_elses_firm():
    business, other, call = firm(), firm("Sol Lain"), running()
    client = signed_in(speaker(business))

    assert "without accepting" in refusal(client, call, form_of(call, business, accepts=""))
    refusal(client, call, form_of(call, other))
    assert not Application.objects.exists()


def test_a_hidden_firm_is_refused_in_words():
    business, call = firm(), running()
    client = signed_in(speaker(business))
    Business.objects.filter(pk=business.pk).update(status="hidden")

    assert "is not shown in the directory" in refusal(client, call, form_of(call, business))


def test_a_second_application_and_one_to_the_own_call_are_refused_in_words():
    business, call = firm(), running()
    client = signed_in(speaker(business))
    client.post(address("apply", call.code), form_of(call, business))

    assert "has applied for this role already" in refusal(client, call, form_of(call, business))
    own = running(business)
    assert "its own call" in refusal(client, own, form_of(own, business))


def test_a_viewer_reads_an_application_but_says_nothing_for_the_firm():
    business, call = firm(), running()
    one = applied(call, business, today=localdate())
    client = signed_in(speaker(business, "viewer"))

    assert client.get(address("own-application", one.pk)).status_code == 200
    assert client.post(address("own-application", one.pk), {"withdraw": "1"}).status_code == 403


def test_who_leads_a_call_cannot_accept_it_name_the_panel_or_decide():
    business = firm("Prabu Jaya")
    client = signed_in(speaker(business))
    waiting = moved(complete(business), "review")
    assert client.post(address("move-call", waiting.code), {"state": "open"}).status_code == 403

    call, _rows = at_panel(1, business)

    assert client.get(address("call-panel", call.code)).status_code == 403
    assert client.get(address("call-decision", call.code)).status_code == 200
    assert client.post(address("call-decision", call.code)).status_code == 403


def test_an_evaluator_with_a_conflict_does_not_open_the_application():
    call, [first, second] = at_panel()
    one = evaluator(call, speaker(first.business))
    client = signed_in(one.person)

    assert client.get(address("judge", call.code, first.pk)).status_code == 403
    assert client.get(address("judge", call.code, second.pk)).status_code == 200


def test_points_wait_for_the_declaration():
    call, [first, _second] = at_panel()
    one = evaluator(call, declares=False)

    answer = signed_in(one.person).get(address("judge", call.code, first.pk))

    assert answer["Location"] == address("panel", call.code)


@pytest.mark.parametrize("declares", [False, True])
def test_a_conflict_without_words_is_refused_beside_the_field(declares):
    call, [first, second] = at_panel()
    one = evaluator(call, declares=declares)
    client, page = signed_in(one.person), address("panel", call.code)

    answer = client.post(page, {f"in_{first.pk}": "on"})

    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {f"why_{first.pk}"}
    assert "Tulis singkat hubungannya." in answer.content.decode()
    assert not Conflict.objects.exists()
    client.post(page, {f"why_{second.pk}": "Paman saya"})
    assert Conflict.objects.get().application == second


def test_a_decision_without_a_reason_is_refused_beside_the_field():
    call, [first] = at_panel(1)
    judged(evaluator(call), first, 8, 8)
    client = signed_in(officer())
    form = {f"verdict_{first.pk}": "yes", f"reason_{first.pk}": " "}

    answer = client.post(address("call-decision", call.code), form)

    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {f"reason_{first.pk}"}
    assert Call.objects.get(pk=call.pk).state == "panel"


def test_firms_that_fit_are_suggested_with_reasons_until_they_are_asked():
    call = running()
    fits, other = firm("Sol Ringan"), firm("Sol Kedua")
    applied(call, other, today=localdate())

    found = suggested(wanted(call), today=localdate())

    assert [one.business for one in found] == [fits]
    assert found[0].score > 0
    assert any("sol" in reason.lower() for reason in found[0].reasons)


def test_an_invented_firm_is_not_suggested_for_a_real_call():
    call, invented = running(), firm("Sol Rekaan")
    Business.objects.filter(pk=invented.pk).update(is_demo=True)

    assert suggested(wanted(call), today=localdate()) == []


def _asked(client, path, assert_num):
    client.get(path)
    with assert_num() as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("page", ["calls", "desk", "own-calls", "call-applications", "panel"])
def test_lists_cost_the_same_for_one_row_and_for_three(page, django_assert_max_num_queries):
    business, judge = firm("Prabu Jaya"), UserFactory()
    person = speaker(business) if page == "own-calls" else officer()
    call, _rows = at_panel(1, business)
    evaluator(call, judge)
    args = [call.code] if page in {"call-applications", "panel"} else []
    client = signed_in(judge if page == "panel" else person)

    def counted():
        return django_assert_max_num_queries(12)

    one = _asked(client, address(page, *args), counted)
    for place in range(2):
        moved(complete(firm(f"Pengajak {place}")), "review", "open")
        added = Application.objects.filter(call=call).first()
        added.pk, added.key = None, uuid4()
        added.business = firm(f"Tambahan {place}")
        added.save(force_insert=True)

    assert _asked(client, address(page, *args), counted) == one


@pytest.mark.parametrize(
    ("who", "names"),
    [
        (officer, ("desk", "desk-projects", "impact-in-sum")),
        (UserFactory, ("own-projects", "own-calls")),
    ],
)
def test_lists_lead_to_each_other(who, names):
    browser = signed_in(who())

    for here in names:
        html = browser.get(address(here)).content.decode()
        assert all(f'href="{address(name)}"' in html for name in names)
        assert f'href="{address(here)}" aria-current="page"' in html


def test_a_decision_leads_to_the_project_that_began_with_it():
    call, _rows = at_panel()
    project = begun()
    Project.objects.filter(pk=project.pk).update(call=call)

    html = signed_in(officer()).get(address("call-decision", call.code)).content.decode()

    assert f'<a href="{address("own-project", project.code)}">{project.title}</a>' in html


def test_a_page_of_applications_shows_twenty_and_leads_to_the_others():
    call, [first] = at_panel(1)
    for place in range(20):
        first.pk, first.key = None, uuid4()
        first.business = firm(f"Tambahan {place:02}")
        first.save(force_insert=True)
    client, page = signed_in(officer()), address("call-applications", call.code)

    begun, rest = (client.get(page, {"hal": number}).content.decode() for number in (1, 2))

    assert begun.count('<li class="panel stack"') == 20
    assert "Tambahan 18" in begun
    assert "Tambahan 19" not in begun
    assert rest.count('<li class="panel stack"') == 1
    assert "Tambahan 19" in rest
