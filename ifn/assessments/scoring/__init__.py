"""From answers to levels, and from levels to needs. Pure.

The level of a dimension is the weighted mean of its scored questions that apply and are answered:
``sum(weight * score) / sum(weight)``, between 0 and 4, two places. What does not apply by its
condition counts nowhere; what is unanswered lowers the answered share and not the level. The need
of a dimension is ``(4 - level) / 4`` times its share in the weight of all scored dimensions.
"""

from ifn.assessments.scoring.levels import Level, applies, levels, need, total_need

__all__ = ["Level", "applies", "levels", "need", "total_need"]
