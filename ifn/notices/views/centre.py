from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.mail.queries import reach_of
from ifn.notices import actions, queries
from ifn.notices.models import Notice
from ifn.notices.paths import path_in
from ifn.notices.views import listing

PAGE_SIZE: Final = 20


@access.members
@never_cache
@require_safe
def notices(request: SignedInRequest) -> HttpResponse:
    """Show what a person was told: unread first, by day."""
    pages = Paginator(queries.notices_of(request.user), PAGE_SIZE)
    page = pages.get_page(request.GET.get("hal"))
    told = list(page)
    context = {
        "page": page,
        "days": listing.days(request, queries.by_day(told, get_language() or "id")),
        "has_unread": any(one.read_at is None for one in told),
        "newest": max((one.pk for one in told), default=0),
        "reach": reach_of(request.user.email, at=now()),
    }
    return render(request, "notices/list.html", context)


@access.members
@never_cache
@require_safe
def follow(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lead to what a notice is about; whoever goes there has read it."""
    notice = get_object_or_404(Notice, pk=pk, person=request.user)
    actions.mark_read(notice, at=now())
    return redirect(path_in(get_language() or "id", notice.address))


@access.members
@require_POST
def read(request: SignedInRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice, pk=pk, person=request.user)
    actions.mark_read(notice, at=now())
    return redirect("notices:list")


@access.members
@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    """Mark as read what the page showed or what is older; what came in meanwhile stays unread."""
    given = request.POST.get("newest", "")
    newest = int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0  # noqa: PLR2004  # fits 64 bits
    if actions.mark_all_read(request.user, until=newest, at=now()):
        messages.success(request, _("All marked as read."))
    return redirect("notices:list")
