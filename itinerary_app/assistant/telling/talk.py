"""What is said to thanks, complaints, and changes that were only spoken of."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act, Force
from itinerary_app.assistant.reader import Scene
from itinerary_app.assistant.telling.changed import spoken
from itinerary_app.assistant.telling.step import Step
from itinerary_app.assistant.telling.versions import difference

NOTHING_OPEN = (
    "There is nothing that waits for a yes.",
    "Yes to what? Nothing is open; say what shall change.",
)
_THANKS = (
    "Enjoy your trip! If you'd like something changed, just say so.",
    "You're welcome. Say so whenever something shall change.",
)
_SORRY = (
    "I'm sorry. Say what is wrong with it: a stop, a day, the pace?",
    "Sorry to hear that. Which stop or day is it? I'll change it.",
)
_WHY_NOT = {
    Force.CONDITION: "That depends, so I changed nothing.",
    Force.REPORTED: "I only know the facts, not whether that is so; nothing changed.",
    Force.REMEMBERED: "Noted as something of the past: nothing changed.",
}


def social(act: Act, scene: Scene, last: str) -> str:
    """The words for what is no wish; not those of the last message again."""
    match act:
        case do.Thank() if scene.itinerary:
            return fresh(_THANKS, last)
        case do.Complain():
            return fresh(_SORRY, last)
        case do.Greet():
            return "Hello!"
    return ""


def supposed(
    act: do.Suppose, steps: Sequence[Step], why: str, scene: Scene, *, beside: bool
) -> str:
    """What would come of changes that were only spoken of, which were not made.

    `steps` are those of a trial, `why` the reason why it cannot be done. With `beside`
    the turn made other changes.
    """
    begin = _WHY_NOT.get(act.force, "")
    if beside:
        begin = f"Nothing was changed for “{act.about or 'the rest'}”."
    if not act.acts:
        return begin or "I changed nothing for that."
    if act.force is Force.REMEMBERED:
        return begin
    what = spoken(act.acts, scene)
    if why:
        return f"{begin} {what} would not work: {why}".strip()
    whole = Step(
        None, steps[0].told, steps[-1].wishes, steps[0].before, steps[-1].after
    )
    came = " ".join(difference(whole, scene))
    would = f"{what} would mean: {came}" if came else f"{what} would change nothing."
    return f"{begin} {would} That is not done yet; shall I do it?".strip()


def fresh(variants: Sequence[str], last: str) -> str:
    """The first of the variants that the last message did not have."""
    return next((it for it in variants if it not in last), variants[0])
