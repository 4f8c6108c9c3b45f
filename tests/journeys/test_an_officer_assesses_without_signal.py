"""An officer takes firms along, assesses one out of reach, and sends it when there is signal."""

import json
from uuid import uuid4

import pytest
from django.test import Client

from ifn.assessments.models import Assessment
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory
from tests.factories.assessments import answered, in_use
from tests.factories.directory import MOJOKERTO, SIDOARJO, photo, profile, registered

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
WORDS = {
    "id": ("Penilaian di lapangan", "Dua jawaban untuk satu pertanyaan"),
    "en": ("Assessments in the field", "Two answers to one question"),
}


@pytest.mark.parametrize("code", ["id", "en"])
def test_an_officer_assesses_without_signal(  # noqa: PLR0915  # one story, told in one piece
    code, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    field = "/lapangan" if code == "id" else "/en/lapangan"
    title, question = WORDS[code]
    officer = RegionalOfficerFactory(territory=[MOJOKERTO])
    business = registered(profile(name="Tapak Makmur"))
    registered(profile(name="Di Luar Wilayah", region=SIDOARJO))
    version = in_use()
    phone = Client(enforce_csrf_checks=True)

    def send(address, body, kind="application/json"):
        token = phone.cookies["csrftoken"].value
        return phone.post(address, body, content_type=kind, headers={"x-csrftoken": token})

    # The page opens for anybody, says where it keeps itself, and asks who is there.
    shown = phone.get(field).content.decode()
    assert title in shown
    assert phone.get(f"{field}/pekerja.js")["Service-Worker-Allowed"] == field
    assert phone.get(f"{field}/manifes.json").json()["start_url"] == field
    assert phone.get(f"{field}/bekal").status_code == 302

    # Signed in, the phone takes along the questionnaire and the firms of the region alone.
    phone.force_login(officer)
    supplies = phone.get(f"{field}/bekal").json()
    assert [form["digest"] for form in supplies["forms"]] == [version.digest]
    assert [row[1] for row in phone.get(f"{field}/usaha").json()["firms"]] == ["Tapak Makmur"]

    # Out of reach a form is filled in. With signal its answers go first, then the photo.
    package = {
        "uuid": str(uuid4()),
        "person": supplies["person"]["key"],
        "assessment": str(uuid4()),
        "business": business.number,
        "instrument": version.instrument.code,
        "digest": version.digest,
        "mode": "visit",
        "changes": [
            {"question": "CUT_1", "side": "assessor", "field": "value", "base": None, "sent": 2},
            {"question": "CUT_2", "side": "assessor", "field": "value", "base": None, "sent": True},
        ],
        "finished": False,
    }
    receipt = send(f"{field}/kirim", json.dumps(package)).json()
    assert len(receipt["taken"]) == 2
    where = f"orang={package['person']}&penilaian={package['assessment']}"
    taken = send(f"{field}/foto?{where}&pertanyaan=CUT_1&sisi=assessor", photo(), "image/jpeg")
    assert taken.json() == {"taken": True}

    # Meanwhile the office answers one question otherwise: the phone is told, nothing is lost.
    (sheet,) = phone.get(f"{field}/bekal").json()["sheets"]
    assert sheet["photos"] == [["CUT_1", "assessor", 1]]
    one = Assessment.objects.get(uuid=package["assessment"])
    answered(one, {"CUT_1": 1})  # as if nothing had stood there: a conflict of its own
    again = package | {
        "uuid": str(uuid4()),
        "changes": [
            {"question": "CUT_1", "side": "assessor", "field": "value", "base": 0, "sent": 4}
        ],
        "finished": True,
    }
    receipt = send(f"{field}/kirim", json.dumps(again)).json()
    assert (receipt["conflicts"][0]["here"], receipt["not_finished"]) == (2, "Undecided")

    # They say on the page of the platform what counts, and hand it in.
    page = f"{field.removesuffix('/lapangan')}/saya/penilaian/{package['assessment']}"
    shown = phone.get(f"{page}/beda").content.decode()
    assert question in shown
    desk = Client()
    desk.force_login(officer)
    found = one.conflicts.get()
    desk.post(f"{page}/beda", {"one": found.pk, "choice": "sent"})
    receipt = send(
        f"{field}/kirim",
        json.dumps(package | {"uuid": str(uuid4()), "changes": [], "finished": True}),
    ).json()
    assert receipt["state"] == "submitted"
    assert ["CUT_1", "assessor", 4, ""] in receipt["now"]["stands"]

    # Another officer approves it; what the phone sends after that overwrites nothing.
    desk.force_login(OfficerFactory(duties=["programme"]))
    desk.post(f"{page}/putuskan", {"approve": "1"})
    late = again | {"uuid": str(uuid4()), "finished": False}
    receipt = send(f"{field}/kirim", json.dumps(late)).json()
    assert (receipt["taken"], receipt["now"]["state"]) == ([], "approved")
