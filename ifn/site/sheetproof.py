"""What a profile can prove: topics that the network verified, and certificates that it states."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString

from ifn.directory.profile import CertificateFact
from ifn.directory.verified import WORDS, Verified, expired, office_name, valid
from ifn.directory.wording import topic_name
from ifn.regions.queries import Regions
from ifn.site.sheetwords import SheetWords
from ifn.ui import fragments, icons
from ifn.ui.addresses import address_of
from ifn.vocabulary.queries import Lexicon

CHECKED, OVER = SafeString(""), SafeString(' data-state="expired"')


def verifications(
    known: Iterable[Verified],
    words: SheetWords,
    regions: Regions,
    today: date,
    *,
    sees_expired: bool,
) -> SafeString:
    """Return a mark for each topic that holds, with day, office, last day and a way to its meaning.

    What held once is shown to the profile's own people and to staff only.
    """
    known = list(known)
    meaning = address_of("site:verification")
    rows = [
        _topic(one, meaning, "shield-check", CHECKED, words.checked % _said(one, regions))
        for one in valid(known, today)
    ]
    if sees_expired:
        rows += [
            _topic(one, meaning, "clock", OVER, words.expired_on % {"date": _day(one.expires_on)})
            for one in expired(known, today)
        ]
    if not rows:
        return SafeString()
    return fragments.fill(
        "site/fragments/verifications.html",
        title=words.sections["verified"],
        rows=fragments.join(rows),
        href=meaning,
        meaning=words.what_it_means,
    )


def _said(one: Verified, regions: Regions) -> dict[str, str]:
    return {
        "date": _day(one.checked_on),
        "office": office_name(one.office, regions),
        "until": _day(one.expires_on),
    }


def _topic(one: Verified, meaning: str, icon: str, state: SafeString, detail: str) -> SafeString:
    return fragments.fill(
        "site/fragments/verification.html",
        state=state,
        icon=icons.icon(icon),
        href=f"{meaning}#{WORDS[one.topic]}",
        title=topic_name(one.topic),
        detail=detail,
    )


def certificates(
    stated: Iterable[CertificateFact], words: SheetWords, lexicon: Lexicon, today: date
) -> SafeString:
    """Return the certificates as the business states them; what has expired says so."""
    rows = []
    for fact in stated:
        word = lexicon.get("certification", fact.code)
        parts = [fact.number, fact.issuer]
        is_over = fact.expires_on is not None and fact.expires_on < today
        if fact.expires_on and is_over:
            parts.append(words.expired_on % {"date": _day(fact.expires_on)})
        elif fact.expires_on:
            until = date_format(fact.expires_on, "M Y")
            parts.append(words.valid_until % {"date": until})
        rows.append(
            {
                "state": "expired" if is_over else "stated",
                "icon": icons.icon("clock" if is_over else "file"),
                "title": word.name if word else fact.code,
                "detail": " · ".join(filter(None, parts)),
            }
        )
    if not rows:
        return SafeString()
    return fragments.fill(
        "site/fragments/certificates.html",
        rows=fragments.fill_each("site/fragments/certificate.html", rows),
        note=words.stated_note,
    )


def _day(day: date) -> str:
    return date_format(day, "j F Y")
