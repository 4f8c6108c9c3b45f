"""The officer's page of what was verified of a profile, and the evidence behind it."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.core.files.storage import storages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.directory import actions, clean, policies
from ifn.directory.actions.verifying import STORAGE
from ifn.directory.downloads import private_file
from ifn.directory.history import history
from ifn.directory.models import Business, Verification
from ifn.directory.queries import business_and_role, verifications_of
from ifn.directory.verified import TOPICS, WORDS, office_name
from ifn.directory.verifyforms import VerifyForm, WithdrawForm
from ifn.regions.queries import all_regions

#: What the history tells on this page begins so.
EVENTS = "directory.verification."


@dataclass(frozen=True, slots=True)
class Past:
    """A check as the page shows it."""

    verification: Verification
    state: str
    label: str
    office: str


@dataclass(frozen=True, slots=True)
class TopicPart:
    """A topic of the page: what stands for it, what was before, and the form."""

    topic: str
    word: str
    title: str
    standing: Past | None
    before: list[Past]
    form: VerifyForm | None


@access.staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verification(request: SignedInRequest, number: str) -> HttpResponse:
    """Show what is verified, and verify a topic."""
    business, role = _opened(request.user, number)
    sent = _sent(request)
    if sent is not None and sent.is_valid() and _verified(request, business, role, sent):
        return redirect("directory:verification", business.number)
    context = {
        "business": business,
        "parts": _parts(request.user, business, role, sent),
        "history": history(business, EVENTS),
        "valid": Verification.State.VALID,
    }
    return render(request, "directory/verification.html", context)


@access.staff
@require_POST
def withdraw(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    business, role = _opened(request.user, number)
    found = _allowed(request.user, business, role, pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write why the verification is withdrawn."))
        return redirect("directory:verification", business.number)
    try:
        actions.withdraw_verification(
            found, reason=form.cleaned_data["reason"], actor=request.user, at=now()
        )
    except actions.WithdrawnAlready:
        messages.info(request, _("It was withdrawn or replaced already."))
    else:
        messages.success(request, _("The verification is withdrawn; nobody sees the mark now."))
    return redirect("directory:verification", business.number)


@access.staff
@never_cache
@require_safe
def evidence(request: SignedInRequest, number: str, pk: int) -> HttpResponseBase:
    """Hand out the evidence of a verification to whoever may verify the topic."""
    business, role = _opened(request.user, number)
    found = _allowed(request.user, business, role, pk)
    try:
        stored = storages[STORAGE].open(found.evidence)
    except OSError:
        raise Http404 from None
    actions.note_reading(found, actor=request.user, at=now())
    name = f"{business.public_number}-{WORDS[found.topic]}-{found.checked_on}"
    return private_file(stored, name, in_page=True)


def _opened(user: User, number: str) -> tuple[Business, str]:
    """Return a business of which this person may verify something, and what they are to it.

    Raises:
        Http404: There is none of that number.
        PermissionDenied: They may verify nothing of it.

    """
    found = business_and_role(number.upper(), user)
    if found is None:
        raise Http404
    business, role = found
    access.require(policies.can_verify_any(user, business, role))
    return business, role


def _allowed(user: User, business: Business, role: str, pk: int) -> Verification:
    """Return a verification whose topic this person may verify.

    Raises:
        Http404: The business has none of that key.
        PermissionDenied: They may not verify the topic.

    """
    found = get_object_or_404(
        Verification.objects.select_related("business"), pk=pk, business=business
    )
    access.require(policies.can_verify(user, business, found.topic, role))
    return found


def _sent(request: SignedInRequest) -> VerifyForm | None:
    """Return the form that came, if one did."""
    if request.method != "POST":
        return None
    topic = request.POST.get("topic", "")
    months = settings.VERIFIED_MONTHS.get(topic, 1)
    return VerifyForm(request.POST, request.FILES, months=months, auto_id=f"{topic}-%s")


def _verified(request: SignedInRequest, business: Business, role: str, form: VerifyForm) -> bool:
    """Verify what the form says, or say in the form why not."""
    given = form.cleaned_data
    access.require(policies.can_verify(request.user, business, given["topic"], role))
    check = actions.Check(
        topic=given["topic"],
        checked_on=given["checked_on"],
        expires_on=given["expires_on"],
        note=given["note"],
    )
    upload = given["evidence"].read()
    try:
        made = actions.verify(
            business,
            check,
            upload,
            replaces=given["replaces"],
            on=localdate(),
            actor=request.user,
            at=now(),
        )
    except clean.Refused as refused:
        form.add_error("evidence", str(refused))
    except actions.WrongDays as wrong:
        form.add_wrong_days(wrong.code)
    except actions.VerifiedMeanwhile:
        text = _("Somebody verified or withdrew this meanwhile. Look at it below before you go on.")
        form.add_error(None, text)
    else:
        said = _("“%(topic)s” is verified.") % {"topic": made.get_topic_display()}
        messages.success(request, said)
        return True
    return False


def _parts(user: User, business: Business, role: str, sent: VerifyForm | None) -> list[TopicPart]:
    known, today = verifications_of(business), localdate()
    titles = dict(Verification.Topic.choices)
    parts = []
    for topic in TOPICS:
        own = [_past(one, today) for one in known if one.topic == topic]
        stands = (Verification.State.VALID, Verification.State.EXPIRED)
        standing = next((one for one in own if one.state in stands), None)
        is_sent = sent is not None and sent.data.get("topic") == topic
        may = policies.can_verify(user, business, topic, role)
        parts.append(
            TopicPart(
                topic=topic,
                word=WORDS[topic],
                title=str(titles[topic]),
                standing=standing,
                before=[one for one in own if one is not standing],
                form=(sent if is_sent else _empty(topic, standing, today)) if may else None,
            )
        )
    return parts


def _past(one: Verification, today: date) -> Past:
    state = one.state_on(today)
    return Past(one, state, str(state.label), office_name(one.office_id, all_regions()))


def _empty(topic: str, standing: Past | None, today: date) -> VerifyForm:
    initial = {
        "topic": topic,
        "replaces": standing.verification.pk if standing else None,
        "checked_on": today,
    }
    months = settings.VERIFIED_MONTHS[topic]
    return VerifyForm(initial=initial, months=months, auto_id=f"{topic}-%s")
