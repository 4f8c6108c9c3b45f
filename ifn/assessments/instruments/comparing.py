"""Which dimensions of a new version still measure what those of the version before did."""

from collections.abc import Mapping

from ifn.assessments.instruments.document import Document


def changed(before: Document, after: Document) -> frozenset[str]:
    """Return the codes of dimensions in both of which anything that is scored differs."""
    return frozenset(
        one.code
        for one in after.scored_dimensions
        if one.code in {old.code for old in before.scored_dimensions}
        and _measured(before, one.code) != _measured(after, one.code)
    )


def unsaid(before: Document, after: Document, said: Mapping[str, bool]) -> list[str]:
    """Return the changed dimensions of which nobody said whether they can be compared."""
    differs = changed(before, after)
    return [one.code for one in after.dimensions if one.code in differs and one.code not in said]


def lines(
    number: int,
    after: Document,
    said: Mapping[str, bool],
    *,
    before: Document | None = None,
    earlier: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """Return for each scored dimension the first version its levels may be compared with."""
    known = earlier or {}
    made = {}
    for one in after.scored_dimensions:
        same = before is not None and one.code in known
        if same and before is not None:
            same = said.get(one.code, one.code not in changed(before, after))
        made[one.code] = known[one.code] if same else number
    return made


def _measured(document: Document, dimension: str) -> object:
    questions = [one for one in document.questions_of(dimension) if one.is_scored]
    return [
        (one.code, one.kind, one.text, one.weight, one.condition, one.choices, anchors)
        for one in questions
        for anchors in [one.anchors or document.levels]
    ]
