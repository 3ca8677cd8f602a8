"""What the wound bed is made of: a proposed map, its correction by hand, its fractions.

`propose` draws a `TissueMap` inside an outline with a small network (`network`), after the
light's colour was taken out (`light`); `paint` repaints it; `fractions` says how much there is
of what, and how surely; `bed` goes from the photo to that; `bwat` proposes scores from it, where
it can be stood by.
"""
