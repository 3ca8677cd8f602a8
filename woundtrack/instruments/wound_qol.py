"""Wound-QoL: its mean score alone. Its questions are licensed and are not in this program.

Items and authors: wound-qol.com, PMC10898406 (CLINICAL §3).
"""

from woundtrack.instruments.types import Basis, Note
from woundtrack.words import N_

ITEM_COUNTS = (17, 14)
"""Of the two published questionnaires, each about the last seven days."""
HIGHEST_MEAN = 4.0
"""Means run from 0 (best)."""
NAME = "Wound-QoL"
CREDIT = N_("© Wound-QoL; its questions need a licence, so only the result is noted here.")
NOTE = Note(
    N_("That a mean runs from 0 to 4 is not confirmed in print."), "wound-qol.com", Basis.MEMORY
)
