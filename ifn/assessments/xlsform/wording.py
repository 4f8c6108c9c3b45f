"""What is wrong in a cell of an XLSForm, in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.assessments.instruments.wording import FAULTS
from ifn.assessments.xlsform.parsing import CellFault

CELL_FAULTS: Final[dict[str, Promise]] = {
    "sheet_missing": gettext_lazy("The sheet is missing. An XLSForm has a sheet named survey."),
    "column_missing": gettext_lazy("There is no column “%(detail)s”; add it in the first row."),
    "list_unnamed": gettext_lazy("The answer belongs to no list; name it."),
    "choice_unusable": gettext_lazy(
        "“%(detail)s” cannot be the name of an answer; use letters, digits and underscores."
    ),
    "group_in_group": gettext_lazy(
        "A group begins inside another. End the one before; each group becomes a dimension."
    ),
    "group_not_begun": gettext_lazy("A group ends that did not begin; remove this row."),
    "group_not_ended": gettext_lazy("The group “%(detail)s” never ends; add end_group."),
    "type_unknown": gettext_lazy(
        "“%(detail)s” cannot be asked here. Use text, integer, decimal, select_one, image or a "
        "group."
    ),
    "list_unknown": gettext_lazy("The sheet choices has no list “%(detail)s”; add it."),
    "scale_not_five": gettext_lazy(
        "A scale needs the five answers 0, 1, 2, 3 and 4 in the list “%(detail)s”."
    ),
    "constraint_unknown": gettext_lazy(
        "“%(detail)s” is not understood. Write it as . >= 0 and . <= 100, or leave it empty."
    ),
    "relevant_unknown": gettext_lazy(
        "“%(detail)s” is not understood. Use ${name}, a sign and a value, joined by and or or."
    ),
}


def said(fault: CellFault) -> str:
    """Return where a fault is and what to do."""
    words = str((CELL_FAULTS | FAULTS)[fault.code]) % {"detail": fault.detail}
    if not fault.row:
        return _("Sheet %(sheet)s: %(words)s") % {"sheet": fault.sheet, "words": words}
    if not fault.column:
        return _("Sheet %(sheet)s, row %(row)d: %(words)s") % {
            "sheet": fault.sheet,
            "row": fault.row,
            "words": words,
        }
    return _("Sheet %(sheet)s, row %(row)d, column %(column)s: %(words)s") % {
        "sheet": fault.sheet,
        "row": fault.row,
        "column": fault.column,
        "words": words,
    }
