"""Where one sleeps, as it is said: what is no place of a city is kept in its words."""

from __future__ import annotations

import pytest

from tests.assistant.reading.said import acts, understood


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("we're staying near Termini", "near Termini"),
        ("our hotel is at the main station", "at the main station"),
        ("our hotel is Hotel Santa Chiara", "Hotel Santa Chiara"),
        ("we sleep at the Grand Hotel Minerva", "the Grand Hotel Minerva"),
        ("we're staying at Via Cavour 12", "Via Cavour 12"),
    ],
)
def test_a_bed_has_its_own_words(said: str, where: str) -> None:
    """A station, an address, a hotel of any name: the plan says what it knows of it."""
    assert acts(said) == [{"act": "set_base", "where": {"name": where}}]


@pytest.mark.parametrize(
    "said",
    [
        "3 days in Rome, churches, hotel in Trastevere",
        "3 days in Rome, hotel in Trastevere, churches",
        "3 days in Rome with churches and our hotel in Trastevere",
        "Rome for 3 days: Colosseum, pizza, churches, staying in Trastevere",
        "3 days in Rome, hotel near Trastevere, Colosseum, churches",
    ],
)
def test_a_bed_beside_a_list_is_no_sight(said: str) -> None:
    """A hotel among interests and sights is where one sleeps, and never visited."""
    found = acts(said, None)
    assert {"act": "set_base", "where": "trastevere"} in found
    assert {"act": "add", "place": {"kind": "church"}} in found
    assert {"act": "add", "place": "trastevere"} not in found


@pytest.mark.parametrize(
    "said",
    [
        "we stay in Rome and then take the train at Termini",
        "is there a hotel near the airport?",
        "dinner near the hotel on day 2",
    ],
)
def test_other_words_tell_of_no_bed(said: str) -> None:
    """A train, a question, a dinner."""
    assert not [it for it in acts(said) if it["act"] == "set_base"]


def test_what_is_not_read_is_told_as_it_was_written() -> None:
    """No word of ours stands for the traveller's."""
    read = understood("we sleep near Termini for a fortnight of Sundays")
    assert read.acts == ()
    assert read.unread == ("we sleep near Termini for a fortnight of Sundays",)


MONTI = {"act": "set_base", "where": "monti", "night": 1, "nights": 2}
THERE = {"act": "set_base", "where": {"name": "near Termini"}, "night": 3}


@pytest.mark.parametrize(
    "said",
    [
        "we sleep in Monti for two nights, then near Termini",
        "we sleep in Monti for the first two nights and then near Termini",
        "until day 3 we sleep in Monti, then near Termini",
        "we sleep in Monti from day 1 to day 3, after that near Termini",
        "our hotel is in Monti for 2 nights, then we sleep near Termini",
    ],
)
def test_beds_follow_one_another(said: str) -> None:
    """Nights are counted from the first one on."""
    assert acts(said) == [MONTI, THERE]


def test_nights_in_a_bed_set_no_length() -> None:
    """A trip that has its days told keeps them."""
    said = "5 days in Rome, we sleep in Monti for two nights, then near Termini"
    assert acts(said, None) == [
        {"act": "set_city", "city": "Rome"},
        {"act": "set_days", "days": 5},
        MONTI,
        THERE,
    ]


@pytest.mark.parametrize(
    "said", ["until day 3 we sleep in Monti", "for two nights we sleep in Monti"]
)
def test_a_bed_may_be_for_some_nights_alone(said: str) -> None:
    """What comes behind is left as it was."""
    assert acts(said) == [MONTI]
    assert not understood(said).unread


def test_the_nights_of_a_first_message_are_its_length() -> None:
    """Who tells no other length stays as long as the hotel is booked."""
    found = acts("Rome, we are staying in Monti for four nights", None)
    assert {"act": "set_days", "days": 5} in found


def test_nights_in_a_city_are_no_bed_at_its_cathedral() -> None:
    """A city's name is not taken for the part of a sight's."""
    found = acts("3 nights in Rome and 2 nights in Florence, art", None)
    assert not [it for it in found if it["act"] == "set_base"]
    assert {"act": "set_nights", "city": "Rome", "nights": 3} in found
    assert {"act": "add_city", "city": "Florence", "nights": 2} in found


def test_a_part_of_several_names_is_kept_as_it_was_said() -> None:
    """A district that we know by its sights alone is none of them."""
    found = acts("4 days in Istanbul, mosques, hotel in Sultanahmet", None)
    assert {"act": "set_base", "where": {"name": "Sultanahmet"}} in found
