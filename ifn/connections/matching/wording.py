"""Matches in words; the only module of this package that knows a language."""

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from ifn.connections.matching.facts import Exclusion, Match, Reason, Value

#: What speaks for a firm, where it stated it.
REASONS = {
    "role": _("does this work: %(terms)s"),
    "products": _("makes or sells %(terms)s"),
    "materials": _("works with %(terms)s"),
    "constructions": _("construction %(terms)s"),
    "processes": _("does %(terms)s"),
    "machines": _("has %(terms)s"),
    "certificates": _("holds %(terms)s"),
    "minimum_order": _("minimum order %(first)s pairs, you ask %(second)s"),
    "capacity": _("can make %(first)s pairs in the time, you ask %(second)s"),
    "lead_time": _("takes %(first)s days, you have %(second)s"),
    "distance": _("%(first)s km away"),
    "job_order": _("takes job orders"),
    "exports": _("exports"),
    "languages": _("speaks %(terms)s"),
    "text": _("its own words are like yours"),
    "fresh": _("profile confirmed on %(first)s"),
    "verified": _("verified: %(terms)s"),
    "answers": _("answers %(first)s%% of enquiries, usually within %(second)s"),
    "complete": _("profile %(first)s%% complete"),
}
#: What a firm that fits did not state, or what it has none of what is asked.
NOT_STATED = {
    "role": _("role in the chain not stated"),
    "products": _("products not stated"),
    "materials": _("materials not stated"),
    "constructions": _("constructions not stated"),
    "processes": _("processes not stated"),
    "machines": _("machines not stated"),
    "certificates": _("certificates not stated"),
    "minimum_order": _("minimum order not stated"),
    "capacity": _("capacity not stated"),
    "lead_time": _("lead time not stated"),
    "distance": _("place not stated"),
    "job_order": _("not stated whether it takes job orders"),
    "exports": _("not stated whether it exports"),
    "languages": _("languages not stated"),
    "fresh": _("not confirmed yet"),
    "answers": _("too few enquiries to know how it answers"),
    "complete": _("completeness not known"),
}
#: A part that is asked for, stated, and not met.
UNMET = {
    "materials": _("none of the materials you ask for"),
    "lead_time": _("takes %(first)s days, you have only %(second)s"),
    "languages": _("none of the languages you ask for"),
    "exports": _("does not export"),
    "text": _("its own words are about something else"),
    "fresh": _("last confirmed long ago, on %(first)s"),
    "verified": _("nothing verified yet"),
    "answers": _("has not answered enquiries lately"),
}
EXCLUSIONS = {
    "dormant": _("not confirmed since %(first)s"),
    "role": _("does other work than you ask for (%(terms)s)"),
    "job_order": _("takes no job orders"),
    "minimum_order": _("minimum order %(first)s pairs, you ask %(second)s"),
    "capacity": _("can make %(first)s pairs in the time, you ask %(second)s"),
    "certificate": _("certificate missing: %(terms)s"),
    "certificate_ended": _("certificate has ended: %(terms)s"),
    "outside_region": _("outside the region you ask for"),
    "outside_km": _("%(first)s km away, you ask within %(second)s km"),
    "products": _("does not make %(terms)s"),
    "materials": _("does not have %(terms)s"),
    "constructions": _("does not make this construction: %(terms)s"),
    "processes": _("does not do %(terms)s"),
    "machines": _("does not have %(terms)s"),
}
TOPICS = {
    "legality": _("legality"),
    "capability": _("capability"),
    "place": _("place"),
    "order": _("an order confirmed by a buyer"),
}
LANGUAGES = {
    "id": _("Indonesian"),
    "en": _("English"),
    "zh": _("Chinese"),
    "ja": _("Japanese"),
    "ko": _("Korean"),
    "ar": _("Arabic"),
}
#: Below this a part is told as not met.
UNMET_BELOW = 0.05


class Names(dict[str, str]):
    """The names of terms in the reader's language; a code without a name stays itself."""

    def __missing__(self, code: str) -> str:
        return code


def said(reason: Reason, names: Names) -> str:
    """Return one reason in the language of the reader, or nothing where there is none to give."""
    told, unmet, not_stated = _spoken(get_language())
    if reason.share is None:
        return not_stated.get(reason.code, "")
    is_unmet = reason.share < UNMET_BELOW and reason.code in unmet
    text = (unmet if is_unmet else told)[reason.code]
    return _filled(text, reason.code, reason.values, names)


@lru_cache(maxsize=4)
def _spoken(_language: str | None) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Return the texts of reasons in the language in force: a page speaks of a hundred."""
    told, unmet, not_stated = (
        {code: str(text) for code, text in texts.items()} for texts in (REASONS, UNMET, NOT_STATED)
    )
    return told, unmet, not_stated


def excluded(exclusion: Exclusion, names: Names) -> str:
    """Return why a firm cannot answer, in the language of the reader."""
    return _filled(str(EXCLUSIONS[exclusion.code]), exclusion.code, exclusion.values, names)


def reasons(match: Match, names: Names) -> list[str]:
    """Return every reason of a match in words with its points, the heaviest first."""
    told = ((said(reason, names), reason.weight) for reason in match.reasons)
    return [f"{text} ({weight:+.0f})" for text, weight in told if text]


def _filled(text: str, code: str, values: tuple[Value, ...], names: Names) -> str:
    texts = {"verified": TOPICS, "languages": LANGUAGES}.get(code)
    if "%(terms)s" in text:
        terms = [str(texts.get(str(one), one)) if texts else names[str(one)] for one in values]
        return text % {"terms": ", ".join(terms)}
    told = [_told(value) for value in values]
    if code == "answers" and values:
        told[1] = _days(values[1])
    first, second, *_rest = (*told, "", "")
    return text % {"first": first, "second": second}


def _days(value: Value) -> str:
    days = max(int(float(str(value))), 1)
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def _told(value: Value) -> str:
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, str) else number_format(value, force_grouping=True)
