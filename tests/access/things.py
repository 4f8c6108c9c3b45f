"""What stands in addresses: for each thing the values an address may ask for.

A new thing is a function named in ``THINGS``; it gets the world and returns values by the names of
the parameters in addresses. More values than one address needs do no harm.
"""

from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.timezone import localdate, now

from ifn.accounts.models import Consent, Duty, Passkey, User
from ifn.connections import actions as connect
from ifn.connections.actions import chains, enquiries, following
from ifn.connections.enquiring.states import Side
from ifn.connections.enquiring.tokens import for_keeping, for_proof, for_question, for_side
from ifn.connections.following import Search
from ifn.connections.models import Opportunity, Question
from ifn.connections.opportunities import stillopen
from ifn.directory import actions
from ifn.directory.models import Business, Membership, Source
from ifn.directory.profile import ContactFact
from ifn.directory.stilltrue import token_for
from ifn.intake.files import keep
from ifn.mail.models import Refusal
from ifn.moderation import actions as claims
from ifn.moderation.tokens import for_report
from ifn.notices.tokens import ALL, to_reach, to_stop, to_stop_address
from ifn.privacy.actions import exporting, requests
from ifn.privacy.actions.breaches import enter_breach
from ifn.privacy.tokens import to_follow, to_prove
from tests.access import assessed, calling, made_together, mentoring, projects
from tests.connections import briefs
from tests.factories import enquiries as connections
from tests.factories import lists, moderation, notices, privacy
from tests.factories import opportunities as connected
from tests.factories.accounts import (
    AdministratorFactory,
    OfficerFactory,
    RegionalOfficerFactory,
    UserFactory,
)
from tests.factories.desk import late_enquiry, old_request
from tests.factories.directory import (
    AT,
    MOJOKERTO,
    ON,
    SIDOARJO,
    photo,
    profile,
    registered,
    revised,
    verified,
)

DUTIES = tuple(Duty.Kind.values)
ROLES = (
    *("visitor", "member", "viewer", "editor", "owner", "regional", "elsewhere"),
    *DUTIES,
    "administrator",
)


@dataclass
class World:
    """A business in Mojokerto, and one person in every role."""

    business: Business = field(default_factory=lambda: registered(profile(region=MOJOKERTO)))
    people: dict[str, User] = field(default_factory=dict)
    #: What the browser of each of them says.
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self.people = {
            "member": UserFactory(),
            "regional": RegionalOfficerFactory(territory=[MOJOKERTO]),
            "elsewhere": RegionalOfficerFactory(territory=[SIDOARJO]),
            "administrator": AdministratorFactory(),
            **{duty: OfficerFactory(duties=[duty]) for duty in DUTIES},
        }
        for role in ("viewer", "editor", "owner"):
            self.people[role] = UserFactory()
            Membership.objects.create(
                business=self.business, person=self.people[role], role=role, since=AT
            )


def business(world):
    return {"number": world.business.number, "slug": world.business.slug}


def follow(world):
    made, _is_new = following.follow(
        world.people["owner"], "directory", Search("q=sol", "Sol"), actor=None, on=ON, at=AT
    )
    return {"pk": made.pk}


def hidden_business(world):
    actions.hide(world.business, reason="x", actor=None, at=AT)
    return business(world)


def chain(world):
    made = chains.propose(
        briefs.brief(), chains.Maker(world.people["member"]), actor=None, at=now()
    )
    return {"token": made.token}


def consent(world):
    revised(world.business, profile(contacts=(ContactFact("phone", "+62321555123", "public"),)))
    return {"pk": Consent.objects.get().pk}


def breach(world):
    made = enter_breach("x", "x", noticed_at=AT, actor=world.people["administrator"], at=AT)
    return {"pk": made.pk}


def data_request(_world):
    return {"pk": privacy.asked().pk}


def data_step(world):
    asked = privacy.asked("correction")
    requests.prove_by_hand(asked, words="x", actor=world.people["data"], at=AT)
    return {"pk": asked.pk, "key": "corrected"}


def export(world):
    made = exporting.ask_for_export(world.people["owner"], at=now())
    exporting.make_export(made.pk, at=now())
    return {"pk": made.pk}


def proof_link(world):
    asked = privacy.asked("correction")
    requests.prove_by_hand(asked, words="x", actor=world.people["data"], at=AT)
    requests.do_step(asked, "corrected", words="x", actor=world.people["data"], at=AT)
    requests.finish(asked, actor=world.people["data"], at=AT)
    return {"token": to_follow(asked.pk)}


def picture(world):
    kept = actions.add_picture(
        world.business, photo(), caption_id="", caption_en="", actor=None, at=AT
    )
    return business(world) | {"pk": kept.pk}


def opportunity(world):
    """An open opportunity of the business, with a draft of its own for whoever writes it."""
    made = connected.opened_today(world.business, world.people["owner"])
    return {"number": made.number, "key": "kata"}


def opportunity_waiting(world):
    made = connected.posted(world.business, world.people["owner"])
    return {"number": made.number, "pk": made.pk, "key": "kata"}


def opportunity_old(world):
    return {"pk": old_request(region=world.business.region_id).pk}


def enquiry_late(world):
    return {"pk": late_enquiry(region=world.business.region_id).pk}


def opportunity_file(world):
    made = opportunity(world)
    kept = connect.attach(
        Opportunity.objects.get(number=made["number"]),
        moderation.PDF,
        name="x.pdf",
        actor=world.people["owner"],
        at=AT,
    )
    return made | {"pk": kept.pk}


def still_open_link(world):
    made = Opportunity.objects.get(number=opportunity(world)["number"])
    return {"token": stillopen.token_for(made, localdate())}


def paper_seen(world):
    return business(world) | {"pk": verified(world.business, "legality").pk}


def place_visited(world):
    return business(world) | {"pk": verified(world.business, "place").pk}


def stored_file(_world):
    name = "pictures/walk/x.svg"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(b"<svg/>"))
    return {"name": name}


def term(_world):
    return {"vocabulary": "material", "code": "RUBBER"}


def person(_world):
    return {"pk": UserFactory().pk}


def passkey(_world):
    key = Passkey.objects.create(
        person=UserFactory(), name="x", credential="x", public="x", handle="x", created_at=now()
    )
    return {"pk": key.pk}


def step(world):
    return business(world) | {"key": "siapa"}


def member(world):
    return business(world) | {"pk": Membership.objects.get(person=world.people["viewer"]).pk}


def invitation(world):
    made, _token = actions.invite(
        world.business, role="viewer", note="", actor=world.people["owner"], at=AT
    )
    return business(world) | {"pk": made.pk}


def ownerless(world):
    """Return another business in Mojokerto, which nobody owns."""
    return registered(profile(region=MOJOKERTO))


def report(world):
    return {"pk": moderation.reported(world.business).pk}


def claim_file(world):
    made = moderation.waiting_claim(ownerless(world), handed=moderation.handed())
    return {"pk": made.pk, "note": made.notes.get().pk}


def new_profile(world):
    source = actions.source_named(Source.Kind.SELF, "")
    return {"pk": registered(profile(region=MOJOKERTO), source=source).pk}


def claim_link(world):
    _made, token = claims.make_claim_link(
        ownerless(world), note="", actor=world.people["verifier"], at=now()
    )
    return {"token": token}


def business_link(world):
    free = ownerless(world)
    made, _token = claims.make_claim_link(free, note="", actor=world.people["verifier"], at=now())
    return {"number": free.number, "pk": made.pk}


def office_list(_world):
    """Return a list of the office with a row in Mojokerto."""
    made = lists.received()
    return {"pk": made.pk, "position": lists.row(made).position, "kind": "csv"}


def regional_list(_world):
    """Return a list for Mojokerto, with its file."""
    made = lists.received(scope=[MOJOKERTO], file=keep(b"Nama\nSol"))
    return {"pk": made.pk, "position": lists.row(made).position, "kind": "csv"}


def reach_link(world):
    refusal = Refusal.objects.create(address=world.people["owner"].email, refused_at=AT, code=550)
    return {"token": to_reach(refusal.pk)}


def enquiry(world):
    """Return an enquiry of the member to the business, with a file."""
    asker = connections.member(world.people["member"])
    files = (moderation.handed(),)
    letter = enquiries.send(connections.written(files=files), [world.business], asker=asker, at=AT)
    made = letter.enquiries.get()
    return {"pk": letter.files.get().pk, "code": made.code, "made": made}


def enquiry_link(world):
    made = enquiry(world)
    return made | {"token": for_side(made["made"].pk, Side.FIRM, localdate())}


def enquiry_question(world):
    made = connections.accepted(world.business, share="")
    asked = Question.objects.create(enquiry=made, days=7, side="firm", asked_at=AT)
    return {"token": for_question(asked.pk, Side.FIRM, localdate())}


def enquiry_letter(world):
    found = enquiry(world)
    return {"pk": found["made"].letter_id, "file": found["pk"]}


def enquiry_kept(world):
    asker = connections.visitor(email="", phone="+6281200000001")
    return {"token": for_keeping(connections.sent(world.business, asker=asker).pk)}


def enquiry_proof(world):
    letter = connections.sent(world.business, asker=connections.visitor())
    return {"token": for_proof(letter.pk)}


def twins(world):
    """Return two profiles in Mojokerto that may be one."""
    pair = actions.ask_about(
        ownerless(world), ownerless(world), actor=world.people["verifier"], at=AT
    )
    return {"pk": pair.pk}


THINGS = {
    **calling.THINGS,
    **mentoring.THINGS,
    **assessed.THINGS,
    **made_together.THINGS,
    **projects.THINGS,
    "-": lambda _world: {},
    "business": business,
    "business link": business_link,
    "opportunity": opportunity,
    "opportunity waiting": opportunity_waiting,
    "request nobody fits": opportunity_old,
    "enquiry nobody answers": enquiry_late,
    "opportunity file": opportunity_file,
    "still open": still_open_link,
    "claim": claim_file,
    "claim file": claim_file,
    "chain": chain,
    "claim link": claim_link,
    "confirmation": lambda world: {"token": token_for(world.business, localdate())},
    "consent": consent,
    "breach": breach,
    "enquiry": enquiry,
    "enquiry letter": enquiry_letter,
    "enquiry kept": enquiry_kept,
    "enquiry link": enquiry_link,
    "enquiry proof": enquiry_proof,
    "enquiry question": enquiry_question,
    "data request": data_request,
    "data step": data_step,
    "export": export,
    "proof link": proof_link,
    "prove link": lambda _world: {"token": to_prove(privacy.asked().pk)},
    "request link": lambda _world: {"token": to_follow(privacy.asked().pk)},
    "region": lambda world: {"code": world.business.region_id},
    "region file": lambda world: {"code": world.business.region_id, "kind": "csv"},
    "file kind": lambda _world: {"kind": "csv"},
    "directory word": lambda _world: {"word": "direktori"},
    "follow": follow,
    "hidden business": hidden_business,
    "invitation": invitation,
    "key": lambda _world: {"pk": 0},
    "link": lambda _world: {"token": "no-such-link", "name": "no-such-file.zip", "pk": 0},
    "list kind": lambda _world: {"kind": "csv"},
    "list row": lambda _world: {"pk": lists.row(lists.received()).pk},
    "member": member,
    "notice": lambda world: {"pk": notices.told(world.people["owner"]).pk},
    "office list": office_list,
    "other word": lambda _world: {"word": "bantuan"},
    "paper seen": paper_seen,
    "new profile": new_profile,
    "part": lambda _world: {"part": 0},
    "passkey": passkey,
    "person": person,
    "picture": picture,
    "paper seen key": lambda world: {"pk": verified(ownerless(world), "legality").pk},
    "place visited": place_visited,
    "regional list": regional_list,
    "place visited key": lambda world: {"pk": verified(ownerless(world), "place").pk},
    "report": report,
    "report link": lambda world: {
        "token": for_report(moderation.reported(world.business)),
    },
    "rest": lambda _world: {"rest": "nothing-here"},
    "spoken business": lambda world: {"number": world.business.public_number},
    "reach link": reach_link,
    "step": step,
    "stop address": lambda _world: {"token": to_stop_address("ibu@kelom.example", "enquiries")},
    "stop link": lambda world: {"token": to_stop(world.people["owner"].pk, ALL)},
    "stored file": stored_file,
    "term": term,
    "twins": twins,
}
