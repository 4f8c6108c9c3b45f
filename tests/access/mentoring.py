"""What stands in addresses of batches: a batch in Mojokerto in which the business has a seat."""

from decimal import Decimal
from uuid import uuid4

from django.utils.timezone import localdate

from ifn.assessments.actions import answering
from ifn.directory.handing import Handed
from ifn.programmes.actions import (
    attending,
    certifying,
    following,
    linking,
    partnering,
    quizzing,
    reporting,
    teaching,
    visiting,
)
from ifn.programmes.measuring import Wave
from ifn.programmes.models import OutcomeAsking, Registration, ReportPicture
from ifn.programmes.planning.items import read
from ifn.programmes.tokens import (
    Link,
    for_mentor,
    for_participant,
    for_partner,
    for_session,
)
from tests.factories.assessments import started
from tests.factories.directory import AT, photo
from tests.factories.moderation import handed
from tests.factories.programmes import (
    AFTER,
    ENDS,
    NINE,
    accepted,
    moved,
    officer,
    opened,
    planned,
    session,
)


def batch(world):
    """Return a batch that runs, with its session, and the seat of the business as ``made``."""
    made = opened()
    seat = accepted(made, world.business)
    made = moved(made, "selecting", "confirmed", "running")
    return {"code": made.code, "key": "isi", "made": made, "seat": seat}


def batch_plan(_world):
    return {"code": planned().code}


def batch_registration(world):
    known = batch(world)
    return known | {"pk": known["seat"].pk}


def batch_session(world):
    known = batch(world)
    return known | {"pk": session(known["made"]).pk}


def batch_mentor(world):
    known = batch(world)
    made = teaching.add_mentor(
        known["made"], "Bu Tini", organisation="", subject="", actor=officer(), at=AT
    )
    return known | {"pk": made.pk}


def _file(one):
    return teaching.add_file(one, "material", "Pola", given=handed(), actor=officer(), at=AT)


def batch_file(world):
    known = batch(world)
    return known | {"pk": _file(session(known["made"])).pk}


def _partner(known):
    return partnering.add_partner(
        known["made"], "Desa Wisata", kind="tourism", actor=officer(), at=AT
    )


def batch_partner(world):
    known = batch(world)
    return known | {"pk": _partner(known).pk}


def batch_promise(world):
    known = batch(world)
    made = partnering.promise(_partner(known), "Etalase", due_on=None, actor=officer(), at=AT)
    return known | {"pk": made.pk}


def batch_line(world):
    known = batch(world)
    made = partnering.write_line(
        known["made"],
        None,
        "Bahan",
        source="apbn",
        planned=Decimal(100),
        spent=Decimal(0),
        actor=officer(),
        at=AT,
    )
    return known | {"pk": made.pk}


def _quiz(made):
    one = quizzing.write_quiz(
        made, None, "Tes", read("Apa?\n* satu\n- dua"), actor=officer(), at=AT
    )
    quizzing.open_round(one, "pre", actor=officer(), at=AT)
    return one


def batch_quiz(world):
    known = batch(world)
    return known | {"pk": _quiz(known["made"]).pk}


def own_seat(world):
    """Return the seat of the business with a test, material and a certificate."""
    known = batch(world)
    one = session(known["made"])
    attending.tick(one, [known["seat"].pk], way="list", actor=officer(), at=NINE)
    moved(known["made"], "completed", at=AFTER)
    seat = Registration.objects.select_related("batch", "business").get(pk=known["seat"].pk)
    certificate, _is_new = certifying.issue(seat, "attendance", actor=officer(), at=AFTER, on=ENDS)
    return {
        "pk": seat.pk,
        "quiz": _quiz(known["made"]).pk,
        "file": _file(one).pk,
        "code": certificate.code,
        "token": for_participant(seat.pk, localdate()),
        "certificate": certificate,
    }


def own_wave(world):
    return own_seat(world) | {"wave": "m3"}


def batch_wave(world):
    return batch_registration(world) | {"wave": "end"}


def batch_report(world):
    known = batch(world)
    one, _is_new = reporting.ask_for_report(known["made"], Wave.END, "id", actor=officer(), at=AT)
    reporting.finish_report(one.pk, at=AFTER)
    return known | {"pk": one.pk}


def batch_picture(world):
    known = batch(world)
    file = teaching.add_file(
        session(known["made"]),
        "photo",
        "Praktik",
        given=Handed(photo(), "jpg", "a.jpg"),
        actor=officer(),
        at=AT,
    )
    sides = {side.value: ("session_file", file.pk) for side in ReportPicture.Side}
    captions = dict.fromkeys(sides, "Praktik")
    place = reporting.choose_pair(known["made"], sides, captions, actor=officer(), at=AT)
    one = ReportPicture.objects.get(batch=known["made"], place=place, side="before")
    return known | {"pk": one.pk, "place": place}


def batch_photo(world):
    """Return a batch with a photo of an assessment of its participant."""
    known, given = batch(world), Handed(photo(), "jpg", "a.jpg")
    one = started(world.business)
    kept = answering.add_photo(one, "CUT_1", "assessor", given, actor=officer(), at=AT)
    return known | {"pk": kept.pk}


def batch_certificate(world):
    known = own_seat(world)
    made = known["certificate"]
    return {"code": made.registration.batch.code, "pk": made.pk}


def public_certificate(world):
    return {"code": own_seat(world)["certificate"].public_code}


def session_code(world):
    return {"token": for_session(batch_session(world)["pk"])}


def _plan(known):
    """Add a plan to a batch: an action of each side with a photo, a visit, a promise, links."""
    made, seat = known["made"], known["seat"]
    mentor = teaching.add_mentor(
        made, "Bu Tini", organisation="", subject="", actor=officer(), at=AT
    )
    partner = _partner(known)
    today = localdate()
    mentor = linking.make_link(mentor, today=today, actor=officer(), at=AT)
    partner = linking.make_link(partner, today=today, actor=officer(), at=AT)
    visiting.look_after(mentor, [seat.pk], actor=officer(), at=AT)
    actions = {
        side: following.write_action(
            seat,
            {
                "what": "Beli acuan",
                "owner": side,
                "due_on": ENDS,
                "mentor_id": mentor.pk if side == "mentor" else None,
                "partner_id": partner.pk if side == "partner" else None,
            },
            key=uuid4(),
            actor=officer(),
            at=AT,
        )
        for side in ("firm", "mentor", "partner")
    }
    following.tell_how(
        actions["firm"], "doing", given=handed(), side="firm", version=1, actor=None, at=AT
    )
    visit = visiting.note_visit(
        seat,
        visiting.Seen(today, "phone", "Sudah mulai"),
        mentor=mentor,
        key=uuid4(),
        actor=None,
        at=AT,
        today=today,
    )
    promise = partnering.promise(partner, "Etalase", due_on=None, actor=officer(), at=AT)
    return {
        "mentor": mentor,
        "partner": partner,
        "actions": actions,
        "visit": visit.pk,
        "promise": promise.pk,
        "file": actions["firm"].files.get().pk,
    }


def plan(world):
    """Return the plan of the business as the desk has it."""
    known = batch(world)
    made = _plan(known)
    return {
        "code": known["code"],
        "pk": known["seat"].pk,
        "action": made["actions"]["firm"].pk,
        "visit": made["visit"],
        "file": made["file"],
    }


def own_plan(world):
    """Return the plan of the business as its own people have it."""
    known = plan(world)
    return known | {"token": for_participant(known["pk"], localdate())}


def _helper(world, side):
    known = batch(world)
    made = _plan(known)
    helper = made[side]
    make = for_mentor if side == "mentor" else for_partner
    return {
        "code": known["code"],
        "helper": helper.pk,
        "token": make(Link(helper.pk, helper.link, helper.link_on)),
        "made": made,
        "seat": known["seat"].pk,
        "file": made["file"],
    }


def mentor_link(world):
    known = _helper(world, "mentor")
    return known | {"pk": known["seat"]}


def mentor_action(world):
    known = _helper(world, "mentor")
    return known | {"pk": known["made"]["actions"]["mentor"].pk}


def partner_promise(world):
    known = _helper(world, "partner")
    return known | {"pk": known["made"]["promise"]}


def partner_action(world):
    known = _helper(world, "partner")
    return known | {"pk": known["made"]["actions"]["partner"].pk}


def waiting(kind):
    """Return the key of something of a batch that the work list leads to."""

    def thing(world):
        known = batch(world)
        made = _plan(known)
        keys = {
            "registration": known["seat"].pk,
            "action": made["actions"]["firm"].pk,
            "promise": made["promise"],
            "batch": known["made"].pk,
        }
        return {"pk": keys[kind]}

    return thing


def waiting_call(world):
    """Return the key of a participant whom nobody could write to."""
    asked = OutcomeAsking.objects.create(
        registration=batch(world)["seat"], wave="end", asked_at=AT, messages=0
    )
    return {"pk": asked.pk}


THINGS = {
    "plan": plan,
    "own plan": own_plan,
    "damaged link": lambda _world: {"token": "no-such-link", "pk": 0, "action": 0, "file": 0},
    "mentor link": mentor_link,
    "mentor action": mentor_action,
    "partner link": partner_promise,
    "partner action": partner_action,
    "waiting registration": waiting("registration"),
    "waiting action": waiting("action"),
    "waiting promise": waiting("promise"),
    "waiting batch": waiting("batch"),
    "waiting call": waiting_call,
    "batch": batch,
    "batch plan": batch_plan,
    "batch registration": batch_registration,
    "batch session": batch_session,
    "batch mentor": batch_mentor,
    "batch file": batch_file,
    "batch partner": batch_partner,
    "batch promise": batch_promise,
    "batch line": batch_line,
    "batch quiz": batch_quiz,
    "batch certificate": batch_certificate,
    "batch wave": batch_wave,
    "batch report": batch_report,
    "batch photo": batch_photo,
    "batch picture": batch_picture,
    "own seat": own_seat,
    "own wave": own_wave,
    "wave link": own_wave,
    "link wave": lambda _world: {"token": "no-such-link", "wave": "m3"},
    "participant link": own_seat,
    "session code": session_code,
    "certificate": public_certificate,
    "unknown certificate": lambda _world: {"code": "SR-AAAAAAA-A"},
}
