"""What people are told about, and in which words: the one place where both are declared.

A room that has something new to tell adds its kind to ``KINDS`` and its sentences to ``WORDS``;
``%(name)s`` stands for a value given to ``notices.actions.tell``; what is said differently in each
language is marked by ``notices.values``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from ifn.notices.collaborating import (
    CALL_WORDS,
    COLLABORATION,
    PROJECT_WORDS,
    RELEASE_WORDS,
)
from ifn.notices.models import Often
from ifn.notices.values import read
from ifn.notices.words import Words

__all__ = ["COLLABORATION", "KINDS", "WORDS", "Kind", "Said", "Words", "filled", "said"]


@dataclass(frozen=True, slots=True)
class Kind:
    """Something people switch on and off as one."""

    key: str
    name: Promise
    #: What comes, in one sentence.
    about: Promise
    #: Waiting for a digest would be too late: a message goes out at once, unless it is not wanted.
    is_urgent: bool = False

    @property
    def usual(self) -> Often:
        """Return how often messages come while a person has not said."""
        return Often.NOW if self.is_urgent else Often.WEEKLY

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return how often a person may want messages."""
        return [
            (often.value, str(often.label))
            for often in Often
            if often != Often.NOW or self.is_urgent
        ]


FOLLOWING: Final = "following"
ENQUIRIES: Final = "enquiries"
ANSWERS: Final = "answers"
OPPORTUNITIES: Final = "opportunities"
MATCHES: Final = "matches"
PROGRAMMES: Final = "programmes"
KINDS: Final[dict[str, Kind]] = {
    kind.key: kind
    for kind in (
        Kind(
            ENQUIRIES,
            _("Enquiries to you"),
            _("Who asks your business something, and how it went."),
            is_urgent=True,
        ),
        Kind(
            ANSWERS,
            _("Answers to your enquiries"),
            _("What businesses say to your enquiries, and how it went."),
            is_urgent=True,
        ),
        Kind(
            OPPORTUNITIES,
            _("Your opportunities"),
            _("What the office says of them, and when they are about to end or have ended."),
            is_urgent=True,
        ),
        Kind(
            MATCHES,
            _("Opportunities and businesses that fit you"),
            _("The best of what is new and fits your business, and why it fits."),
        ),
        Kind(
            PROGRAMMES,
            _("Mentoring programmes"),
            _("Your seat, what changes, what is overdue, and how your firm is doing."),
            is_urgent=True,
        ),
        Kind(
            COLLABORATION,
            _("Collaborations"),
            _("Who asks you to take part or to agree, and what you are to receive."),
            is_urgent=True,
        ),
        Kind(
            FOLLOWING,
            _("Searches you follow"),
            _("What is new in the searches you follow."),
        ),
    )
}
_BECAUSE_FOLLOWED: Final = _("You are told because you follow the search “%(name)s”.")
_BECAUSE_OF_FIRM: Final = _("You are told because you look after %(firm)s.")
_BECAUSE_REGISTERED: Final = _("You are told because %(firm)s registered for this mentoring.")
_BECAUSE_WROTE: Final = _("You are told because you wrote to a business through the network.")
_BECAUSE_ASKED: Final = _("You are told because you wrote to %(firm)s.")
WORDS: Final[dict[str, Words]] = {
    "following.profiles": Words(
        FOLLOWING,
        ngettext_lazy(
            "%(count)d new profile in “%(name)s”", "%(count)d new profiles in “%(name)s”", "count"
        ),
        _BECAUSE_FOLLOWED,
        adds="count",
    ),
    "following.opportunities": Words(
        FOLLOWING,
        ngettext_lazy(
            "%(count)d new opportunity in “%(name)s”",
            "%(count)d new opportunities in “%(name)s”",
            "count",
        ),
        _BECAUSE_FOLLOWED,
        adds="count",
    ),
    "following.broken": Words(
        FOLLOWING,
        _("“%(name)s” can no longer be searched as it was"),
        _BECAUSE_FOLLOWED,
        _(
            "A filter in it no longer exists, so it is paused. Open it, see whether it still finds "
            "what you want, and follow it anew."
        ),
    ),
    "enquiries.new": Words(
        ENQUIRIES,
        _("New enquiry from %(asker)s"),
        _BECAUSE_OF_FIRM,
        _("%(firm)s should answer by %(until)s. You see the sender’s contact once you accept."),
    ),
    "enquiries.withdrawn": Words(
        ENQUIRIES,
        _("%(asker)s took an enquiry back"),
        _BECAUSE_OF_FIRM,
        _("The reason: %(why)s"),
    ),
    "enquiries.question": Words(
        ENQUIRIES, _("How did it go with %(other)s?"), _BECAUSE_OF_FIRM, _("One tap is enough.")
    ),
    "enquiries.introduction": Words(
        ENQUIRIES,
        _("The office introduces %(other)s to you"),
        _BECAUSE_OF_FIRM,
        _("Its words: %(text)s"),
    ),
    "answers.accepted": Words(
        ANSWERS,
        _("%(firm)s accepted your enquiry"),
        _BECAUSE_ASKED,
        _("Its contact and the WhatsApp button are on the page of the enquiry."),
    ),
    "answers.declined": Words(
        ANSWERS,
        _("%(firm)s cannot take your enquiry"),
        _BECAUSE_ASKED,
        _("The reason: %(why)s"),
    ),
    "answers.expired": Words(
        ANSWERS,
        _("%(firm)s has not answered"),
        _BECAUSE_ASKED,
        _("The time to answer is over. Ask another business; your words are kept."),
    ),
    "answers.closed": Words(
        ANSWERS,
        _("Your enquiry to %(firm)s was closed"),
        _BECAUSE_ASKED,
        _("The reason: %(why)s"),
    ),
    "answers.question": Words(
        ANSWERS, _("How did it go with %(firm)s?"), _BECAUSE_ASKED, _("One tap is enough.")
    ),
    "answers.introduction": Words(
        ANSWERS,
        _("The office introduces %(other)s to you"),
        _BECAUSE_WROTE,
        _("Its words: %(text)s"),
    ),
    "opportunities.opened": Words(
        OPPORTUNITIES,
        _("Open now: %(title)s"),
        _BECAUSE_OF_FIRM,
        _("The office has looked at it. It stays open until %(until)s."),
    ),
    "opportunities.refused": Words(
        OPPORTUNITIES,
        _("Please change: %(title)s"),
        _BECAUSE_OF_FIRM,
        _("The office has not posted it. The reason: %(why)s"),
    ),
    "opportunities.ending": Words(
        OPPORTUNITIES,
        _("Still open? %(title)s"),
        _BECAUSE_OF_FIRM,
        _("It ends on %(until)s unless you say that it goes on."),
    ),
    "opportunities.expired": Words(
        OPPORTUNITIES,
        _("Its time is over: %(title)s"),
        _BECAUSE_OF_FIRM,
        _("It was open until %(until)s. Open it again with one tap if you still look."),
    ),
    "matches.opportunity": Words(
        MATCHES,
        _("Fits %(firm)s: %(title)s"),
        _("You are told because it is new, open, and fits %(firm)s, which you look after."),
        _("Why it fits: %(why)s."),
    ),
    "matches.firms": Words(
        MATCHES,
        ngettext_lazy(
            "%(count)d business fits “%(title)s”",
            "%(count)d businesses fit “%(title)s”",
            "count",
        ),
        _BECAUSE_OF_FIRM,
        _("Why each of them fits is on the page of the opportunity."),
    ),
    "programmes.registered": Words(
        PROGRAMMES,
        _("%(firm)s is registered: %(title)s"),
        _BECAUSE_REGISTERED,
        _("You are told when the participants are confirmed."),
    ),
    "programmes.accepted": Words(
        PROGRAMMES,
        _("%(firm)s has a seat: %(title)s"),
        _BECAUSE_REGISTERED,
        _("It takes place from %(first)s to %(last)s. See the schedule, or say that you cannot."),
    ),
    "programmes.waiting": Words(
        PROGRAMMES,
        _("%(firm)s is on the waiting list: %(title)s"),
        _BECAUSE_REGISTERED,
        _("When somebody withdraws you move up by yourself, and you are told."),
    ),
    "programmes.refused": Words(
        PROGRAMMES,
        _("%(firm)s was not accepted this time: %(title)s"),
        _BECAUSE_REGISTERED,
        _("The reason: %(why)s"),
    ),
    "programmes.withdrawn": Words(
        PROGRAMMES, _("The registration of %(firm)s was withdrawn: %(title)s"), _BECAUSE_REGISTERED
    ),
    "programmes.replaced": Words(
        PROGRAMMES,
        _("The seat of %(firm)s goes to another business: %(title)s"),
        _BECAUSE_REGISTERED,
        _("The reason: %(why)s"),
    ),
    "programmes.postponed": Words(
        PROGRAMMES, _("Postponed: %(title)s"), _BECAUSE_REGISTERED, _("The reason: %(why)s")
    ),
    "programmes.cancelled": Words(
        PROGRAMMES, _("Cancelled: %(title)s"), _BECAUSE_REGISTERED, _("The reason: %(why)s")
    ),
    "programmes.days": Words(
        PROGRAMMES,
        _("New days: %(title)s"),
        _BECAUSE_REGISTERED,
        _("It takes place from %(first)s to %(last)s."),
    ),
    "programmes.goes_on": Words(
        PROGRAMMES,
        _("It goes on: %(title)s"),
        _BECAUSE_REGISTERED,
        _("It takes place from %(first)s to %(last)s."),
    ),
    "programmes.asked": Words(
        PROGRAMMES,
        _("How is %(firm)s doing? %(title)s"),
        _BECAUSE_REGISTERED,
        _("Two minutes, or one tap if nothing has changed, until %(until)s."),
    ),
    "programmes.reminder": Words(
        PROGRAMMES,
        _("We would still like to know: how is %(firm)s doing? %(title)s"),
        _BECAUSE_REGISTERED,
        _("Two minutes, or one tap if nothing has changed, until %(until)s."),
    ),
    "programmes.overdue": Words(
        PROGRAMMES,
        ngettext_lazy(
            "%(count)d thing of your plan is overdue",
            "%(count)d things of your plan are overdue",
            "count",
        ),
        _("You are told because you take part in mentoring."),
        _("%(name)s. Say how it goes, one tap is enough."),
    ),
    **PROJECT_WORDS,
    **CALL_WORDS,
    **RELEASE_WORDS,
}
#: For a notice whose words are no longer declared.
_UNKNOWN: Final = Words("", _("Something new for you"), _("You have an account here."))


@dataclass(frozen=True, slots=True)
class Said:
    """A notice in the language in force."""

    title: str
    body: str
    reason: str


def said(words: str, values: Mapping[str, Any]) -> Said:
    """Return the sentences of a notice in the language in force; also of one declared no more."""
    try:
        return filled(WORDS[words], values)
    except KeyError:
        return filled(_UNKNOWN, {})


def filled(words: Words, values: Mapping[str, Any]) -> Said:
    """Return sentences with their values.

    Raises:
        KeyError: A value is missing.

    """
    told = read(values)
    title, body, reason = (part % told for part in (words.title, words.body, words.reason))
    return Said(title, body, reason)
