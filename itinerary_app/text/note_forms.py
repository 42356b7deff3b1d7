"""The forms of what is good to know about a plan, in the order in which they are tried.

They are those of planner/draft, planner/tour and planner/day/spending.py, whose words
they repeat; a form without N_ is a name alone.
"""

from __future__ import annotations

from itinerary_app.language import N_

SENTENCES = (
    N_(
        "Travel times are estimates; visit lengths are the usual ones for each kind of "
        "place."
    ),
    N_(
        "Travel times are by %(source)s; visit lengths are the usual ones for each "
        "kind of place."
    ),
    N_("Check your days: %(closings)s."),
    N_("Open in a part of the year only: %(seasons)s."),
    N_(
        "Day %(number)s is a public holiday, %(holiday)s: ask before you go to "
        "%(names)s; no trains run and hardly a bus, so rides take a taxi."
    ),
    N_(
        "Day %(number)s is a public holiday, %(holiday)s: ask before you go to "
        "%(names)s."
    ),
    N_(
        "Day %(number)s is a public holiday, %(holiday)s; no trains run and hardly a "
        "bus, so rides take a taxi."
    ),
    N_("Day %(number)s is a public holiday, %(holiday)s."),
    N_(
        "It is Ramadan %(on)s, to within a day: many places to eat open after sunset "
        "only, and sights close early."
    ),
    N_("Ask before you go to %(names)s."),
    N_(
        "Opening hours are known for %(count)s of the %(of)s places; check the others "
        "before you go."
    ),
    N_("Known to be open instead: %(instead)s."),
    N_("Book ahead: %(names)s; %(advised)s (advised)."),
    N_("Book ahead: %(advised)s (advised)."),
    N_("Book ahead: %(names)s."),
    N_("A meal is left open %(on)s."),
    N_(
        "A meal is left open %(on)s: we know no other place near that serves %(diets)s."
    ),
    N_(
        "A meal is left open %(on)s: we know no place in %(city)s that serves "
        "%(diets)s."
    ),
    N_("There is time to eat where you like %(meals)s."),
    N_("No time is left %(meals)s."),
    N_(
        "Step-free access is unknown for %(count)s of the %(of)s places; ask before "
        "you go."
    ),
    N_("Ask for the step-free way up to %(names)s."),
    N_("Known admissions come to %(sum)s of your %(limit)s for one adult."),
    N_(
        "Known admissions come to %(sum)s of your %(limit)s for one adult, at prices "
        "of %(years)s."
    ),
    N_(
        "Known admissions come to %(sum)s of your %(limit)s for one adult; %(count)s "
        "of the %(of)s visits have no known price, so it may be more."
    ),
    N_(
        "Known admissions come to %(sum)s of your %(limit)s for one adult, at prices "
        "of %(years)s; %(count)s of the %(of)s visits have no known price, so it may "
        "be more."
    ),
    N_("%(dear)s is left out for your limit."),
    N_("%(names)s are left out for your limit."),
    N_("Your limit does not count other money: that of %(names)s."),
    N_("Your days begin and end at %(beds)s."),
    N_(
        "Your days begin and end in %(base)s: tell where you sleep, and the ways count "
        "from there."
    ),
    N_("Your days begin and end at %(base)s: that is what we know of “%(words)s”."),
    N_(
        "We do not know where “%(words)s” is: %(nights)s is taken to be in %(base)s. "
        "Name a district or a sight near it."
    ),
    N_(
        "We do not know where “%(words)s” is: your days begin and end in %(base)s. "
        "Name a district or a sight near it."
    ),
    N_("No night of this plan is at “%(words)s”: there are too few in %(city)s."),
    N_(
        "Day %(number)s begins at %(place)s, at %(time)s: it takes about %(count)s "
        "minutes to get out."
    ),
    N_("Day %(number)s begins where you sleep, at %(time)s."),
    N_("%(day)s ends at %(place)s, at %(time)s, when you must be there."),
    N_("%(day)s ends at %(place)s, at %(time)s: %(count)s minutes before you leave."),
    N_("%(day)s ends where you sleep, at %(time)s."),
    N_("We do not know “%(words)s”."),
    N_("Name the airport or station, and the way from there counts."),
    N_("Name the airport or station, and the way to it counts."),
    N_("We took it as the %(gate)s: name another if it is not yours."),
    N_(
        "You named no %(gate)s: we took the one that most use. Is it yours, or "
        "%(others)s?"
    ),
    N_(
        "%(place)s is left out: %(why)s. With %(more)s and without %(less)s it would "
        "fit."
    ),
    N_("%(place)s is left out: %(why)s. With %(more)s it would fit."),
    N_("%(place)s is left out: %(why)s. Without %(less)s it would fit."),
    N_("%(place)s is left out: %(why)s."),
    N_("Nothing fits into day %(number)s: the time is too short."),
    N_("Nothing fits into days %(numbers)s: the time is too short."),
    N_("Free time: %(breaks)s."),
    N_("Out of town: %(outings)s."),
    N_(
        "Our list for %(city)s fills about %(paced)s, so some go out of town: "
        "%(fewer)s would do."
    ),
    N_(
        "Our list for %(city)s fills about %(paced)s, so these %(count)s are lighter: "
        "%(fewer)s would do."
    ),
    N_("Nothing in our list for %(city)s matches %(interests)s."),
    N_("Ways between cities are usual ones: look up the times before you book."),
    N_(
        "Ways between cities are estimated by the distance: look up the times before "
        "you book."
    ),
    N_(
        "Ways between cities are usual ones or, where the plan says so, estimated by "
        "the distance: look up the times before you book."
    ),
    N_(
        "Stations and airports are those that most use, and may not be those of your "
        "ticket."
    ),
)
PARTS = {  # by the slot that each of them may fill
    "on": (N_("on day %(number)s"), N_("on days %(numbers)s")),
    "day": (N_("The last day"), N_("Day %(number)s")),
    "nights": (
        N_("the night after day %(number)s"),
        N_("the nights after days %(numbers)s"),
    ),
    "meals": (N_("for lunch %(on)s"), N_("for dinner %(on)s")),
    "closings": (N_("%(place)s is closed on %(weekdays)s"),),
    "weekdays": (
        N_("Mondays"),
        N_("Tuesdays"),
        N_("Wednesdays"),
        N_("Thursdays"),
        N_("Fridays"),
        N_("Saturdays"),
        N_("Sundays"),
    ),
    "seasons": (N_("%(place)s, %(season)s"),),
    "instead": (N_("%(place)s for %(doubtful)s"),),
    "breaks": (
        N_("day %(number)s, %(since)s to %(until)s (near: %(names)s)"),
        N_("day %(number)s, %(since)s to %(until)s"),
    ),
    "outings": (
        N_(
            "%(place)s %(on)s (about %(length)s %(mode)s each way besides that in "
            "town, estimated)"
        ),
    ),
    "beds": (N_("%(base)s (%(nights)s)"),),
    "holiday": (N_("%(name)s (estimated)"), "%(name)s"),
    "years": (N_("%(first)s to %(last)s"), "%(first)s"),
    "names": (
        N_("%(count)s more"),
        N_("%(place)s (%(price)s)"),
        N_("%(place)s (unknown)"),
        "%(place)s",
    ),
    "dear": (N_("%(place)s (%(price)s)"), "%(place)s"),
    "why": (
        N_("it is known to have no step-free access"),
        N_("the climb of %(length)s has no step-free way that is known"),
        N_("the climb of %(length)s, %(words)s has no step-free way that is known"),
        N_("it is not known to serve your diet"),
        N_("it is not open at the time, or for as long, as you asked for"),
        N_("it is open in %(season)s only; tell me your dates"),
        N_("it is closed"),
        N_("it is closed on your dates"),
        N_("you would be there in the dark"),
        N_("it costs %(sum)s, and your limit leaves %(limit)s"),
        N_("the days are full of what else you asked for"),
        N_("day %(number)s is full"),
        N_("it needs %(length)s, and day %(number)s begins at %(time)s"),
        N_("it needs %(length)s, and day %(number)s ends at %(time)s"),
        N_(
            "beside what else you asked for, none of your days has the time for it, "
            "not with up to %(count)s days more"
        ),
        N_(
            "beside what else you asked for, none of your days has the time for it, "
            "not with longer hours, without a meal or two places, or with up to "
            "%(count)s days more"
        ),
        N_(
            "it is about %(length)s away, and even from %(time)s to midnight no day "
            "has the time for the way there, the visit and the way back while it is "
            "open"
        ),
    ),
    "more": (
        N_("a day more"),
        N_("%(count)s days more"),
        N_("that day until %(time)s"),
        N_("that day from %(time)s on"),
    ),
    "less": (N_("lunch that day"), N_("dinner that day"), "%(place)s"),
}
