"""Turns of a conversation: what is proposed, asked, answered and said back."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act, Force, Topic
from itinerary_app.acts.codec import loads
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reader import Understanding
from itinerary_app.assistant.reading.reader import GrammarReader
from itinerary_app.errors import InvalidInput, TurnKeyReused
from itinerary_app.model import Diet, Interest, Pace
from itinerary_app.storage.memory import MemoryStorage
from tests.trips.scripted import (
    ALICE,
    CATALOGUE,
    Traveller,
    day_of,
    manager,
    visits,
)

ROME = (do.SetCity(city="Rome"), do.SetDays(days=2), do.SetPace(pace=Pace.MODERATE))
HISTORY = do.SetInterests(more=(Interest.HISTORY,))


@pytest.fixture
def ann() -> Traveller:
    """Ann has a plan for two days in Rome."""
    return Traveller(*ROME, HISTORY)


def test_a_proposal_waits_for_a_yes(ann: Traveller) -> None:
    """What would replace the plan is described, and done on “yes” alone."""
    before = ann.state
    answer = ann.wants(do.SetInterests(more=(Interest.ART,), only=True))
    assert ann.state == before
    assert answer.content.endswith("Shall I do it?")
    assert answer.quick_replies == ("Do it", "Leave it")
    ann.wants(do.Confirm())
    assert ann.wishes.interests == (Interest.ART,)


def test_a_proposal_is_left(ann: Traveller) -> None:
    """After “no” a later “yes” finds nothing to do."""
    before = ann.state
    ann.wants(do.SetCity(city="Florence"))
    ann.wants(do.Deny())
    ann.wants(do.Confirm())
    assert ann.state == before


def test_a_proposal_does_not_outlive_another_wish(ann: Traveller) -> None:
    """A “yes” is to what was proposed last, and to nothing before it."""
    ann.wants(do.SetCity(city="Florence"))
    ann.wants(do.Calmer(day=1))
    ann.wants(do.Confirm())
    assert ann.plan.city.name == "Rome"


def test_a_no_with_another_wish_does_the_wish(ann: Traveller) -> None:
    """“No thanks, but be vegetarian” drops the proposal and does the rest."""
    ann.wants(do.SetCity(city="Florence"))
    ann.wants(do.Deny(), do.SetDiet(add=(Diet.VEGETARIAN,)))
    assert ann.plan.city.name == "Rome"
    assert ann.wishes.diets == (Diet.VEGETARIAN,)


def test_what_is_half_understood_is_proposed(ann: Traveller) -> None:
    """Words that were not read and may change the rest: the rest waits for a yes."""
    before = ann.state
    text = "make day 1 calmer, but not like the pope did on day 2"
    ann.reader.table[text] = Understanding(
        acts=(do.Calmer(day=1),),
        unread=("not like the pope did on day 2",),
        unsure=True,
    )
    answer = ann.says(text)
    assert ann.state == before
    assert "not like the pope did on day 2" in answer.content
    ann.wants(do.Confirm())
    assert ann.state != before


def test_where_to_is_kept_of_a_half_understood_beginning() -> None:
    """A first message need not be said again: city and days are taken, which can lose
    nothing; the rest of it waits for a yes.
    """
    ben, text = Traveller(), "Rome, 2 days, from my uncle's friday, history"
    ben.reader.table[text] = Understanding(
        acts=(*ROME, HISTORY), unread=("from my uncle's friday",), unsure=True
    )
    ben.says(text)
    assert (ben.wishes.city, ben.wishes.duration_days) == ("Rome", 2)
    assert not ben.wishes.interests
    ben.wants(do.Confirm())
    assert ben.wishes.interests == (Interest.HISTORY,)
    assert ben.plan.city.name == "Rome"


def test_chips_carry_their_acts(ann: Traveller) -> None:
    """Each quick reply has acts beside it, in the same order, which can be sent."""
    message = ann.trip.conversation_history[-1]
    assert message.context is not None
    chips = message.context["chips"]
    assert len(chips) == len(message.quick_replies) > 0
    for acts in chips:
        assert loads(acts)


@pytest.mark.parametrize("force", list(Force))
def test_what_is_only_spoken_of_changes_nothing(ann: Traveller, force: Force) -> None:
    """A question, a rumour, a condition, a memory: the plan stays."""
    before = ann.state
    answer = ann.wants(do.Suppose(force=force, acts=(do.SetDays(days=3),)))
    assert ann.state == before
    assert answer.content


def test_what_was_asked_about_can_be_done(ann: Traveller) -> None:
    """“Would three days do?” says what it would mean, and “yes” does it."""
    ann.wants(do.Suppose(force=Force.ASKED, acts=(do.SetDays(days=3),)))
    ann.wants(do.Confirm())
    assert len(ann.plan.days) == 3


def test_a_question_beside_a_change_is_answered(ann: Traveller) -> None:
    """“Start at ten on day 1, and how far do we walk?” does both."""
    answer = ann.wants(do.SetHours(day=1, start="10:00"), do.Ask(topic=Topic.WALKING))
    assert ann.plan.days[0].stops[0].arrive >= 600
    assert "walk" in answer.content


def test_what_was_not_read_is_named(ann: Traveller) -> None:
    """The rest is done, and the words that were not read are said back."""
    ann.reader.table["mixed"] = Understanding(
        acts=(do.Calmer(day=1),), unread=("gobbledygook",)
    )
    before = ann.state
    assert "“gobbledygook”" in ann.says("mixed").content
    assert ann.state != before


def test_nothing_understood_is_never_said_twice_alike(ann: Traveller) -> None:
    """Two messages that cannot be read get two different answers."""
    assert ann.says("blah").content != ann.says("blah").content


def test_a_date_that_cannot_be_is_told_why(ann: Traveller) -> None:
    """What is past is said to be, and its words are not called unread."""
    past = ("3 May 2025", "Saturday 3 May 2025 is past.")
    ann.reader.table["go on 3 May 2025"] = Understanding(
        unread=("3 May 2025",), faults=(past,)
    )
    before = ann.state
    assert ann.says("go on 3 May 2025").content.startswith(past[1])
    assert ann.state == before


def test_another_language_changes_nothing(ann: Traveller) -> None:
    """It is answered in that language."""
    before = ann.state
    ann.reader.table["hallo"] = Understanding(unread=("hallo",), language="de")
    assert "Englisch" in ann.says("hallo").content
    assert ann.state == before


def test_an_unclear_wish_is_asked_for_once(ann: Traveller) -> None:
    """Several stops fit: nothing changes, and each is offered as a chip."""
    before = ann.state
    answer = ann.wants(do.Remove(stop=Reference(kind="culture", day=1)))
    assert ann.state == before
    assert "Which one do you mean" in answer.content
    assert answer.context is not None
    acts = loads(answer.context["chips"][0])
    ann.presses(*acts)
    [act] = acts
    assert isinstance(act, do.Remove)
    assert isinstance(act.stop, str)
    assert day_of(ann.plan, act.stop) is None


def test_the_rest_is_offered_where_one_wish_cannot_be(ann: Traveller) -> None:
    """Nothing is done by halves; a chip does all but the impossible."""
    before = ann.state
    gelato = do.Add(place=Reference(kind="no such thing"), day=1)
    answer = ann.wants(gelato, do.SetDiet(add=(Diet.VEGETARIAN,)))
    assert ann.state == before
    assert answer.quick_replies[0] == "Do the rest"
    assert answer.content.endswith("Shall I do the rest: What we eat: vegetarian?")
    ann.wants(do.Confirm())
    assert ann.wishes.diets == (Diet.VEGETARIAN,)


def test_the_reply_names_hours_and_side_effects(ann: Traveller) -> None:
    """What was pushed out or moved is said, with the hours of what was asked for."""
    other = visits(ann.plan, 2)[-1]
    answer = ann.wants(do.Move(stop=other, day=1))
    if ann.focus.proposed:
        answer = ann.wants(do.Confirm())
    stop = next(it for it in ann.plan.days[0].stops if it.place.id == other)
    assert f"{stop.arrive // 60:02d}:{stop.arrive % 60:02d}" in answer.content
    assert stop.place.name in answer.content


def test_a_plan_is_made_as_soon_as_it_can_be() -> None:
    """With a city, days and one thing more, no question comes first."""
    ben = Traveller(
        do.SetCity(city="Rome"), do.SetDays(days=2), do.Add(place="pantheon")
    )
    assert day_of(ben.plan, "pantheon")


def test_the_answer_to_our_question_is_planned_at_once() -> None:
    """“What do you love most?” under a plan: the answer needs no further yes."""
    ben = Traveller(
        do.SetCity(city="Rome"), do.SetDays(days=2), do.SetDates(start="2027-03-12")
    )
    assert ben.focus.asked == "interests"
    ben.wants(do.SetInterests(more=(Interest.ART,)))
    assert ben.wishes.interests == (Interest.ART,)
    assert ben.focus.proposed == ()


def test_surprise_me_offers_a_city() -> None:
    """Whoever leaves it to us is offered one, with a reason, and may say yes."""
    ben = Traveller(do.Anything())
    assert ben.trip.itinerary is None
    ben.wants(do.Confirm())
    assert ben.wishes.city


@pytest.mark.parametrize(
    "act", [do.Thank(), do.Greet(), do.Complain(), do.Keep(), do.Export(), do.Delete()]
)
def test_courtesy_and_things_change_nothing(ann: Traveller, act: Act) -> None:
    """They are answered, and the plan stays."""
    before = ann.state
    assert ann.wants(act).content
    assert ann.state == before


def test_a_button_is_a_turn_with_words(ann: Traveller) -> None:
    """What was pressed stands in the conversation as the traveller would say it."""
    name = ann.plan.days[0].stops[0].place
    turn = ann.presses(do.Remove(stop=name.id))
    assert turn.user.content == f"Leave out {name.name}"
    assert day_of(ann.plan, name.id) is None


def test_a_button_pressed_twice_counts_once(ann: Traveller) -> None:
    """The same key gives the first answer; for other acts it is refused."""
    act = do.Calmer(day=1)
    first = ann.talk.act(ann.id, [act], "key", owner_hash=ALICE)
    again = ann.talk.act(ann.id, [act], "key", owner_hash=ALICE)
    assert again.replayed
    assert again.assistant == first.assistant
    with pytest.raises(TurnKeyReused):
        ann.talk.act(ann.id, [do.Calmer(day=2)], "key", owner_hash=ALICE)


def test_acts_for_an_older_version_are_offered_again(ann: Traveller) -> None:
    """Two tabs: the later click is not lost and not done on a plan it never saw."""
    seen = ann.trip.version
    ann.presses(do.SetDiet(add=(Diet.VEGETARIAN,)), version=seen)
    before = ann.state
    turn = ann.presses(do.Calmer(day=1), version=seen)
    assert "changed meanwhile" in turn.assistant.content
    assert ann.state == before
    ann.wants(do.Confirm())
    assert ann.plan.days[0].pace is Pace.RELAXED


def test_strict_acts_leave_no_turn_when_refused(ann: Traveller) -> None:
    """A program gets an error instead of words, and nothing is kept."""
    count = ann.trip.message_count
    with pytest.raises(InvalidInput, match="Which day"):
        ann.talk.act(ann.id, [do.Calmer(day=9)], "key", owner_hash=ALICE, strict=True)
    assert ann.trip.message_count == count


def test_a_pressed_chip_is_said_as_it_reads(ann: Traveller) -> None:
    """The label of a suggested answer is the traveller's message."""
    offered = ann.trip.conversation_history[-1]
    assert offered.context is not None
    turn = ann.presses(*loads(offered.context["chips"][0]))
    assert turn.user.content == offered.quick_replies[0]


def test_what_was_not_planned_is_kept_out_by_name(ann: Traveller) -> None:
    """Who takes out what is not there is told what will stay out."""
    assert "ostia-antica" not in {it.place.id for it in ann.plan.stops}
    answer = ann.wants(do.Remove(stop="ostia-antica"))
    assert answer.content.startswith("Ostia Antica is not in your plan")


def test_the_famous_sights_that_would_go_are_named() -> None:
    """A proposal says which of them it would cost."""
    ben = Traveller(*ROME, HISTORY)
    famous = {it.place.name for it in ben.plan.days[1].stops if it.place.is_famous}
    before = ben.state
    answer = ben.wants(do.SetDeparture(time="09:30"))
    assert ben.state == before
    assert any(name in answer.content for name in famous)
    assert answer.content.endswith("Shall I do it?")


def test_a_wish_that_is_kept_already_is_no_riddle(ann: Traveller) -> None:
    """Who says it twice hears that it is so, not that it was not understood."""
    base = do.SetBase(where=Reference(name="Trastevere"))
    assert ann.wants(base).content.startswith("You sleep in Trastevere")
    before = ann.state
    assert ann.wants(base).content.startswith("That is so already.")
    assert ann.state == before


def test_a_first_plan_is_told_as_the_turn_left_it() -> None:
    """What the same message changed in the new plan is told as it is then, and nothing
    of how it was before, which nobody saw.
    """
    fixed = do.Add(place="colosseum", day=2, time="10:00")
    ann = Traveller()
    answer = ann.wants(*ROME, HISTORY, fixed).content
    assert day_of(ann.plan, "colosseum") == 2
    told = re.search(r"day 2 has (.*?)[,.]", answer)
    assert told
    assert "Colosseum" in told[1]
    assert "had to go" not in answer


def test_dates_move_a_famous_sight_that_they_close() -> None:
    """The Louvre is closed on Tuesdays: it goes to another day, not out of the trip."""
    art = do.SetInterests(more=(Interest.ART,))
    ann = Traveller(do.SetCity(city="Paris"), do.SetDays(days=5), art)
    day = day_of(ann.plan, "louvre-museum")
    assert day is not None
    tuesday = date(2027, 5, 11) - timedelta(days=day - 1)
    answer = ann.wants(do.SetDates(start=f"{tuesday}"))
    assert day_of(ann.plan, "louvre-museum") not in (None, day)
    assert "Louvre Museum moved to day" in answer.content


@pytest.mark.parametrize("force", list(Force))
def test_a_turn_that_changed_something_says_for_what_it_did_not(
    ann: Traveller, force: Force
) -> None:
    """Beside a change, “I changed nothing” is of the words that were passed over."""
    about = "if it rains we take a taxi"
    answer = ann.wants(
        do.SetDiet(add=(Diet.VEGETARIAN,)), do.Suppose(force=force, about=about)
    )
    assert ann.wishes.diets == (Diet.VEGETARIAN,)
    assert f"Nothing was changed for “{about}”." in answer.content
    assert "changed nothing" not in answer.content


def test_an_airport_is_told_by_its_proper_name() -> None:
    """However it was written, the reply names the one that the plan has."""
    lands = do.SetArrival(at="heathrow", time="10:00")
    art = do.SetInterests(more=(Interest.ART,))
    ann = Traveller()
    answer = ann.wants(do.SetCity(city="London"), do.SetDays(days=2), art, lands)
    assert "You come in at Heathrow Airport" in answer.content


def test_a_diet_that_would_empty_meals_is_put_to_the_traveller_first(
    ann: Traveller,
) -> None:
    """Which meals it would leave open is told, and nothing happens before a yes."""
    before = ann.state
    answer = ann.wants(do.SetDiet(add=(Diet.KOSHER,)))
    assert ann.state == before
    assert "serves kosher food for" in answer.content
    assert "dinner on day" in answer.content
    assert answer.quick_replies == ("Do it", "Leave it")
    ann.wants(do.Confirm())
    assert ann.wishes.diets == (Diet.KOSHER,)


def test_so_many_sights_a_day_are_a_rule(ann: Traveller) -> None:
    """Of all sights together a day has no more; meals do not count."""
    answer = ann.wants(do.AtMost(kind="sight", count=2))
    assert answer.content.startswith("At most a day: 2 sights.")
    assert [len(visits(ann.plan, day)) for day in (1, 2)] == [2, 2]


def test_no_to_what_nobody_asked_for_offers_to_leave_it_out(ann: Traveller) -> None:
    """Of an interest that was no wish nothing changes before a yes; then it is out."""
    before = ann.state
    ann.wants(do.SetInterests(less=(Interest.ART,)))
    assert ann.state == before
    ann.wants(do.Confirm())
    assert ann.wishes.at_most == (("art", 0),)
    assert not any(Interest.ART in it.place.interests for it in ann.plan.stops)


def test_a_first_reply_is_short_however_much_was_said() -> None:
    """The plan, what was taken in, what could not be, what was not read, one question:
    a line each.
    """
    names = ("Colosseum", "Pantheon", "Borghese Gallery", "Appian Way", "Villa d'Este")
    text = f"Rome 1 day, {', '.join(names)}, 2 adults, arrive at 9:00, zorble"
    talk = manager(MemoryStorage(), GrammarReader(CATALOGUE.places))
    trip = talk.start(ALICE).session_id
    answer = talk.send(trip, text, "one", owner_hash=ALICE).assistant.content
    lines = answer.splitlines()
    assert lines[0].startswith("Here is your plan")
    assert len(lines) <= 6
    assert answer.count("on your list") == 1
    assert answer.count("left out") >= 1
    assert lines[-1].endswith("?")


def test_kinds_that_are_kept_out_are_named_as_many(ann: Traveller) -> None:
    """ "Churches", not "church"."""
    answer = ann.wants(do.Avoid(kind="church"))
    assert "without: churches" in answer.content
    assert "Churches are fine again" in ann.wants(do.Allow(kind="church")).content


@pytest.mark.parametrize("day", [None, 1, 2])
def test_an_outing_that_has_no_room_is_offered_a_day(
    ann: Traveller, day: int | None
) -> None:
    """What would go for it is told; on a yes it is planned, and nothing before."""
    before, outing = ann.state, do.Add(place="hadrians-villa-tivoli", day=day)
    answer = ann.wants(outing)
    assert ann.state == before
    assert "would go" in answer.content
    assert answer.quick_replies == ("Do it", "Leave it")
    ann.wants(do.Confirm())
    assert day_of(ann.plan, "hadrians-villa-tivoli") in (
        (1, 2) if day is None else (day,)
    )
    assert not ann.wishes.excluded


def test_a_pace_is_for_empty_days_too() -> None:
    """A day that was cleared is calm already, and is no error."""
    ann = Traveller(*ROME, HISTORY)
    ann.wants(do.Clear(day=1))
    ann.wants(do.Confirm())
    assert not ann.plan.days[0].stops
    ann.presses(do.SetPace(pace=Pace.RELAXED))
    assert ann.plan.days[0].pace is Pace.RELAXED


def test_a_date_that_is_none_is_refused(ann: Traveller) -> None:
    """What a program sends as one is told back, not an error of ours."""
    [dates] = loads([{"act": "set_dates", "start": "2027-02-30"}])
    with pytest.raises(InvalidInput):
        ann.talk.act(ann.id, [dates], "turn-9", owner_hash=ALICE, strict=True)
