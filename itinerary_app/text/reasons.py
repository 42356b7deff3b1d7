"""Why a stop is in a plan, as its card says it.

Plans are kept with their reasons in English, as they were made; here each is said in
the language of whoever reads it.
"""

from __future__ import annotations

import re

from itinerary_app.language import N_, _
from itinerary_app.model import Stop
from itinerary_app.text.words import listed

PLAIN = (
    N_("Must-see"),
    N_("On your list"),
    N_("Good with children"),
    N_("Free"),
    N_("Well known"),
    N_("On the way"),
    N_("Fits the day"),
)
OF_LISTS = {
    "Serves": N_("Serves %(what)s"),
    "Matches": N_("Matches %(what)s"),
}
NEAR = "Near "
_BETWEEN = re.compile(", | and ")


def reason(stop: Stop) -> str:
    """The reason of the stop; one of a form that is not known stays as it is kept."""
    kept = stop.reason
    if kept in PLAIN:
        return _(kept)
    if kept.startswith(NEAR):
        return _("Near %(place)s", place=kept.removeprefix(NEAR))
    word, _space, rest = kept.partition(" ")
    if word in OF_LISTS:
        items = _BETWEEN.split(rest)
        return _(OF_LISTS[word], what=listed(_(item) for item in items))
    return kept
