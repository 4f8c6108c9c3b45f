"""What phones ask and send, as the page for the field does."""

import json
from uuid import uuid4

from django.urls import reverse

from tests.factories.directory import photo


def page(name, **query):
    return reverse(f"assessments:field-{name}", query=query)


def packed(person, business, version, **changes):
    return {
        "uuid": str(uuid4()),
        "person": str(person.pk),
        "assessment": str(uuid4()),
        "business": business.number,
        "instrument": version.instrument.code,
        "digest": version.digest,
        "mode": "visit",
        "changes": [value("CUT_1", 3)],
        "assessed_on": "2026-08-01",
        "device_at": "2025-08-01T09:00:00.000Z",
        "finished": True,
    } | changes


def value(question, sent, base=None, side="assessor", field="value"):
    return {"question": question, "side": side, "field": field, "base": base, "sent": sent}


def send(client, content):
    body = content if isinstance(content, bytes) else json.dumps(content)
    return client.post(page("receive"), body, content_type="application/json")


def send_photo(client, person, one, content=None, **asked):
    given = {"orang": person.pk, "penilaian": one.uuid, "pertanyaan": "CUT_PHOTO"}
    asked = given | {"sisi": "assessor"} | asked
    body = photo() if content is None else content
    return client.post(page("photo", **asked), body, content_type="image/jpeg")
