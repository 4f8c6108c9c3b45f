"""The words of all rooms stand in one table for each language."""

from django.utils.translation import ngettext, override, trans_real


def test_all_rooms_share_one_table_of_indonesian_words() -> None:
    words = vars(trans_real.translation("id"))["_catalog"]
    assert len(vars(words)["_catalogs"]) == 1


def test_words_are_counted_as_the_language_counts() -> None:
    counted = {}
    for language in ("id", "en"):
        with override(language):
            counted[language] = [
                ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
                for days in (1, 2)
            ]
    assert counted == {
        "id": ["1 hari lagi", "2 hari lagi"],
        "en": ["1 day left", "2 days left"],
    }
