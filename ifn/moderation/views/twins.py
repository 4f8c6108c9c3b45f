"""The staff's pages of profiles that may be one: the list, two side by side, merged and undone."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.directory import actions as directory
from ifn.directory.joining import GROUPS
from ifn.directory.joinwords import LEFT, RIGHT, by_role, label_of
from ifn.directory.models import Business, Twins
from ifn.directory.policies import can_merge
from ifn.directory.queries import standing_for
from ifn.moderation import actions
from ifn.moderation.forms import PairForm, ReasonForm
from ifn.moderation.kinds import KINDS
from ifn.moderation.queries import merged_pairs, standing_merge
from ifn.moderation.scope import in_scope, one_in_scope
from ifn.moderation.views.flow import flow_of
from ifn.moderation.views.sides import Side, evidence_in_words, lines_of, side_of, to_stay
from ifn.regions.queries import all_regions

PAGE_SIZE = 50
#: Where the two profiles of a pair are.
PLACES = ("left__region", "right__region")
#: Merges shown, the newest first.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of the list."""

    pair: Twins
    percent: int
    places: tuple[str, str]


@access.staff
@never_cache
@require_safe
def pairs(request: SignedInRequest) -> HttpResponse:
    """List the pairs that wait, and what was merged last."""
    return _listed(request, PairForm())


def _listed(request: SignedInRequest, form: PairForm) -> HttpResponse:
    waiting = in_scope(KINDS["twins"].waiting(), request.user, *PLACES)
    found = waiting.select_related("left", "right").order_by("-probability", "pk")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("hal"))
    merged = in_scope(merged_pairs(), request.user, *PLACES)
    context = {
        "page": page,
        "rows": [_row(one) for one in page],
        "merged": [_row(one) for one in merged[:SHOWN]],
        "form": form,
    }
    return render(request, "moderation/pairs.html", context)


def _row(pair: Twins) -> Row:
    name = all_regions().full_name
    return Row(
        pair,
        round(100 * pair.probability),
        (name(pair.left.region_id), name(pair.right.region_id)),
    )


@access.staff
@require_POST
def ask(request: SignedInRequest) -> HttpResponse:
    """Let two profiles that somebody names wait for a decision, and show them."""
    form = PairForm(request.POST)
    if not form.is_valid():
        return _listed(request, form)
    found = [
        one_in_scope(Business.objects.filter(number=number), request.user, "region")
        for number in (form.cleaned_data["one"], form.cleaned_data["other"])
    ]
    one, other = map(standing_for, found)
    try:
        pair = directory.ask_about(one, other, actor=request.user, at=now())
    except directory.NotTwins:
        form.add_error("other", _("This is the same profile, or one of the two is invented."))
        return _listed(request, form)
    return redirect("moderation:twins", pair.pk)


@access.staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def twins(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show two profiles side by side, to be merged or said to be two businesses."""
    if request.method == "POST" and not Twins.objects.filter(pk=pk).exists():
        said = _("This pair waits no longer: a colleague merged one of the two with another.")
        messages.warning(request, said)
        return redirect("moderation:pairs")
    pair = _pair(request, pk)
    flow = flow_of(request, "twins", pk, at=now())
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_apart = request.POST.get("do") == "apart"
        onward = (_apart if is_apart else _merge)(request, pair, form)
        if onward:
            return redirect(flow.onward if onward == "next" else request.get_full_path())
    left, right = (
        side_of(key, one, request.user) for key, one in ((LEFT, pair.left), (RIGHT, pair.right))
    )
    stays = _stays(request) or to_stay(left, right)
    context = {
        "pair": pair,
        "percent": round(100 * pair.probability),
        "sides": (left, right),
        "stays": stays,
        "lines": lines_of(left, right, stays, _picked(request)),
        "evidence": evidence_in_words(pair, left, right),
        "warnings": _warnings(left, right),
        "merge": standing_merge(pair),
        "may_merge": can_merge(request.user, pair.left, pair.right),
        "flow": flow,
        "form": form,
    }
    return render(request, "moderation/twins.html", context)


@access.staff
@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a merge back, and say what of it stays."""
    pair = _pair(request, pk)
    access.require(can_merge(request.user, pair.left, pair.right))
    merge = standing_merge(pair)
    try:
        parted = actions.undo_merge(merge, actor=request.user, at=now()) if merge else None
    except directory.UndoneMeanwhile:
        parted = None
    if parted is None:
        messages.info(request, _("The merge was taken back already."))
    else:
        said = _("%(name)s stands by itself again.") % {"name": parted.gone.name}
        messages.success(request, said)
        if parted.stayed:
            _say_what_stayed(request, parted)
    return redirect("moderation:twins", pk)


def _say_what_stayed(request: SignedInRequest, parted: directory.Parted) -> None:
    said = _(
        "%(name)s was changed since the merge, so its facts stay as they are. From the other "
        "profile it still has: %(fields)s. Look whether that is right."
    )
    names = ", ".join(label_of(group) for group in parted.stayed)
    messages.warning(request, said % {"name": parted.kept.name, "fields": names})


def _pair(request: SignedInRequest, pk: int) -> Twins:
    found = Twins.objects.select_related("left", "right", "decided_by", "asked_by").filter(pk=pk)
    return one_in_scope(found, request.user, *PLACES)


def _merge(request: SignedInRequest, pair: Twins, form: ReasonForm) -> str:
    """Merge as picked; return where to go ("next" or "here")."""
    access.require(can_merge(request.user, pair.left, pair.right))
    stays = _stays(request) or LEFT
    versions = [_number(request, f"version_{side}") for side in (LEFT, RIGHT)]
    kept, gone = pair.left, pair.right
    if stays == RIGHT:
        kept, gone = gone, kept
        versions.reverse()
    try:
        actions.merge_businesses(
            kept,
            gone,
            versions=(versions[0], versions[1]),
            chosen=by_role(_picked(request), stays=stays),
            reason=form.cleaned_data["reason"],
            actor=request.user,
            at=now(),
        )
    except directory.ChangedMeanwhile:
        said = _(
            "Nothing was merged: somebody changed one of the two after you opened this page. "
            "Below it stands how they are now; what you chose is kept."
        )
        form.add_error(None, said)
        return ""
    except (directory.GoneMeanwhile, directory.NotTwins):
        said = _("Nothing was merged: a colleague merged one of the two before.")
        messages.warning(request, said)
        return "here"
    said = _("%(gone)s is part of %(kept)s now. Old addresses lead there.")
    messages.success(request, said % {"gone": gone.name, "kept": kept.name})
    return "next"


def _apart(request: SignedInRequest, pair: Twins, form: ReasonForm) -> str:
    try:
        actions.keep_apart(pair, reason=form.cleaned_data["reason"], actor=request.user, at=now())
    except actions.ReasonMissing:
        form.add_error("reason", _("Write how you know that these are two businesses."))
        return ""
    except directory.NotApart:
        messages.warning(request, _("A colleague merged the two. Undo that first."))
        return "here"
    messages.success(request, _("Noted: two businesses. Nobody is asked about them again."))
    return "next"


def _warnings(left: Side, right: Side) -> list[str]:
    """Return what an officer should know before the two are one."""
    said = []
    if left.has_owner and right.has_owner:
        said.append(_("Both have owners. After merging all of them look after the one profile."))
    if left.drafts or right.drafts:
        said.append(
            _(
                "Somebody has changes of one of the two that are not published yet. Those "
                "of the profile that goes are not taken over."
            )
        )
    if {left.business.status, right.business.status} != {Business.Status.LISTED}:
        said.append(_("One of the two is not listed. The one that stays keeps its status."))
    return said


def _stays(request: SignedInRequest) -> str:
    given = request.POST.get("stays", "")
    return given if given in {LEFT, RIGHT} else ""


def _picked(request: SignedInRequest) -> dict[str, str]:
    return {group: value for group in GROUPS if (value := request.POST.get(f"pick_{group}", ""))}


def _number(request: SignedInRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0  # noqa: PLR2004
