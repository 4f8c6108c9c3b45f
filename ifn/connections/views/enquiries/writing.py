"""Write to one firm or to several, and confirm that the address is yours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ifn.accounts import access
from ifn.accounts.guessing import count_message
from ifn.accounts.models import User
from ifn.connections.actions import enquiries as actions
from ifn.connections.enquiring import challenge, tokens
from ifn.connections.enquiring.askers import Asker
from ifn.connections.forms.enquiries import LONGEST, UNIT, WriteForm
from ifn.connections.models import Enquiry, Letter, Opportunity
from ifn.connections.models.enquiries import MOST_FIRMS
from ifn.connections.policies.enquiries import ANSWERS
from ifn.connections.queries.askers import is_work_new
from ifn.connections.queries.enquiries import without_anybody
from ifn.directory import numbers
from ifn.directory.models import Business
from ifn.directory.queries import businesses_of, standing_for
from ifn.quotas.places import place_of
from ifn.quotas.tries import Bound, count
from ifn.vocabulary.queries import lexicon

#: How the firms of a letter are called in addresses: numbers with commas between them.
FIRMS: Final = "ke"
#: No number in an address is longer than this.
MOST_DIGITS: Final = 8
#: Enquiries that visitors may write from one place in a while.
LETTERS: Final = 20
#: Those of them for which no machine worked.
UNSOLVED: Final = 10
#: Under which a session remembers letters that a visitor without e-mail wrote.
WRITTEN: Final = "connections.written"
#: More numbers are never read.
_MOST_READ: Final = 20


@dataclass(frozen=True, slots=True)
class To:
    """Whom a letter goes to, and which opportunity it answers; then it is one firm."""

    firms: Sequence[Business]
    opportunity: Opportunity | None = None

    @property
    def are_named(self) -> bool:
        """Say whether whoever writes may know the firms."""
        return self.opportunity is None or self.opportunity.is_named


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, number: str) -> HttpResponse:
    """Write to one firm."""
    asked = get_object_or_404(Business.objects.select_related("merged_into"), number=number.upper())
    firm = standing_for(asked)
    if firm.status != Business.Status.LISTED:
        return _not_shown(request)
    if firm != asked and request.method != "POST":
        return redirect("connections:write", firm.number, permanent=True)
    return page(request, To([firm]))


def _not_shown(request: HttpRequest) -> HttpResponse:
    """Give back what somebody wrote while a business was hidden; its name is said no more."""
    text = request.POST.get("text", "")[:LONGEST]
    if not text:
        raise Http404
    page = "connections/enquiries/not_shown.html"
    return render(request, page, {"text": text}, status=HTTPStatus.NOT_FOUND)


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_to_several(request: HttpRequest) -> HttpResponse:
    """Write once to up to five firms that the address names."""
    given = request.POST if request.method == "POST" else request.GET
    firms, unknown = _firms(given.getlist(FIRMS))
    for text in unknown:
        said = _("“%(text)s” is no business in the directory, or no longer; it was left out.")
        messages.warning(request, said % {"text": text[:40]})
    if not firms:
        context = {"most": MOST_FIRMS}
        return render(request, "connections/enquiries/choose.html", context)
    return page(request, To(firms))


def _firms(given: Sequence[str]) -> tuple[list[Business], list[str]]:
    """Return the listed profiles that numbers stand for, each once, and what stands for none."""
    typed = [text for part in given for text in part.split(",") if text.strip()][:_MOST_READ]
    read: dict[str, str] = {}
    for text in typed:
        try:
            read[text] = numbers.read(text)
        except (numbers.NotANumber, numbers.WrongCheck):
            read[text] = ""
    found = Business.objects.filter(number__in=set(read.values()))
    by_number = {one.number: one for one in found.select_related("merged_into")}
    firms: dict[int, Business] = {}
    unknown = []
    for text in typed:
        firm = by_number.get(read[text])
        firm = (firm.merged_into or firm) if firm else None
        if firm is None or firm.status != Business.Status.LISTED:
            unknown.append(text)
        else:
            firms[firm.pk] = firm
    return list(firms.values()), unknown


def page(request: HttpRequest, to: To) -> HttpResponse:
    """Show the form of a letter, or send it and go where its sender sees what became of it."""
    at = now()
    person = request.user if isinstance(request.user, User) else None
    own = _own(person)
    form = WriteForm(
        request.POST or None,
        request.FILES or None,
        today=localdate(at),
        is_member=person is not None,
        businesses=own,
        answers=to.opportunity.direction if to.opportunity else "",
        initial=_initial(request, person, own),
    )
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["website"]:
            return redirect("connections:written")
        if again_at := _too_many(request, person, form, at):
            time = time_format(localtime(again_at), "H:i")
            form.add_error(None, _("Too many messages from here. Try again after %s.") % time)
            status = HTTPStatus.TOO_MANY_REQUESTS
        elif letter := _sent(to, form, person, own, at):
            return _onward(request, letter, is_new=letter.written_at == at)
    firms = list(to.firms) if to.are_named else []
    alone = without_anybody(firms)
    nobody = [one for one in firms if one.pk in alone]
    context = {
        "form": form,
        "about": to.opportunity,
        "firms": firms,
        "is_one": len(to.firms) == 1,
        "too_many": len(firms) > MOST_FIRMS,
        "most": MOST_FIRMS,
        "numbers": ",".join(one.number for one in firms),
        "nobody": nobody,
        "nobody_names": ", ".join(one.name for one in nobody),
        "person": person,
        "office": settings.OFFICE_WHATSAPP,
        "challenge": "" if person else challenge.new(at),
        "bits": challenge.BITS,
        "asked_files": bool(request.FILES),
    }
    return render(request, "connections/enquiries/write.html", context, status=status)


def _own(person: User | None) -> list[Business]:
    if person is None:
        return []
    return [
        one.business
        for one in businesses_of(person)
        if one.role in ANSWERS and one.business.status == Business.Status.LISTED
    ]


def _initial(request: HttpRequest, person: User | None, own: list[Business]) -> dict[str, Any]:
    """Return what the form begins with: the account's addresses, and words of an earlier letter."""
    values: dict[str, Any] = {"text": request.GET.get("pesan", "")[:2000]}
    values |= _asked_for(request)
    if person is not None:
        values |= {"email": person.email or "", "phone": person.phone or ""}
        values["business"] = own[0].number if len(own) == 1 else ""
    code = request.GET.get("lagi", "")
    if person is not None and code:
        values |= _again(person, code)
    return values


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """Return pairs and a day, where the address names how many within how many days."""
    pairs, days = (_number(request.GET.get(name, "")) for name in ("jumlah", "hari"))
    values: dict[str, Any] = {"quantity": pairs, "unit": "PASANG"} if pairs else {}
    return values | ({"deadline": localdate() + timedelta(days=days)} if days else {})


def _number(text: str) -> int:
    """Return a small number as an address states it, else 0."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < MOST_DIGITS else 0


def _again(person: User, code: str) -> dict[str, Any]:
    """Return the words and facts of a letter that this person wrote."""
    found = Enquiry.objects.filter(code=code[:8], letter__person=person)
    enquiry = found.select_related("letter__unit").first()
    if enquiry is None:
        return {}
    letter = enquiry.letter
    today = localdate()
    return {
        "text": letter.text,
        "quantity": letter.quantity,
        "unit": letter.unit.code if letter.unit else None,
        "deadline": letter.deadline if letter.deadline and letter.deadline >= today else None,
    }


def _too_many(
    request: HttpRequest, person: User | None, form: WriteForm, at: datetime
) -> datetime | None:
    """Count what a visitor sends, from one place and to one address; say when to come back.

    Where no machine worked for it fewer are taken: that is what the work buys.
    """
    if person is not None:
        return None
    place, data = place_of(request), form.cleaned_data
    bounds = [Bound("letter", place, LETTERS)]
    if not is_work_new(challenge.checked(data["challenge"], data["solution"], at=at)):
        bounds.insert(0, Bound("letter without work", place, UNSOLVED))
    return count(*bounds, at=at) or count_message(data["email"] or data["phone"], at=at)


def _sent(
    to: To,
    form: WriteForm,
    person: User | None,
    own: list[Business],
    at: datetime,
) -> Letter | None:
    data = form.cleaned_data
    unit = lexicon().get(UNIT, data["unit"]) if data["unit"] else None
    acting = [one for one in own if one.number == data.get("business")]
    asker = Asker(
        person=person,
        business=acting[0] if acting else None,
        name=data.get("name", ""),
        email=data["email"],
        phone=data["phone"],
        language="en" if get_language() == "en" else "id",
    )
    written = actions.Written(
        data["text"],
        data["quantity"],
        unit.pk if unit else None,
        data["deadline"],
        data["attached"],
    )
    solved = challenge.checked(data["challenge"], data["solution"], at=at)
    try:
        if to.opportunity is not None:
            return actions.answer_opportunity(
                to.opportunity, written, asker=asker, at=at, challenge=solved
            )
        return actions.send(written, to.firms, asker=asker, at=at, challenge=solved)
    except actions.OpportunityOver:
        form.add_error(
            None, _("This opportunity has ended meanwhile. Your words are below; nothing was sent.")
        )
    except actions.TooManyFirms as many:
        form.add_error(None, _("At most %d businesses at once. Take some off.") % many.most)
    except (actions.NotShown, actions.NoFirm):
        form.add_error(None, _("A business was hidden meanwhile. Take it off and send again."))
    except actions.OwnFirm as own_firm:
        said = _("%(name)s is your own business. Take it off the list.")
        form.add_error(None, said % {"name": own_firm.business.name})
    except actions.TooManyLetters as many_letters:
        form.add_error(None, _limit_said(many_letters.limit, many_letters.day, person))
    return None


def _limit_said(limit: int, day: date, person: User | None) -> str:
    said = ngettext(
        "You wrote %(n)d enquiry today, which is the most. Send this one from %(day)s on.",
        "You wrote %(n)d enquiries today, which is the most. Send this one from %(day)s on.",
        limit,
    ) % {"n": limit, "day": date_format(day, "j F")}
    if person is None:
        said += " " + _("With an account you may write more.")
    return said


def _onward(request: HttpRequest, letter: Letter, *, is_new: bool) -> HttpResponse:
    """Go where the sender sees what became of the letter."""
    if letter.person_id is None:
        return _one_more_step(request, letter, is_new=is_new)
    found = list(Enquiry.objects.filter(letter=letter).order_by("place"))
    if letter.state == Letter.State.HELD:
        messages.info(
            request, _("The office looks at your enquiry before it goes out, within one day.")
        )
    else:
        number = sum(one.sent_at is not None for one in found)
        said = ngettext("Sent to %d business.", "Sent to %d businesses.", number)
        messages.success(request, said % number)
    if len(found) == 1:
        return redirect("connections:enquiry", found[0].code)
    return redirect(f"{reverse('connections:enquiries')}?arah=keluar")


def _one_more_step(request: HttpRequest, letter: Letter, *, is_new: bool) -> HttpResponse:
    """Lead a visitor to the proof, the same way whatever is known of the address.

    Without e-mail the page to keep is the only way back to a letter. It is shown to the browser
    that wrote it: whoever writes the same in somebody's name learns nothing.
    """
    if letter.email:
        return redirect("connections:written")
    own: list[int] = request.session.get(WRITTEN, [])
    if is_new:
        own = request.session[WRITTEN] = [*own[-9:], letter.pk]
    if letter.pk not in own:
        return redirect(f"{reverse('connections:written')}?lewat=telepon")
    return redirect("connections:kept", tokens.for_keeping(letter.pk))
