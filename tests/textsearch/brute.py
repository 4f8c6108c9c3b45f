"""What a search must answer, worked out the slow way from the entries themselves."""

from math import isclose, log

from ifn.textsearch.analysis import analyse_fields, terms_of, words_of
from ifn.textsearch.ranking import BONUS, K1, B
from ifn.textsearch.stopwords import ALL_STOP_WORDS


class Brute:
    """All documents in a dictionary, in the order of their first coming."""

    def __init__(self):
        self.entries = {}

    def put(self, entry):
        self.entries[entry.key] = entry

    def remove(self, key):
        self.entries.pop(key, None)

    def scores(self, text):
        """Return (score, words matched) by key."""
        analysed = {key: analyse_fields(e.fields) for key, e in self.entries.items()}
        average = sum(a.length for a in analysed.values()) / max(1, len(analysed)) / 8
        words = list(dict.fromkeys(words_of(text)))
        words = [word for word in words if word not in ALL_STOP_WORDS] or words
        found = {key: [0.0, 0] for key in analysed}
        for word in words:
            times = {
                key: tf / 8
                for key, a in analysed.items()
                if (tf := max(a.frequencies.get(term, 0) for term in terms_of(word)))
            }
            rarity = log(1 + (len(analysed) - len(times) + 0.5) / (len(times) + 0.5))
            for key, tf in times.items():
                length = analysed[key].length / 8
                found[key][0] += rarity * tf / (tf + K1 * (1 - B + B * length / average))
                found[key][1] += 1
        return len(words), found

    def expected(self, query):
        """Return {key: final score} of the hits before facets, and of those after."""
        if query.text:
            asked, found = self.scores(query.text)
            while asked > 1 and sum(n >= asked for _, n in found.values()) < query.enough:
                asked -= 1
            hits = {key: score for key, (score, n) in found.items() if n >= asked}
        else:
            hits = dict.fromkeys(self.entries, 0.0)
        return {key: score for key, score in hits.items() if self.in_ranges(key, query)}

    def in_ranges(self, key, query):
        entry = self.entries[key]
        for name, (low, high) in query.ranges.items():
            value = entry.numbers.get(name)
            if value is None or (low is not None and value < low):
                return False
            if high is not None and value > high:
                return False
        return not any(
            set(entry.facets.get(group, ())) & values for group, values in query.excluded.items()
        )

    def passes(self, key, query, but=None):
        facets = self.entries[key].facets
        return all(
            set(facets.get(group, ())) & values
            for group, values in query.facets.items()
            if values and group != but
        )

    def check(self, query, result):
        """Compare an answer with what it must be."""
        before = self.expected(query)
        hits = {key: score for key, score in before.items() if self.passes(key, query)}
        assert result.total == len(hits)
        for group in query.counts:
            counted = {}
            for key in before:
                if self.passes(key, query, but=group):
                    for value in set(self.entries[key].facets.get(group, ())):
                        counted[value] = counted.get(value, 0) + 1
            assert dict(result.counts[group]) == counted
        assert len(result.keys) == max(0, min(query.limit, len(hits) - query.offset))
        assert set(result.keys) <= set(hits)
        self.check_order(query, hits, result)

    def check_order(self, query, hits, result):
        values = self.sort_values(query, hits)
        wanted = sorted(values.values())[query.offset : query.offset + query.limit]
        found = [values[key] for key in result.keys]  # a field
        for one, other in zip(found, wanted, strict=True):
            assert one == other or isclose(one, other, rel_tol=1e-4, abs_tol=1e-5)

    def sort_values(self, query, hits):
        missing = float("inf")
        if query.sort:
            sign = -1 if query.sort.descending else 1
            return {
                key: sign * self.entries[key].numbers[query.sort.number]
                if query.sort.number in self.entries[key].numbers
                else missing
                for key in hits
            }
        if not query.text:
            return {key: -self.entries[key].quality for key in hits}
        best = max(hits.values(), default=0.0)
        return {
            key: -(score + BONUS * best * self.entries[key].quality) for key, score in hits.items()
        }
