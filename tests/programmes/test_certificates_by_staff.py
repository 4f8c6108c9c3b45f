"""The office and the Dinas of a firm get the file of its certificate, and nobody else."""

import pytest

from ifn.programmes.actions import certifying
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.directory import MOJOKERTO, SIDOARJO
from tests.factories.programmes import AFTER, ENDS, completed, officer
from tests.programmes.asking import page, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def made():
    batch, [seated], _one = completed(1)
    certificate, _is_new = certifying.issue(
        seated, "attendance", actor=officer(), at=AFTER, on=ENDS
    )
    return batch, seated, certificate


def file(client, batch, certificate):
    return page(client, "certificate-by-staff", batch.code, certificate.pk)


def test_the_office_gets_it_from_both_pages(client, made):
    batch, seated, certificate = made
    client.force_login(OfficerFactory(duties=["programme"]))
    link = f'/kerja/angkatan/{batch.code}/sertifikat/{certificate.pk}"'

    assert link in text(page(client, "certificates", batch.code))
    assert link in text(page(client, "registration", batch.code, seated.pk))
    answer = file(client, batch, certificate)

    assert answer["Content-Type"] == "application/pdf"
    assert certificate.public_code in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_a_dinas_gets_those_of_its_own_firms(client, made):
    batch, seated, certificate = made
    client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))

    shown = text(page(client, "registration", batch.code, seated.pk))

    assert f"/sertifikat/{certificate.pk}" in shown
    answer = file(client, batch, certificate)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)


def test_another_dinas_and_others_are_refused(client, made):
    batch, _seated, certificate = made
    for person in (
        RegionalOfficerFactory(territory=[SIDOARJO]),
        OfficerFactory(duties=["verifier"]),
        UserFactory(),
    ):
        client.force_login(person)
        assert file(client, batch, certificate).status_code == 403


def test_one_that_was_withdrawn_or_is_of_another_batch_is_not_there(client, made):
    batch, _seated, certificate = made
    other, _rows, _session = completed(1, topic="Lain")
    client.force_login(OfficerFactory(duties=["programme"]))

    assert file(client, other, certificate).status_code == 404
    certifying.withdraw_certificate(certificate, reason="Salah nama", actor=officer(), at=AFTER)
    assert file(client, batch, certificate).status_code == 404
    assert f'sertifikat/{certificate.pk}"' not in text(page(client, "certificates", batch.code))
