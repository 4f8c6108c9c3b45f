"""A firm calls for an outsole maker; the office reviews it; one applies, is judged, is chosen."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from ifn.collaboration.models import Application, Call, Criterion, ProjectPartner
from ifn.notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.collaboration_calls import firm, officer, speaker

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def sent(client, name, *args, **data):
    answer = client.post(reverse(f"collaboration:{name}", args=args), data)
    assert answer.status_code == 302, answer.content.decode()
    return answer


def read(client, name, *args):
    answer = client.get(reverse(f"collaboration:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_draft_to_project(language):
    caller, maker = firm("Prabu Jaya"), firm("Sol Mojokerto")
    owner, applicant = signed_in(speaker(caller)), signed_in(speaker(maker))
    office, judge = signed_in(officer()), UserFactory()
    code = _written(owner, caller)
    sent(owner, "move-call", code, state="review")
    assert Client().get(reverse("collaboration:call", args=[code])).status_code == 404
    assert "Sol luar ringan" in office.get(reverse("moderation:work")).content.decode()
    assert "Sol luar ringan" in read(office, "own-call", code)
    sent(office, "move-call", code, state="open")
    assert "Sol luar ringan" in read(Client(), "calls")

    assert "Sol Mojokerto" in read(owner, "call-invitations", code)
    sent(owner, "call-invitations", code, firms=[maker.number], words="Mari")
    assert "Sol luar ringan" in applicant.get(reverse("site:mine")).content.decode()
    assert "Mari" in read(applicant, "call", code)
    call = Call.objects.get(code=code)
    _applied(applicant, call, maker)
    one = Application.objects.get()
    assert "Hak desain" in read(applicant, "apply", code)
    read(applicant, "own-application", one.pk)

    _decided(call, one, owner, office, judge)
    partners = ProjectPartner.objects.order_by("pk").values_list("business", "role")
    assert list(partners) == [(caller.pk, "initiator"), (maker.pk, "outsole")]
    assert Notice.objects.filter(words="collaboration.call_chosen").exists()
    assert "Baik" in read(applicant, "own-application", one.pk)
    for client, name in ((office, "desk"), (owner, "own-calls"), (applicant, "own-calls")):
        assert "Sol luar ringan" in read(client, name)


def _decided(call, one, owner, office, judge):
    code = call.code
    _over(call)
    sent(owner, "move-call", code, state="screening")
    assert "Sol luar ringan" in owner.get(reverse("site:mine")).content.decode()
    sent(owner, "call-application", code, one.pk, eligible="1")
    sent(owner, "move-call", code, state="panel")
    sent(office, "call-panel", code, email=judge.email)
    _judged(signed_in(judge), code, one)

    assert "100" in read(owner, "call-decision", code)
    sent(office, "call-decision", code, **{f"verdict_{one.pk}": "yes", f"reason_{one.pk}": "Baik"})


def _written(owner, caller):
    today = localdate()
    days = {
        "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=5)).isoformat(),
        "decides_on": (today + timedelta(days=20)).isoformat(),
    }
    sent(owner, "begin-call", business=caller.number, title_id="Sol luar ringan", **days)
    code = Call.objects.get().code
    what = {"title_id": "Sol luar ringan", "aim_id": "Sepatu sekolah", "version": 1}
    sent(owner, "call-step", code, "isi", **what)
    sent(owner, "call-step", code, "jadwal", **days, budget="1000000", version=2)
    conditions = {"for_chain_roles": ["CO_OUTSOLE"], "for_regions": ["35"]}
    sent(owner, "call-parts", code, "peran", role="outsole", wanted=1, **conditions)
    sent(owner, "call-parts", code, "kriteria", name_id="Mutu", weight=100)
    phase = {"starts_on": days["opens_on"], "ends_on": days["closes_on"]}
    sent(owner, "call-parts", code, "fase", label_id="Bengkel", **phase)
    sent(owner, "call-terms", code, text_id="Hak desain tetap.")
    for name, *args in (("call-parts", "kriteria"), ("call-parts", "peran"), ("call-terms",)):
        read(owner, name, code, *args)
    return code


def _applied(applicant, call, maker):
    page = applicant.get(reverse("collaboration:apply", args=[call.code]))
    form = page.context["form"]
    sent(
        applicant,
        "apply",
        call.code,
        wanted=call.roles.get().pk,
        business=maker.number,
        pitch="Kami membuat sol ringan.",
        accepts="on",
        key=form["key"].value(),
        terms=form["terms"].value(),
    )


def _over(call):
    """Let the last day for applications go by."""
    today = localdate()
    Call.objects.filter(pk=call.pk).update(
        opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=1)
    )


def _judged(judge, code, one):
    assert "Sol Mojokerto" in read(judge, "panel", code)
    sent(judge, "panel", code)
    assert "Sol luar ringan" in judge.get(reverse("site:mine")).content.decode()
    criterion = Criterion.objects.get()
    points = {f"points_{criterion.pk}": 10, f"why_{criterion.pk}": "Kuat"}
    sent(judge, "judge", code, one.pk, **points)
    read(judge, "judge", code, one.pk)
