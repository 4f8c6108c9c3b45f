from datetime import UTC, date, datetime

import pytest
from django.core.files.storage import default_storage

from ifn.demo import actions
from ifn.directory.models import Picture
from tests.factories.vocabulary import load_vocabulary


@pytest.mark.django_db(transaction=True)
def test_removal_takes_the_drawings_out_of_the_store():
    load_vocabulary()
    at = datetime(2026, 11, 21, 9, tzinfo=UTC)
    actions.load_network(at=at, today=date(2026, 11, 21), businesses=130)
    files = set(Picture.objects.values_list("file", flat=True))

    actions.remove_all(at=at)

    assert len(files) > 200
    assert not any(default_storage.exists(name) for name in files)
