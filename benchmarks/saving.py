"""What a member's browser sends when a step of a profile is saved."""

from urllib.parse import urlencode

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.timezone import now

from benchmarks.asking import Form
from ifn.accounts.models import User
from ifn.accounts.sessions import SessionStore
from ifn.directory.models import Business, Membership

EMAIL = "hemat@example.com"
TOKEN = "m" * 32


def forms(count: int) -> list[Form]:
    """Return forms that one member sends, signed in, to profiles they look after."""
    person, _is_new = User.objects.get_or_create(
        email=EMAIL, defaults={"name": "Hemat", "joined_at": now()}
    )
    businesses = list(Business.objects.listed().order_by("pk")[:count])
    Membership.objects.bulk_create(
        [Membership(business=one, person=person, role="owner", since=now()) for one in businesses],
        ignore_conflicts=True,
    )
    cookies = cookies_of(person)
    return [
        Form(
            f"/saya/usaha/{business.number}/isi/tempat",
            urlencode(
                {
                    "csrfmiddlewaretoken": TOKEN,
                    "autosave": "1",
                    "region": business.region_id or "35.16",
                    "address": f"Jl. Sepatu {place}",
                    "postcode": "61361",
                    "address_visibility": "public",
                }
            ),
            cookies,
        )
        for place, business in enumerate(businesses)
    ]


def cookies_of(person: User) -> str:
    """Sign a person in and return what their browser sends from then on."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "ifn.accounts.backends.EmailOrPhone"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}; csrftoken={TOKEN}"
