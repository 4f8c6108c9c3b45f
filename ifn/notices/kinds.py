"""What people are told about, and in which words: the one place where both are declared.

A room that has something new to tell adds its kind to ``KINDS`` and its sentences to ``WORDS``;
``%(name)s`` stands for a value given to ``notices.actions.tell``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from ifn.notices.models import Often


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


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one notice: what is new, more about it, and why this person is told."""

    kind: str
    title: Promise
    reason: Promise
    body: Promise | str = ""


FOLLOWING: Final = "following"
KINDS: Final[dict[str, Kind]] = {
    kind.key: kind
    for kind in (
        Kind(
            FOLLOWING,
            _("Searches you follow"),
            _("What is new in the searches you follow."),
        ),
    )
}
_BECAUSE_FOLLOWED: Final = _("You are told because you follow the search “%(name)s”.")
WORDS: Final[dict[str, Words]] = {
    "following.profiles": Words(
        FOLLOWING,
        ngettext_lazy(
            "%(count)d new profile in “%(name)s”", "%(count)d new profiles in “%(name)s”", "count"
        ),
        _BECAUSE_FOLLOWED,
    ),
    "following.opportunities": Words(
        FOLLOWING,
        ngettext_lazy(
            "%(count)d new opportunity in “%(name)s”",
            "%(count)d new opportunities in “%(name)s”",
            "count",
        ),
        _BECAUSE_FOLLOWED,
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
    title, body, reason = (part % values for part in (words.title, words.body, words.reason))
    return Said(title, body, reason)
