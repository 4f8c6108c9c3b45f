import threading
from datetime import UTC, datetime

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction

from ifn.regions import editions
from ifn.regions.actions import load_shipped
from ifn.regions.editions import renew
from ifn.regions.models import Edition, Region
from ifn.regions.queries import all_regions
from tests.factories.regions import load_regions

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def in_request():
    """Announce a request as the server does, without letting Django close the test's connection."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    request_started.send(sender=None)
    yield
    request_finished.send(sender=None)
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.django_db
def test_regions_are_found_by_code_and_province():
    load_regions()

    regions = all_regions()

    assert [place.code for place in regions.provinces][:3] == ["11", "12", "13"]
    assert len(regions.regencies("36")) == 8
    assert regions.regencies("36")[0].short_name == "Kab. Pandeglang"
    assert regions.province_of("35.16").name == "Jawa Timur"
    assert regions.full_name("35.16") == "Kab. Mojokerto, Jawa Timur"
    assert regions.full_name("35") == "Jawa Timur"
    assert regions.full_name("31.71") == "Jakarta Pusat, DKI Jakarta"
    assert regions.within("34") == ("34", "34.01", "34.02", "34.03", "34.04", "34.71")


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", None, "99", "99.01", "35.99", "x"])
def test_an_unknown_code_is_nothing(code):
    load_regions()

    regions = all_regions()

    assert regions.get(code) is None
    assert regions.full_name(code) == ""
    assert regions.regencies(code or "") == ()


@pytest.mark.django_db
def test_a_request_reads_the_edition_once(in_request, django_assert_num_queries):
    load_shipped(at=AT)
    request_finished.send(sender=None)
    request_started.send(sender=None)
    all_regions()
    request_started.send(sender=None)

    with django_assert_num_queries(1):
        first, second, third = all_regions(), all_regions(), all_regions()

    assert first is second is third


@pytest.mark.django_db
def test_a_change_is_seen_at_once_by_who_made_it(in_request):
    load_shipped(at=AT)
    assert all_regions().get("12.12").name == "Kabupaten Toba"

    Region.objects.filter(pk="12.12").update(name="Kabupaten Toba Samosir")
    renew("regions", at=AT)

    assert all_regions().get("12.12").name == "Kabupaten Toba Samosir"


@pytest.mark.django_db
def test_what_was_rolled_back_is_not_remembered(in_request):
    load_shipped(at=AT)
    request_started.send(sender=None)

    with transaction.atomic():
        Region.objects.filter(pk="12.12").update(name="Never so")
        renew("regions", at=AT)
        seen_inside = all_regions().get("12.12").name
        transaction.set_rollback(True)

    assert seen_inside == "Never so"
    assert all_regions().get("12.12").name == "Kabupaten Toba"


@pytest.mark.django_db
def test_without_reference_data_nothing_is_remembered():
    assert all_regions().provinces == ()

    load_regions()

    assert len(all_regions().provinces) == 38


@pytest.mark.django_db(transaction=True)
def test_an_uncommitted_change_of_one_thread_is_not_seen_by_another():
    if connection.vendor == "sqlite":
        pytest.skip("the threads of an in-memory SQLite database lock each other out")
    load_shipped(at=AT)
    seen = []

    def look():
        seen.append(all_regions().get("12.12").name)
        connection.close()

    with transaction.atomic():
        Region.objects.filter(pk="12.12").update(name="Not yet")
        renew("regions", at=AT)
        all_regions()
        other = threading.Thread(target=look)
        other.start()
        other.join()

    assert seen == ["Kabupaten Toba"]
    assert all_regions().get("12.12").name == "Not yet"


@pytest.mark.django_db(transaction=True)
def test_outside_requests_the_edition_is_believed_for_a_moment(
    monkeypatch, django_assert_num_queries
):
    load_shipped(at=AT)
    all_regions()

    with django_assert_num_queries(0):
        all_regions()
    # Another process changes the row: nothing here is told, so only time helps.
    Region.objects.filter(pk="12.12").update(name="Changed elsewhere")
    Edition.objects.filter(pk="regions").update(stamp="elsewhere")
    monkeypatch.setattr(editions, "TRUSTED_FOR", 0.0)

    assert all_regions().get("12.12").name == "Changed elsewhere"
