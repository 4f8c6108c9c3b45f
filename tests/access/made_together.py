"""What stands in addresses of batches, hand-outs and releases of a project the business leads."""

from ifn.collaboration import consentlinks
from ifn.collaboration.actions import batching, receiving, releasing, reporting
from ifn.collaboration.actions.receiving import Handover
from ifn.collaboration.consentlinks import ConsentLink
from ifn.collaboration.models import Allocation
from ifn.collaboration.sharing import Rule
from ifn.directory.handing import Handed
from tests.factories.collaboration_releases import (
    asked,
    batch,
    officer,
    partner,
    project,
    published,
    written,
)
from tests.factories.directory import AT, ON, photo


def made(world):
    """Return a batch of which the business, that leads the project, gets some."""
    of = project(world.business)
    one = batch(of)
    batching.add_recipients(one, [world.business], actor=officer(), at=AT)
    batching.share_out(one, Rule.EQUAL, asked={}, actor=officer(), at=AT)
    got = Allocation.objects.get(batch=one)
    return {"code": of.code, "batch": one.code, "hand_out": got.code, "of": of, "got": got} | {
        "part": 1,
        "kind": "csv",
    }


def hand_out(world):
    return {"code": made(world)["hand_out"]}


def made_and_signed(world):
    known = made(world)
    sheet = Handed(b"%PDF-1.4 x", "pdf", "lembar.pdf")
    receiving.sign(
        known["got"], Handover("Bu Ratna", ON, "paper"), file=sheet, actor=officer(), at=AT
    )
    return known


def release_picture(world):
    known = made(world)
    one = releasing.add_picture(
        written(known["of"]), releasing.Shot(photo()), actor=officer(), at=AT
    )
    return known | {"pk": one.pk}


def release_answer(world):
    known = made(world)
    partner(known["of"], "brand", business=world.business)
    consents = asked(known["of"], partners=0).consents
    return known | {"pk": consents.get().pk}


def impact(world):
    known = made(world)
    one = reporting.report(
        known["of"], "jobs", 3, on=ON, source="Daftar pekerja", actor=officer(), at=AT
    )
    return known | {"pk": one.pk}


def release(_world):
    return {"slug": published().slug}


def release_draft(_world):
    return {"slug": asked().slug}


def release_link(_world):
    one = asked(partners=1).consents.get()
    return {"token": consentlinks.signed(ConsentLink(one.pk, one.partner.link))}


THINGS = {
    "hand-out": hand_out,
    "unknown hand-out": lambda _world: {"code": "TT-2222-2222-2"},
    "impact": impact,
    "made": made,
    "made and signed": made_and_signed,
    "release": release,
    "release answer": release_answer,
    "release draft": release_draft,
    "release link": release_link,
    "release picture": release_picture,
}
