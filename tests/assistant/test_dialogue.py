"""Whole conversations with the rule-based assistant."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itinerary_app.assistant import open_assistant
from itinerary_app.errors import ConfigurationError
from itinerary_app.model import Category, Interest, Pace
from tests.assistant.planned import DATED
from tests.assistant.talk import ASSISTANT, Traveller

WISH = "3 days in Jaipur, we love food and culture, relaxed, moderate budget"


def test_complete_wish_is_planned_without_a_question() -> None:
    """Who tells everything is asked nothing and gets a plan."""
    traveller = Traveller(WISH)
    assert traveller.session.clarifying_questions_count == 0
    assert len(traveller.plan.days) == 3
    assert traveller.plan.city.name == "Jaipur"


@pytest.mark.parametrize(
    "texts",
    [
        ("hi", "Jaipur", "3", "food"),
        ("food please", "Jaipur", "3 days"),
        ("a trip to Jaipur", "Weekend", "Surprise me"),
        ("two weeks, cheap", "Tokyo"),
    ],
)
def test_what_is_missing_is_asked_once(texts: tuple[str, ...]) -> None:
    """Each answer brings the plan nearer; nothing told is asked for again."""
    traveller = Traveller()
    questions = [traveller.says(text).content for text in texts]
    assert len(set(questions)) == len(questions)
    assert traveller.plan.days
    assert traveller.session.clarifying_questions_count == len(texts) - 1


def test_three_questions_at_the_most() -> None:
    """After three questions nothing more is asked; the choices stay on offer."""
    traveller = Traveller("hm", "well", "er", "um", "ah")
    assert traveller.session.clarifying_questions_count == 3
    assert "Jaipur" in traveller.says("oh").quick_replies


def test_defaults_after_three_questions() -> None:
    """With the questions used up, a city alone is planned with said defaults."""
    traveller = Traveller("hm", "well", "er")
    assert "assumed 3 days" in traveller.says("Jaipur").content
    assert len(traveller.plan.days) == 3


def test_every_quick_reply_leads_on() -> None:
    """What the assistant offers it understands: each reply moves the trip on."""
    for reply in Traveller().says("hello").quick_replies:
        traveller = Traveller("hello", reply)
        assert traveller.told.city == reply
        for days in traveller.session.conversation_history[-1].quick_replies:
            told = Traveller("hello", reply, days).told
            assert told.duration_days is not None
    for love in (
        Traveller("Jaipur", "3 days").session.conversation_history[-1].quick_replies
    ):
        assert Traveller("Jaipur", "3 days", love).plan


def test_every_next_step_changes_the_plan() -> None:
    """What is offered beside a plan changes the plan."""
    for step in Traveller(WISH).session.conversation_history[-1].quick_replies:
        traveller = Traveller(WISH)
        before = traveller.plan
        traveller.says(step)
        assert traveller.plan != before, step


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("no, 4 days", "duration_days", 4),
        ("make it 2 days", "duration_days", 2),
        ("add a day", "duration_days", 4),
        ("actually Singapore", "city", "Singapore"),
        ("cheaper", "budget", "low"),
        ("busier please", "pace", Pace.MODERATE),
        ("I don't care about food", "interests", (Interest.CULTURE,)),
        ("no museums", "avoid", (Category.MUSEUM, Category.GALLERY)),
    ],
)
def test_correction(text: str, name: str, value: object) -> None:
    """Told otherwise, the assistant corrects itself and plans anew."""
    traveller = Traveller(WISH)
    before = traveller.plan
    traveller.says(text)
    assert getattr(traveller.told, name) == value
    assert traveller.plan != before


@pytest.mark.parametrize(
    ("text", "kind"), [("no museums", "museum"), ("without markets", "market")]
)
def test_avoided_kinds_are_gone(text: str, kind: str) -> None:
    """What the traveller avoids is in the plan no more."""
    plan = Traveller(WISH, text).plan
    assert all(stop.place.category != kind for stop in plan.stops)


def test_uncovered_city_is_told_honestly() -> None:
    """A city without places gets the nearest ones, no plan; the rest is kept."""
    traveller = Traveller()
    answer = traveller.says("4 days in Lima, cheap")
    assert "Lima" in answer.content
    assert "Buenos Aires" in answer.content
    assert "Buenos Aires" in answer.quick_replies
    assert traveller.session.itinerary is None
    assert traveller.told.city is None
    assert (traveller.told.duration_days, traveller.told.budget) == (4, "low")


@pytest.mark.parametrize(
    ("text", "words", "replies"),
    [
        (
            "which cities do you cover?",
            "Oceania: Sydney",
            ("Jaipur", "Paris", "New York"),
        ),
        ("which cities in Italy?", "Rome, Florence, Venice and Milan", ("Rome",)),
        ("what cities can you plan in Europe?", "Stockholm", ("Paris",)),
        ("where can I go in Iceland?", "no city in Iceland", ("Paris",)),
        ("somewhere in Europe", "Which one shall it be?", ("Paris", "Rome")),
        ("a week in Italy", "Which one shall it be?", ("Rome", "Florence")),
        ("a trip to Hungary", "Shall it be that?", ("Budapest",)),
        ("a trip to Iceland", "no city in Iceland", ("Paris",)),
        ("4 days in Xanaduville", " more.", ("Jaipur", "Sydney")),
    ],
)
def test_cities_are_told_in_short(
    text: str, words: str, replies: tuple[str, ...]
) -> None:
    """Of many cities some are named, and a few from all over can be chosen."""
    answer = Traveller().says(text)
    assert words in answer.content
    assert set(replies) <= set(answer.quick_replies)
    assert len(answer.quick_replies) <= 6
    assert len(answer.content) < 400


def test_which_springfield() -> None:
    """An ambiguous city is asked about, and the answer is understood."""
    traveller = Traveller()
    question = traveller.says("a weekend in Springfield")
    assert "Which Springfield" in question.content
    assert traveller.session.clarifying_questions_count == 1
    assert "Springfield, Illinois" in traveller.says("the one in Illinois").content


@pytest.mark.parametrize("days", ["0 days", "-2 days", "400 days", "a year", "31 days"])
def test_impossible_length_is_told(days: str) -> None:
    """A length out of bounds is told with the bounds, and the rest is kept."""
    traveller = Traveller()
    answer = traveller.says(f"{days} in Jaipur, relaxed")
    assert "1 to 30 days" in answer.content
    assert traveller.told.duration_days is None
    assert (traveller.told.city, traveller.told.pace) == ("Jaipur", "relaxed")


def test_impossible_edit_keeps_the_plan() -> None:
    """A wish that cannot be met is answered with the reason; the plan stays."""
    traveller = Traveller(WISH)
    before = traveller.plan
    answer = traveller.says("swap Amber Fort for a mosque on day 1 and day 77")
    assert traveller.plan == before
    assert answer.content


@pytest.mark.parametrize(
    "text", ["thanks!", "help", "which cities?", "hello", "3 days", "🙂", "asdf qwer"]
)
def test_small_talk_changes_nothing(text: str) -> None:
    """What wishes nothing is answered, and plan and preferences stay."""
    traveller = Traveller(WISH)
    plan, told = traveller.plan, traveller.told
    assert traveller.says(text).content
    assert (traveller.plan, traveller.told) == (plan, told)


def test_start_over() -> None:
    """Starting over forgets what was told; the plan stays until the next one."""
    traveller = Traveller(WISH, "start over")
    assert traveller.told.to_dict() == {}
    assert traveller.plan.city.name == "Jaipur"


def test_unknown_assistant_is_refused() -> None:
    """An assistant's URL of an unknown scheme is named."""
    with pytest.raises(ConfigurationError, match="'oracle'"):
        open_assistant("oracle:", cities=tuple, places=lambda _: ())


SESSIONS = [
    Traveller().session,
    Traveller("Jaipur").session,
    Traveller(WISH).session,
    DATED,
]
WORDS = st.sampled_from(
    "swap the museum for a park day 2 no not in Jaipur Paris 3 days more less add "
    "remove relaxed cheap kids instead of don't like - , . ? 999999999999 Day -1 the "
    "last first dinner Hawa Mahal with something else a from December 24 to start at "
    "10 3pm Friday vegan wheelchair lock keep must see move leave back by tickets €50 "
    "most at arrive leaving cheaper may march 31/2/2027 until weekend next".split()
)


@settings(max_examples=300, deadline=None)
@given(
    text=st.one_of(
        st.text(min_size=1, max_size=300),
        st.lists(WORDS, min_size=1, max_size=12).map(" ".join),
    ),
    session=st.sampled_from(SESSIONS),
)
def test_any_text_gets_a_proper_reply(text: str, session: object) -> None:
    """Whatever is written, the reply has words, a plan or an edit, and fits."""
    reply = ASSISTANT.reply(session, text)  # type: ignore[arg-type]
    assert reply.text or reply.plan or reply.edit
    session.preferences.merged(reply.preferences)  # type: ignore[attr-defined]
    assert 0 <= reply.questions <= 1
    assert len(reply.text) < 2_000


def test_long_text_is_read_quickly_enough_to_answer() -> None:
    """8,000 characters of any kind are answered."""
    for text in ("a" * 8_000, "in Paris " * 880, "not " * 2_000, "1" * 8_000):
        assert Traveller(text).session.message_count == 2
