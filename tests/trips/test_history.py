"""Undo, redo and restore: versions are walked along, and none is lost."""

from __future__ import annotations

from datetime import date

from itinerary_app.acts import acts as do
from itinerary_app.assistant.reader import Understanding
from itinerary_app.model import Diet, Interest, Mobility, Pace
from itinerary_app.text.words import lasting
from tests.trips.scripted import ALICE, Traveller, day_of, visits

BEGIN = (
    do.SetCity(city="Rome"),
    do.SetDays(days=2),
    do.SetInterests(more=(Interest.HISTORY,)),
)


def test_undo_brings_back_exactly_what_was() -> None:
    """Preferences and plan are those before the last change."""
    ann = Traveller(*BEGIN)
    before = ann.state
    ann.wants(do.SetDiet(add=(Diet.VEGETARIAN,)))
    assert ann.state != before
    ann.wants(do.Undo())
    assert ann.state == before


def test_redo_does_it_again() -> None:
    """What was undone last comes back whole; a second redo has nothing to do."""
    ann = Traveller(*BEGIN)
    ann.wants(do.SetDiet(add=(Diet.VEGETARIAN,)))
    after = ann.state
    ann.wants(do.Undo())
    ann.wants(do.Redo())
    assert ann.state == after
    assert "nothing to redo" in ann.wants(do.Redo()).content
    assert ann.state == after


def test_undo_walks_further_back_each_time() -> None:
    """Three undos are three steps, and redo walks forward along the same line."""
    ann = Traveller(*BEGIN)
    states = [ann.state]
    for way in Mobility:
        ann.wants(do.SetMobility(add=(way,)))
        states.append(ann.state)
    ann.wants(do.SetPace(pace=Pace.RELAXED))
    for state in reversed(states):
        ann.wants(do.Undo())
        assert ann.state == state
    for state in states[1:]:
        ann.wants(do.Redo())
        assert ann.state == state


def test_several_steps_at_once() -> None:
    """“Undo the last two” is one change, which can be redone."""
    ann = Traveller(*BEGIN)
    before = ann.state
    ann.wants(do.SetDiet(add=(Diet.VEGETARIAN,)))
    ann.wants(do.SetParty(adults=2))
    ann.wants(do.Undo(count=2))
    assert ann.state == before


def test_talk_is_no_step() -> None:
    """Questions and thanks change nothing, so undo passes over them."""
    ann = Traveller(*BEGIN)
    before = ann.state
    ann.wants(do.SetDiet(add=(Diet.VEGETARIAN,)))
    ann.wants(do.Thank())
    ann.wants(do.Ask(topic=do.Topic.WALKING))
    ann.wants(do.Undo())
    assert ann.state == before


def test_the_first_plan_can_be_undone() -> None:
    """Before it there was none; nothing is left to undo then."""
    ann = Traveller(*BEGIN)
    ann.wants(do.Undo())
    ann.wants(do.Confirm())
    assert ann.trip.itinerary is None
    assert "nothing to undo" in ann.wants(do.Undo()).content
    ann.wants(do.Redo())
    assert ann.plan.city.name == "Rome"


def test_back_to_the_plan_with_a_place() -> None:
    """The newest plan that had it comes again, as a version of its own."""
    ann = Traveller(*BEGIN)
    gone = visits(ann.plan, 1)[0]
    before = ann.state
    ann.wants(do.Remove(stop=gone))
    ann.wants(do.SetDiet(add=(Diet.VEGETARIAN,)))
    vegan = ann.state
    ann.wants(do.Restore(place=gone))
    assert ann.state == before
    assert day_of(ann.plan, gone) == 1
    ann.wants(do.Undo())
    assert ann.state == vegan


def test_restoring_a_version_loses_none() -> None:
    """An older version comes again, and so does every one between."""
    ann = Traveller(*BEGIN)
    states = {ann.trip.plan_version: ann.state}
    for diet in (Diet.VEGETARIAN, Diet.HALAL):
        ann.wants(do.SetDiet(add=(diet,)))
        states[ann.trip.plan_version] = ann.state
    for number, state in states.items():
        ann.wants(do.Restore(version=number))
        assert ann.state == state


def test_a_version_that_never_was_is_named() -> None:
    """“Version 40” of a trip with two changes nothing."""
    ann = Traveller(*BEGIN)
    before = ann.state
    assert "no version 40" in ann.wants(do.Restore(version=40)).content
    assert ann.state == before


def test_start_over_can_be_undone() -> None:
    """Nothing is ever lost, not even by starting from scratch."""
    ann = Traveller(*BEGIN)
    before = ann.state
    ann.wants(do.StartOver())
    assert ann.trip.itinerary is None
    assert ann.wishes.city is None
    ann.wants(do.Undo())
    assert ann.state == before


def test_undo_with_a_wish_is_one_change() -> None:
    """“Undo that and be vegetarian” does both, and is undone as one."""
    ann = Traveller(*BEGIN)
    before = ann.state
    ann.wants(do.SetDiet(add=(Diet.VEGAN,)))
    ann.wants(do.Confirm())  # some meals have no such place
    vegan = ann.state
    ann.wants(do.Undo(), do.SetDiet(add=(Diet.VEGETARIAN,)))
    assert ann.wishes.diets == (Diet.VEGETARIAN,)
    ann.wants(do.Undo())
    assert ann.state == vegan
    assert ann.state != before


def test_the_list_says_what_changed_by_day_and_stop() -> None:
    """Each version has its acts in words and what it did to which day."""
    ann = Traveller(*BEGIN)
    gone = ann.plan.days[1].stops[0].place
    ann.wants(do.Remove(stop=gone.id))
    ann.wants(do.Undo())
    listed = ann.talk.versions(ann.id, ALICE)
    assert (listed.can_undo, listed.can_redo) == (True, True)
    undone, removed, first = listed.versions
    assert undone.is_current
    assert undone.restores == first.number
    assert removed.words == f"took out {gone.name}"
    assert undone.words == f"undid: took out {gone.name}"
    assert any(
        said.startswith("Day 2:") and gone.name in said for said in removed.changed
    )
    assert first.changed[0].startswith("2 days in Rome.")


def test_the_list_says_it_where_only_times_change() -> None:
    """Dates, lengths and moved times are told as people say them."""
    ann = Traveller(*BEGIN)
    stay = ann.plan.days[1].stops[0]
    longer = stay.leave - stay.arrive + 30
    ann.wants(do.SetStay(stop=stay.place.id, minutes=longer))
    ann.wants(do.SetDates(start=date(2027, 5, 5)))
    dated, stayed, _ = ann.talk.versions(ann.id, ALICE).versions
    assert dated.words == "set the dates from Wed 5 May 2027"
    assert stayed.words.endswith(f"at {stay.place.name} to {lasting(longer)}")
    assert any(said.startswith("Day 2:") for said in stayed.changed)


def test_a_button_alone_does_not_take_the_plan_itself_away() -> None:
    """Undo and restore by a press ask first where no plan would be left."""
    ann = Traveller(do.SetCity(city="Rome"))
    ann.wants(*BEGIN)
    before = ann.state
    first = ann.talk.versions(ann.id, ALICE).versions[-1].number
    for act in (do.Undo(), do.Restore(version=first)):
        asked = ann.wants(act)
        assert "your plan would go" in asked.content
        assert asked.quick_replies == ("Do it", "Leave it")
        assert ann.state == before
    ann.wants(do.Confirm())
    assert ann.trip.itinerary is None


def test_words_alone_do_not_take_the_plan_itself_away() -> None:
    """An “undo” that was read from words asks first where no plan would be left."""
    ann = Traveller(*BEGIN)
    before = ann.state
    ann.reader.table["cancel that"] = Understanding((do.Undo(),), ("cancel that",))
    answer = ann.says("cancel that")
    assert ann.state == before
    assert answer.quick_replies == ("Do it", "Leave it")
    ann.wants(do.Confirm())
    assert ann.trip.itinerary is None
