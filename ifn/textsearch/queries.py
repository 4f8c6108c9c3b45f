"""Ask a collection: search with facets and sorting, complete what is being typed, explain."""

from collections.abc import Iterable

import numpy as np
from django.db import connections
from django.db.models import Subquery
from numpy.typing import NDArray
from pyroaring import BitMap

from ifn.textsearch import ranking
from ifn.textsearch.analysis import terms_of, words_of
from ifn.textsearch.asking import (
    BY_DISTANCE,
    BY_KEY,
    LATITUDE,
    LONGITUDE,
    Band,
    Crossed,
    Explanation,
    Frequencies,
    Query,
    Result,
    Suggestions,
)
from ifn.textsearch.entries import QUALITY
from ifn.textsearch.filtering import Filters
from ifn.textsearch.live import Live
from ifn.textsearch.matching import Match, Matcher
from ifn.textsearch.models import Collection, Document
from ifn.textsearch.readers import GenerationGone, reading
from ifn.textsearch.segment import ordinals_of
from ifn.textsearch.stopwords import ALL_STOP_WORDS
from ifn.textsearch.understanding import Understood, understand
from ifn.textsearch.vocabulary import Neighbour

TRIES = 3
#: From this depth on a whole collection's order is worth keeping.
DEEP = 2000
#: More than quality spans.
SUNK_BELOW = 2.0


def search(
    collection: str,
    query: Query,
    *,
    as_of: tuple[int, int] | None = None,
    using: str = "default",
) -> Result:
    """Answer a question from what is committed now (inside a transaction: also its own writes).

    A collection that does not exist is an empty one. ``as_of`` is a state that was asked for a
    moment ago: where this process knows it still, the database is not asked for it again.

    Raises:
        GenerationGone: Compactions overtook the search again and again.

    """
    for _ in range(TRIES - 1):
        try:
            return search_once(collection, query, as_of, using)
        except GenerationGone:
            continue
    return search_once(collection, query, as_of, using)


def search_once(collection: str, query: Query, as_of: tuple[int, int] | None, using: str) -> Result:
    """Answer a question from one state of the collection."""
    with reading(collection, using, as_of) as picture:
        if picture is None:
            return Result(0, (), {group: {} for group in query.counts})
        live = picture.live
        matcher = Matcher(live)
        understood = understand(query, live, matcher)
        match = matcher.match(understood.groups, query.enough) if understood.groups else None
        found = Filters(live, query).apply(match)
        page = page_of(live, query, match, found.hits)
        return Result(
            total=len(found.hits),
            keys=tuple(live.keys[page].tolist()),
            counts=found.counts,
            corrections=understood.corrections,
            missing=missing_words(matcher, understood, page),
            ignored=understood.ignored,
            whole=whole_among(found.hits, match, understood),
            state=picture.state,
        )


def whole_among(hits: BitMap, match: Match | None, understood: Understood) -> int | None:
    """Return how many hits have every word; nothing where all have."""
    if match is None:
        return None
    whole = int(np.count_nonzero(match.matched[ordinals_of(hits)] >= len(understood.groups)))
    return whole if whole < len(hits) else None


def page_of(live: Live, query: Query, match: Match | None, hits: BitMap) -> NDArray[np.intp]:
    """Return the ordinals of the page asked for, in order."""
    sort = query.sort
    if sort is None and match is None:
        return sorted_page(live, query, hits, QUALITY, descending=True)
    if sort == BY_KEY:
        return page_by_key(live, query, hits)
    if sort is not None and sort != BY_DISTANCE:
        return sorted_page(live, query, hits, sort.number, descending=sort.descending)
    ordinals = ordinals_of(hits)
    wanted = slice(query.offset, query.offset + query.limit)
    if sort is None and match is not None:
        scores = -scores_of(live, match, ordinals, query.sunk)
        found = ordinals[ranking.first(scores, query.offset, query.limit)]
    elif query.near is None:
        found = ordinals[wanted]
    else:
        point = query.near.latitude, query.near.longitude
        found = ranking.nearest(
            ordinals, live.number(LATITUDE), live.number(LONGITUDE), point, wanted
        )
    return found.astype(np.intp)


def page_by_key(live: Live, query: Query, hits: BitMap) -> NDArray[np.intp]:
    """Return the documents with the smallest keys after the one named."""
    ordinals = ordinals_of(hits)
    keys = live.keys[ordinals]
    if query.after:
        following = np.flatnonzero(keys > query.after)
        ordinals, keys = ordinals[following], keys[following]
    wanted = query.offset + query.limit
    if wanted < len(keys):
        places = np.argpartition(keys, wanted)[:wanted]
        ordinals, keys = ordinals[places], keys[places]
    return ordinals[np.argsort(keys)][query.offset :].astype(np.intp)


def scores_of(
    live: Live, match: Match, ordinals: NDArray[np.uint32], sunk: Band | None = None
) -> NDArray[np.float32]:
    """Return the text's scores with the bonus for quality, and less for what is sunk."""
    scores = match.scores[ordinals]
    if not len(scores):
        return scores
    quality = np.nan_to_num(live.number(QUALITY)[ordinals]).astype(np.float32)
    found: NDArray[np.float32] = scores + quality * np.float32(ranking.BONUS * scores.max())
    if sunk is not None:
        below = live.band(sunk)[ordinals]
        found[below] = scores[below] * np.float32(ranking.SUNK)
    return found


def sorted_page(
    live: Live, query: Query, hits: BitMap, name: str, *, descending: bool
) -> NDArray[np.intp]:
    """Return a page sorted by a number."""
    if query.offset >= len(hits) or not query.limit:
        return np.zeros(0, dtype=np.intp)
    sunk = query.sunk if query.sort is None else None
    if query.offset + query.limit > DEEP or len(hits) > live.size // 2:
        order = (
            live.sunk_order(name, sunk, descending=descending)
            if sunk
            else live.order(name, descending=descending)
        )
        mask = np.zeros(live.size, dtype=np.bool_)
        mask[ordinals_of(hits)] = True
        return order[mask[order]][query.offset : query.offset + query.limit]
    ordinals = ordinals_of(hits)
    values = live.number(name)[ordinals]
    values = -values if descending else values
    if sunk:
        values = values + np.where(live.band(sunk)[ordinals], SUNK_BELOW, 0.0)
    places = ranking.first(values, query.offset, query.limit)
    return ordinals[places].astype(np.intp)


def missing_words(
    matcher: Matcher, understood: Understood, page: NDArray[np.intp]
) -> tuple[str, ...]:
    """Return the groups that the first document of the page does not have."""
    if not len(page):
        return ()
    return tuple(
        group.text for group in understood.groups if page[0] not in matcher.group(group)[0]
    )


def complete(
    collection: str, prefix: str, limit: int = 8, *, using: str = "default"
) -> Suggestions:
    """Suggest what a few typed letters may become; earlier words may be beginnings also."""
    words = words_of(prefix)
    if not words:
        return Suggestions((), ())
    with reading(collection, using) as picture:
        if picture is None:
            return Suggestions((), ())
        live = picture.live
        hits = live.named(words[0])
        for word in words[1:]:
            hits &= live.named(word)
        ordinals = ordinals_of(hits)
        places = ranking.first(-live.number(QUALITY)[ordinals], 0, limit)
        near = [
            near
            for near in live.completions(words[-1], 2 * limit)
            if near.word not in ALL_STOP_WORDS
        ]
        lost = _lost(live, near)
        found = [one.word for one in near if one.word not in lost]
        return Suggestions(tuple(found[:limit]), tuple(live.keys[ordinals[places]].tolist()))


def _lost(live: Live, words: Iterable[Neighbour]) -> set[str]:
    """Return those words that no document has any more.

    A word of more documents than have changed stands in one that has not: only rare words are
    looked up.
    """
    doubtful = [one.word for one in words if one.frequency <= live.gone]
    if not doubtful:
        return set()
    matcher = Matcher(live)
    matcher.fetch([term for word in doubtful for term in terms_of(word)])
    return {word for word in doubtful if not len(matcher.word(word).ordinals)}


def frequencies(collection: str, text: str, *, using: str = "default") -> Frequencies:
    """Return how common the words of a text are; may lag behind removals."""
    with reading(collection, using) as picture:
        if picture is None:
            return Frequencies(0)
        live = picture.live
        found = {word: live.frequency(word) for word in words_of(text)}
        return Frequencies(len(live.alive), found)


def crossed(
    collection: str,
    rows: str,
    columns: str,
    *,
    within: Band | None = None,
    using: str = "default",
) -> Crossed:
    """Count documents by the values of two facet groups; kept until the collection changes.

    Raises:
        GenerationGone: Compactions overtook the question again and again.

    """
    with reading(collection, using) as picture:
        if picture is None:
            return Crossed((), (), np.zeros((0, 0), dtype=np.int64))
        return picture.live.crossed(rows, columns, within)


def explain(collection: str, query: Query, key: int, *, using: str = "default") -> Explanation:
    """Say what made up the score of a document; nothing where it is no hit of the text."""
    with reading(collection, using) as picture:
        if picture is None or key not in picture.live.keys:
            return Explanation()
        live = picture.live
        place = int(np.flatnonzero(live.keys == key)[0])
        matcher = Matcher(live)
        groups = understand(query, live, matcher).groups
        match = matcher.match(groups, query.enough)
        if not match.hits[place]:
            return Explanation()
        words = {}
        for group in groups:
            ordinals, scores = matcher.group(group)
            added = scores[ordinals == place]
            if len(added):
                words[group.text] = float(added[0])
        hits = np.flatnonzero(match.hits).astype(np.uint32)
        final = scores_of(live, match, hits, query.sunk)[hits == place][0]
        return Explanation(words, float(final) - sum(words.values()))


def state(collection: str, *, using: str = "default") -> tuple[int, int] | None:
    """Return what names the state of a collection: any change, and nothing else, makes it another.

    Of use to keep what was made from a collection; nothing when there is no such collection.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT epoch, token FROM textsearch_collection WHERE name = %s", [collection]
        )
        row = cursor.fetchone()
    return (int(row[0]), int(row[1])) if row else None


def state_columns(collection: str) -> tuple[Subquery, Subquery]:
    """Return the two numbers of ``state`` as columns, for a question that asks more besides."""
    rows = Collection.objects.filter(name=collection)
    return Subquery(rows.values("epoch")[:1]), Subquery(rows.values("token")[:1])


def last_change(collection: str, *, using: str = "default") -> int:
    """Return the number of a collection's last change; 0 where there is none."""
    found = Collection.objects.using(using).filter(name=collection)
    return found.values_list("sequence", flat=True).first() or 0


def changed_since(collection: str, change: int, *, using: str = "default") -> list[int]:
    """Return the keys of documents that were put or removed after a change, by its number.

    A document that was removed and packed away since is not among them.
    """
    found = Document.objects.using(using).filter(collection__name=collection, sequence__gt=change)
    return list(found.order_by("key").values_list("key", flat=True))


def pending(collection: str, *, using: str = "default") -> int:
    """Return how many documents changed since the last compaction."""
    return (
        Document.objects.using(using)
        .filter(
            collection__name=collection,
            sequence__gt=Collection.objects.using(using)
            .filter(name=collection)
            .values("compacted_sequence"),
        )
        .count()
    )
