"""The broker desk: requests nobody fits, enquiries nobody answers, outcomes nobody tells."""

from collections.abc import Sequence
from typing import Any, Final, TypeVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.connections.actions import desk as actions
from ifn.connections.enquiring import whatsapp
from ifn.connections.enquiring.states import UNANSWERED, Side
from ifn.connections.models import Enquiry, Letter, Opportunity
from ifn.connections.models.desk import LONGEST_NOTE
from ifn.connections.opportunities import presenting, saying
from ifn.connections.policies.enquiries import can_look_after
from ifn.connections.queries.desk import has_come_to_desk, notes_about
from ifn.connections.queries.opportunities import matches_of, particulars_of
from ifn.connections.silence import Silent, silent_sides
from ifn.connections.telling import address_of, asker_name
from ifn.connections.wording import quantity_of
from ifn.directory.models import Business, Contact, Visibility
from ifn.directory.queries import has_people
from ifn.moderation import filters, guiding, work
from ifn.moderation.actions.taking import let_go
from ifn.moderation.forms import DeskForm
from ifn.moderation.kinds import KINDS
from ifn.moderation.scope import one_in_scope
from ifn.moderation.views.flow import flow_of, with_query
from ifn.moderation.views.writing import day_of
from ifn.regions.queries import all_regions
from ifn.ui import fragments
from ifn.vocabulary.queries import lexicon

#: Kinds of work at the desk, each with its icon; shown so many of each.
DESK: Final = {"unmatched": "tag", "unanswered": "mail", "outcome": "clock"}
SHOWN = 10
#: Businesses suggested while an officer types a name.
SUGGESTED = 7
#: Why no message went to a side of an introduction, and what to do then.
SILENT: Final = {
    Silent.NO_ADDRESS: gettext_lazy(
        "Noted. No message went to %(names)s: there is no e-mail address here. Call or write by "
        "WhatsApp."
    ),
    Silent.LATER: gettext_lazy(
        "Noted. It stands among the notices of %(names)s on the site; messages go there later or "
        "not at all, as was chosen there. Call if it is urgent."
    ),
    Silent.REFUSED: gettext_lazy(
        "Noted. No message went to %(names)s: the e-mail address takes no messages of this kind. "
        "Call or write by WhatsApp."
    ),
    Silent.INVENTED: gettext_lazy(
        "Noted. No message went to %(names)s: nobody is written to about invented businesses."
    ),
}
Subject = Opportunity | Enquiry
#: Whom the office introduces somebody to: a business, or whoever wrote without one.
Asking = Business | Letter
Row = TypeVar("Row", bound=Model)


@access.staff
@never_cache
@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    """Show what waits at the desk, each kind with the oldest first and the way to all of it."""
    at = now()
    kinds, found = [], work.oldest(request.user, DESK, SHOWN, at=at)
    for name, icon in DESK.items():
        wanted = work.Wanted(kinds=frozenset({name}))
        kinds.append(
            {
                "kind": KINDS[name],
                "icon": icon,
                "href": with_query(reverse("moderation:work"), filters.query(wanted)),
                "items": [
                    {
                        "item": one,
                        "href": reverse(KINDS[name].address, args=[one.subject]),
                        "due": day_of(one.due_at, at=at),
                        "is_overdue": one.due_at < at,
                    }
                    for one in found[name]
                ],
            }
        )
    return render(request, "moderation/desk.html", {"kinds": kinds})


@access.staff
@require_safe
def firms(request: SignedInRequest) -> HttpResponse:
    """Answer what an officer types with businesses of that name."""
    found = Business.objects.listed().named(request.GET.get("q", "")[:80])
    regions = all_regions()
    options = [
        fragments.fill(
            "moderation/fragments/suggested_firm.html",
            value=f"{one.name} ({one.public_number})",
            name=one.name,
            place=regions.full_name(one.region_id),
        )
        for one in found.order_by("name", "pk")[:SUGGESTED]
    ]
    return HttpResponse(fragments.join(options))


@access.staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a request that nobody fits, who nearly does and why not, and what the office can do."""
    rows = Opportunity.objects.filter(pk=pk).exclude(state=Opportunity.State.DRAFT)
    one = _one(rows.select_related("business"), request.user)
    words, regions = lexicon(), all_regions()
    (_fitting, nearly), names = matches_of(one), saying.names_of(words)
    firms = [match.business for match in nearly]
    context = {
        "title": one.title,
        "firm": one.business,
        "facts": presenting.facts(particulars_of(one), regions, sees_price=True),
        "text": one.text,
        "page": one.get_absolute_url(),
        "nearly": [
            {"business": match.business, "why": saying.hindrance_of(match, names)}
            for match in nearly
        ],
        "guide": guiding.for_request(one),
    }
    return _page(request, "unmatched", one, (one.business, firms), context)


@access.staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an enquiry nobody answers or whose outcome nobody told, and how to reach both sides."""
    rows = Enquiry.objects.filter(pk=pk)
    related = (
        *("letter__person", "letter__business__merged_into", "letter__unit", "letter__opportunity"),
        "business__merged_into",
    )
    one = _one(rows.select_related(*related), request.user)
    sees_asker = can_look_after(request.user)
    access.require(sees_asker or has_come_to_desk(one, at=now()))
    kind = "unanswered" if one.state in UNANSWERED else "outcome"
    firm, asking = one.firm, _asking(one)
    context = {
        "title": firm.name,
        "firm": firm,
        "facts": _facts(one),
        "text": one.letter.text,
        "page": firm.get_absolute_url(),
        "state": one.get_state_display(),
        "has_people": has_people(firm),
        "ways": _ways(one),
        "asker": asker_name(one.letter),
        "asker_page": _page_of(asking),
        "sees_asker": sees_asker,
        "asker_ways": _ways_to_asker(one) if sees_asker else [],
        "guide": guiding.for_enquiry(one, kind),
    }
    return _page(request, kind, one, (asking, _others(one)), context)


def _one(found: QuerySet[Row], person: User) -> Row:
    """Return the one row asked for: who looks after enquiries does so in every region."""
    return get_object_or_404(found) if can_look_after(person) else one_in_scope(found, person)


def _facts(one: Enquiry) -> list[tuple[str, str]]:
    """Return what the office has to know of an enquiry before it calls anybody."""
    about = one.letter.opportunity
    known = _("Does not know this business; do not name it")
    found = [
        (_("Quantity"), quantity_of(one.letter)),
        (_("Code"), one.public_code),
        (_("Answers"), f"{about.title} · {about.public_number}" if about else ""),
        (_("Sender"), "" if one.is_firm_known else known),
    ]
    return [pair for pair in found if pair[1]]


def _others(one: Enquiry) -> Sequence[Business]:
    """Return the other firms that the same letter went to, as far as the asker knows them."""
    siblings = Enquiry.objects.filter(letter=one.letter_id).exclude(pk=one.pk)
    found = siblings.select_related("business__merged_into").order_by("place")
    return [each.firm for each in found if each.is_firm_known]


def _asking(one: Enquiry) -> Asking:
    """Return who asked: the business for which it was written if it is shown, else the letter."""
    business = one.letter.business
    firm = business and (business.merged_into or business)
    return firm if firm and firm.status == Business.Status.LISTED else one.letter


def _page_of(asking: Asking) -> str:
    return asking.get_absolute_url() if isinstance(asking, Business) else ""


def _ways_to_asker(one: Enquiry) -> list[tuple[str, str]]:
    """Return how the office reaches whoever asked: the addresses left with the letter."""
    letter = one.letter
    found = [(letter.email, f"mailto:{letter.email}")]
    if letter.phone:
        with translation.override(letter.language):
            sender = _("the Indonesia Footwear Network")
        text = whatsapp.greeting(
            sender=sender,
            about=quantity_of(letter) or f"“{letter.text[:80]}”",
            code=one.public_code,
            language=letter.language,
        )
        found.append((letter.phone, whatsapp.link(letter.phone, text)))
    return [way for way in found if way[0]]


def _ways(one: Enquiry) -> list[tuple[str, str]]:
    """Return how the office reaches the firm: its public numbers, with the enquiry's code."""
    found = Contact.objects.filter(
        business=one.firm, kind__in=["whatsapp", "phone"], visibility=Visibility.PUBLIC
    )
    link = address_of(one, Side.FIRM, "id", at=now())
    text = whatsapp.greeting(
        sender=_("the Indonesia Footwear Network"),
        about=link,
        code=one.public_code,
        language="id",
    )
    return [
        (value, whatsapp.link(value, text) if kind == "whatsapp" else f"tel:{value}")
        for kind, value in found.values_list("kind", "value")
    ]


def _page(
    request: SignedInRequest,
    kind: str,
    subject: Subject,
    sides: tuple[Asking, Sequence[Business]],
    context: dict[str, Any],
) -> HttpResponse:
    flow = flow_of(request, kind, subject.pk, at=now())
    form = DeskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _done(request, kind, subject, sides[0], form)
        if done is not None:
            return redirect(flow.onward if done else request.get_full_path())
    return render(
        request,
        "moderation/broker.html",
        {
            **context,
            "kind": KINDS[kind],
            "flow": flow,
            "form": form,
            "notes": notes_about(subject),
            "others": sides[1],
        },
    )


def _done(
    request: SignedInRequest, kind: str, subject: Subject, side: Asking, form: DeskForm
) -> bool | None:
    """Do what was pressed; say whether it is off the desk, nothing where words are missing."""
    said = form.cleaned_data
    try:
        if "settle" in request.POST:
            actions.settle(subject, said["text"], actor=request.user, at=now())
            let_go(kind, [subject.pk])
            messages.success(request, _("Settled. It is off the desk."))
            return True
        if "introduce" in request.POST:
            return _introduced(request, subject, side, form)
        actions.write_note(
            subject, said["text"], is_call="call" in request.POST, actor=request.user, at=now()
        )
    except actions.WordsMissing:
        form.add_error("text", _("Write in words what was said or done."))
        return None
    except actions.WordsTooMany:
        size = {"most": LONGEST_NOTE, "has": len(said["text"])}
        words = _("A note has at most %(most)d characters; yours has %(has)d.") % size
        form.add_error("text", words)
        return None
    messages.success(request, _("Noted."))
    return False


def _introduced(
    request: SignedInRequest, subject: Subject, side: Asking, form: DeskForm
) -> bool | None:
    other = form.cleaned_data["business"]
    if other is None:
        form.add_error("business", _("Write which other business: its name or its number."))
        return None
    try:
        made = actions.introduce(
            other, side, form.cleaned_data["text"], about=subject, actor=request.user, at=now()
        )
    except actions.IntroducedToday:
        form.add_error(
            "business",
            _("These two were introduced today already. Write to them again tomorrow, or call."),
        )
        return None
    except actions.KeepsItsName:
        words = _("This business answers without its name. Introduce it once it has said yes.")
        form.add_error("business", words)
        return None
    except actions.NotToIntroduce:
        form.add_error("business", _("These two cannot be introduced: both must be shown."))
        return None
    told = (made.first_told, made.second_told)
    for cause, names in silent_sides(made).items():
        messages.warning(request, SILENT[cause] % {"names": ", ".join(names)})
    if all(told):
        messages.success(request, _("Both were written to (%d messages).") % sum(told))
    return False
