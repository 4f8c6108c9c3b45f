"""Measure the pages of opportunities, enquiries, the office and notices; prints JSON.

The floors and the way of measuring are those of ``benchmarks.measure``.
"""

import json
import logging
import sys
from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import Final, TypeVar
from urllib.parse import quote_plus

import django

from benchmarks.asking import Form, Page, ask

T = TypeVar("T")
QUESTIONS: Final = 40


def main() -> None:
    """Ask every kind of page, floors in between, and print what it took in milliseconds."""
    django.setup()
    logging.disable(logging.CRITICAL)
    from django.conf import settings  # noqa: PLC0415  # only after set-up
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415

    from benchmarks import measure  # noqa: PLC0415

    settings.ROOT_URLCONF = "benchmarks.floors"
    app = WSGIHandler()
    kinds = {kind: several for kind, several in asked().items() if several}
    for addresses in kinds.values():  # what is kept in a process is there before it is timed
        ask(app, addresses[0])
    times = measure.run(app, kinds)
    figures = {
        "pages": {kind: measure.summary(taken) for kind, taken in times.items()},
        "queries": {kind: measure.queries(app, several) for kind, several in kinds.items()},
        "resident MB": measure.resident(),
    }
    sys.stdout.write(json.dumps(figures))


def asked() -> dict[str, Sequence[str | Form | Page]]:
    """Return the addresses of every kind of page, with whoever asks where that matters."""
    from benchmarks.saving import cookies_of  # noqa: PLC0415  # only after set-up
    from benchmarks.words import SEED, WORDS  # noqa: PLC0415
    from ifn.accounts.models import User  # noqa: PLC0415
    from ifn.connections.models import Enquiry, Match, Opportunity  # noqa: PLC0415
    from ifn.demo.people import OFFICER  # noqa: PLC0415
    from ifn.directory.models import Membership  # noqa: PLC0415
    from ifn.vocabulary.queries import lexicon  # noqa: PLC0415

    random = Random(SEED)  # noqa: S311  # repeatable, not secret

    def several(rows: Iterable[T]) -> list[T]:
        known = list(rows)
        return [random.choice(known) for _ in range(QUESTIONS)] if known else []

    open_ones = Opportunity.objects.filter(state="open", visibility__in=["everyone", "unnamed"])
    numbers = several(open_ones.order_by("pk").values_list("number", flat=True))
    # Half of those who ask look after firms that everybody asks, half are like most members.
    people = list(User.objects.filter(email__startswith="anggota").order_by("pk")[1:])
    members = [*random.sample(people[:200], QUESTIONS // 2), *random.sample(people, QUESTIONS // 2)]
    cookies = {one.pk: cookies_of(one) for one in members}
    officer = cookies_of(User.objects.get(email=OFFICER))
    own = Membership.objects.filter(person__in=members)
    firm_of = dict(own.values_list("business", "person"))
    to_them = Enquiry.objects.filter(business__in=firm_of).exclude(state="spam")
    enquiries = several(to_them.order_by("pk").values_list("code", "business"))
    fitting = Match.objects.filter(hindrance__isnull=True).values("opportunity").order_by()
    matched = several(
        Opportunity.objects.filter(business__in=firm_of, state="open", pk__in=fitting)
        .order_by("pk")
        .values_list("number", "business")
    )
    kinds = [f"jenis={one.code.lower()}" for one in lexicon().of("opportunity_type")]
    facets = ["arah=permintaan", "arah=penawaran", "provinsi=35", "provinsi=32", *kinds]

    def of_members(path: str) -> list[Page]:
        return [Page(path, cookies[one.pk]) for one in members]

    def of_officer(path: str, *, pages: Callable[[], str] = str) -> list[Page]:
        return [Page(f"{path}{pages()}", officer) for _ in range(QUESTIONS)]

    return {
        "opportunities, no words": several(("/peluang", "/en/peluang", "/peluang?urut=tenggat")),
        "opportunities, words": [f"/peluang?q={quote_plus(word)}" for word in several(WORDS)],
        "opportunities, filters": [
            f"/peluang?{one}&{two}"
            for one, two in zip(several(facets), several(facets), strict=True)
        ],
        "opportunities, deep page": [
            f"/peluang?hal={page}" for page in several((20, 50, 100, 200, 300))
        ],
        "one opportunity": [f"/peluang/{number}" for number in numbers],
        "own page": of_members("/saya"),
        "own opportunities": of_members("/saya/peluang"),
        "own opportunity with who fits": [
            Page(f"/saya/peluang/{number}", cookies[firm_of[firm]]) for number, firm in matched
        ],
        "what fits me": of_members("/saya/peluang/cocok"),
        "enquiries that came in": of_members("/saya/pertanyaan"),
        "enquiries that went out": of_members("/saya/pertanyaan?arah=keluar"),
        "one enquiry": [
            Page(f"/saya/pertanyaan/{code}", cookies[firm_of[firm]]) for code, firm in enquiries
        ],
        "notices": of_members("/pemberitahuan"),
        "work list": of_officer("/kerja"),
        "work list, deep page": of_officer(
            "/kerja", pages=lambda: f"?hal={random.choice((5, 20, 50))}"
        ),
        "broker desk": of_officer("/kerja/perantara"),
        "office's enquiries": of_officer("/kerja/pertanyaan"),
        "office's opportunities": of_officer(
            "/kerja/peluang",
            pages=lambda: f"?keadaan=terbuka&hal={random.choice((1, 10, 100))}",
        ),
        "chain builder": ["/rantai/susun"] * QUESTIONS,
    }


if __name__ == "__main__":
    main()
