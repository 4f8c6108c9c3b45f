"""When participants are asked what changed, and what their answers tell. Pure but its words."""

from ifn.programmes.measuring.measures import Answers, Measure
from ifn.programmes.measuring.waves import Stage, Wave, Window, window_of

__all__ = ["Answers", "Measure", "Stage", "Wave", "Window", "window_of"]
