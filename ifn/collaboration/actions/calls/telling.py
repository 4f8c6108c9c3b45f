"""Tell those whom a call concerns: its own firm, the invited, applicants, the panel.

Firms without people get a letter at the profile's own address. Nobody is behind invented firms, so
nobody is written to in an invented call.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse

from ifn.collaboration.models import Application, Call, Evaluator, Invitation
from ifn.connections.voice import settle_at, tell_firm
from ifn.directory.models import Business
from ifn.notices.actions import News, tell
from ifn.notices.kinds import said
from ifn.notices.letters import Mail
from ifn.notices.paths import path_of
from ifn.notices.values import day, in_each_language

_MAIL: Final = "collaboration/mail/call"
#: Where a firm without an account reads more: pages of its own need one.
_PUBLIC: Final = "collaboration:call"


def tell_leader(call: Call, words: str, *, at: datetime, **values: Any) -> int:
    """Tell the people of the firm whose call it is; the office has its desk."""
    if call.business is None:
        return 0
    page = path_of("collaboration:own-call", call.code)
    return _tell(call, call.business, words, page, str(call.pk), values, at=at)


def tell_invited(invitation: Invitation, words: str, *, at: datetime, **values: Any) -> int:
    """Tell a firm that was invited for a role."""
    call, wanted = invitation.wanted.call, invitation.wanted
    known = {"role": in_each_language(wanted.get_role_display), "until": day(call.closes_on)}
    page, key = path_of(_PUBLIC, call.code), f"invitation:{invitation.pk}"
    return _tell(call, invitation.business, words, page, key, known | values, at=at)


def tell_applicant(application: Application, words: str, *, at: datetime, **values: Any) -> int:
    """Tell a firm that applied how its application stands, or what it has to do."""
    page = path_of("collaboration:own-application", str(application.pk))
    key = f"application:{application.pk}"
    return _tell(application.call, application.business, words, page, key, values, at=at)


def tell_applicants(
    found: Iterable[Application], words: str, *, at: datetime, **values: Any
) -> int:
    """Tell several the same."""
    return sum(tell_applicant(one, words, at=at, **values) for one in found)


def tell_evaluator(evaluator: Evaluator, *, at: datetime) -> int:
    """Tell somebody that they are on the panel of a call."""
    call = evaluator.call
    if call.is_demo:
        return 0
    values = {"title": in_each_language(lambda: call.title), "until": day(call.decides_on)}
    news = News("collaboration.call_panel", path_of("collaboration:panel", call.code), values)
    return tell(evaluator.person, news, key=f"panel:{evaluator.pk}", at=at)


def let_rest(invitation: Invitation, *, at: datetime) -> None:
    """Remind nobody of a firm of an invitation that was answered."""
    page = path_of(_PUBLIC, invitation.wanted.call.code)
    settle_at(invitation.business, page, at=at)


def _tell(  # noqa: PLR0913  # about which call, whom, what, where, under which key
    call: Call,
    firm: Business,
    words: str,
    page: str,
    key: str,
    values: Mapping[str, Any],
    *,
    at: datetime,
) -> int:
    if call.is_demo or firm.is_demo:
        return 0
    name = f"collaboration.call_{words}"
    told = {"title": in_each_language(lambda: call.title), "firm": firm.name, **values}
    news = News(name, page, told)
    mail = Mail(_MAIL, "collaboration.call", _facts(call, name, told))
    return tell_firm(firm, news, mail, key=f"{name}:{key}:{at.isoformat()}", at=at)


def _facts(call: Call, words: str, values: Mapping[str, Any]) -> Callable[[str], Mapping[str, str]]:
    def facts(_language: str) -> Mapping[str, str]:
        sentences = said(words, values)
        link = f"{settings.PUBLIC_ADDRESS}{reverse(_PUBLIC, args=[call.code])}"
        return {"subject": sentences.title, "body": sentences.body, "link": link}

    return facts
