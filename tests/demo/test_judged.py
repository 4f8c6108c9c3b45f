from datetime import date

import pytest

from benchmarks.judged.__main__ import JUDGEMENTS, QUERIES, judgements_text, queries_text
from benchmarks.judged.queries import queries
from benchmarks.judged.spec import Judged, grade
from ifn.demo.network import network

BUSINESSES = {one.slug: one for one in network(today=date(2026, 5, 5))}


def judged(best, good="", fair=""):
    return Judged("q", "text", "id", "kind", best, good, fair)


def test_the_files_are_what_the_rules_say_on_any_day():
    assert QUERIES.read_text(encoding="utf-8") == queries_text()
    assert JUDGEMENTS.read_text(encoding="utf-8") == judgements_text()


def test_there_are_enough_queries_of_every_kind_in_both_languages():
    asked = queries()

    assert len(asked) >= 150
    assert len({one.text.lower() for one in asked}) == len(asked)
    assert sum(one.language == "en" for one in asked) >= 30
    assert len({one.kind for one in asked}) == 14


def test_every_query_has_a_best_answer():
    unanswered = [
        one.text
        for one in queries()
        if not any(grade(one, business) == 3 for business in BUSINESSES.values())
    ]

    assert unanswered == []


@pytest.mark.parametrize(
    ("rule", "slug", "meets"),
    [
        ("role:CO_LAST place:35.76", "klebut-karya", True),
        ("role:CO_LAST place:35.76", "acuan-pasundan", False),
        ("role:CO_LAST place:35 or place:32.73", "acuan-pasundan", True),
        ("role:UP_*", "samak-lawu", True),
        ("minimum<=40", "langkah-jaya", True),
        ("minimum<=39", "langkah-jaya", False),
        ("minimum<=39", "samak-lawu", False),
        ("capacity>=60000", "sol-nusantara", True),
        ("capacity>=60001", "sol-nusantara", False),
        ("says:dua_belas_perajin", "langkah-jaya", True),
        ("brand:ciremai_boots exports:Jepang", "bot-ciremai", True),
        ("kind:organisation", "langkah-jaya", False),
        ("job:yes language:en", "langkah-jaya", True),
    ],
)
def test_a_rule_says_what_it_means(rule, slug, meets):
    assert (grade(judged(rule), BUSINESSES[slug]) == 3) is meets


def test_the_highest_grade_that_fits_counts():
    query = judged("name:klebut-karya", "role:CO_LAST", "role:CO_*")

    grades = [grade(query, BUSINESSES[slug]) for slug in ("klebut-karya", "acuan-pasundan")]
    assert grades == [3, 2]
    assert grade(query, BUSINESSES["sol-nusantara"]) == 1
    assert grade(query, BUSINESSES["langkah-jaya"]) == 0


def test_an_unknown_condition_is_a_mistake_in_the_rules():
    with pytest.raises(ValueError, match="colour"):
        grade(judged("colour:red"), BUSINESSES["langkah-jaya"])
