"""The English words that bear an act or a value out; patterns over plain lower case."""

from __future__ import annotations

import re

NUMBERS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
}
NUMBERS |= {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
NUMBERS |= {"no": 0, "none": 0, "single": 1, "couple": 2, "both": 2, "twice": 2}
NUMBERS |= {"few": 3, "dozen": 12, "fortnight": 14}
NUMBERS |= {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1
    )
}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

# A length of the whole trip is said with its unit, and one day in so many words: "keep
# a day free" and "sushi one evening" are no length.
LENGTH = r"\d ?d\b|\b(?:days?|dyas?|nights?|weeks?|weekend|fortnight|months?)\b"
LENGTH += r"|\d.*(?:-|–|to|until|till|through).*\d"
ONE_DAY = (
    r"\b(?:just|only|for|in|have|got|make it|spend) (?:a|one|1)(?: single)? day\b"
    r"|\b(?:one|1|single)[- ]day (?:trip|in|visit|tour|only)\b|\bday[- ]?trip\b"
    r"|^\W*(?:a|one|1) day\W*$"
)
RELATIVE_DATE = (
    r"\b(?:next|this|coming|following|in (?:a|an|\w+) (?:days?|weeks?|months?)"
    r"|new year|christmas|xmas|easter|valentine|halloween|thanksgiving)"
)
# With the month's name these mean a day; the name alone leaves it open.
PART_OF_MONTH = r"\b(?:first|start|beginning|early|second|third|mid|middle|last|end)\b"
DAY = (
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|\b(?:today|tomorrow|tonight|last|final"
    r"|same|that|this|other|arriv\w+|leav\w+|depart\w+)\b"
)

# What has to be in an act's quote, by its tag: acts that take something away, or that
# have no value of their own by which they could be recognized.
SIGNS = {
    "set_pace": r"pace|calm|relax|slow|eas[yi]|light|quiet|gentl|laz|chill|rush|busy"
    r"|busier|pack|full|more|less|fast|tight|tir|intens|moderate|everything",
    "set_budget": r"budget|cheap|expens|money|afford|cost|luxur|splurge|fancy|low|high"
    r"|moderate|price|frugal|upscale|shoestring",
    "remove": r"\b(?:remove|drop|delete|skip|without|no|not|don't|out|cut|cancel|rid"
    r"|lose|scrap|ditch|axe|omit|exclude|instead|rather|gone|forget|off|minus)\b",
    "swap": r"swap|chang|replac|instead|switch|exchang|trade|rather|other|different"
    r"|another|better|cheaper|nicer|closer|substitut|something else",
    "move": r"mov|put|shift|\bto\b|\bon\b|later|earlier|push|bring|switch|swap|before"
    r"|after|postpone|morning|afternoon|evening",
    "unlock": r"unlock|free|loosen|unpin|releas|flexib|no longer|not",
    "lock": r"lock|keep|fix|pin|leave|touch|stay|hold|remain|must",
    "calmer": r"calm|relax|slow|less|fewer|eas[yi]|light|quiet|too|rest|breath|gentl"
    r"|shorter|laz|chill",
    "fuller": r"full|more|pack|bus[yi]|add|\bextra\b|intens|empty|little",
    "clear": r"free|clear|nothing|empty|keep|\boff\b|rest|no plan|reserv",
    "swap_days": r"swap|switch|exchang|trade|other way|flip|revers|for\b",
    "add_day": r"day|night|longer|extra|more|earlier|later",
    "remove_day": r"day|night|shorter|less|earlier|later",
    "replan": r"again|anew|redo|re-?plan|different|other|another|scratch|over|new|chang"
    r"|fresh|shuffle",
    "best_order": r"order|sort|rout|optimi|walk|zig|back and forth|efficien|short",
    "skip_meal": r"skip|\bno\b|not|n't|without|drop|remove|cancel|ourselves|leave out",
    "avoid": r"\b(?:no|not|never|don't|without|avoid|skip|hate|dislike|except|drop"
    r"|remove|already|been|boring|any|rid|exclude|enough|nothing|anything)\b",
    "allow": r"again|fine|allow|ok|okay|back|after all|changed|mind|can|love|like",
    "no_more": r"\b(?:no|not|don't|enough|more|stop|without|any|too)\b",
    "undo": r"undo|back|revert|never ?mind|cancel|before|restore|return|oops|mistake",
    "redo": r"redo|again|re-?apply|after all|back",
    "restore": r"back|restore|version|earlier|previous|return|before|old",
    "start_over": r"start|begin|over|anew|scratch|reset|forget (?:everything|all)",
    "share": r"shar|link|send|friend|show",
    "unshare": r"shar|link|privat|stop",
    "keep": r"keep|save|longer|stor|hold",
    "export": r"export|download|calendar|\bics\b|gpx|pdf|print|file|markdown|geojson"
    r"|google|apple|map|send",
    "delete": r"(?:delet|eras|wip|remov|forget|discard|throw|destroy)\w*\b.*"
    r"\b(?:trip|everything|all|conversation|chat|session|data|whole|it)\b",
    "confirm": r"\b(?:y|yes|yeah|yep|yup|sure|ok|okay|fine|do|go|ahead|please|right"
    r"|correct|agree\w*|perfect|great|good|sounds|exactly|why not|that one|works)\b",
    "deny": r"\b(?:n|no|nope|nah|not|don't|leave|never|rather|keep|cancel|stop)\b",
    "anything": r"any|surprise|up to you|whatever|decide|choose|pick|mind|prefer|care"
    r"|either|know|sure",
}

# The words for values that have names of ours; a value's own name always counts.
VALUES = {
    "food": r"food|eat|cuisine|culinar|gourmet|restaurant|dish|sushi|ramen|pizza|pasta"
    r"|tapas|wine|street food|gastronom|tast|snack|coffee|gelato",
    "culture": r"cultur|museum|tradition|music|theat|local life|jazz|anime|manga",
    "history": r"histor|ancient|ruin|medieval|heritage|castle|fort|archaeolog|roman",
    "art": r"\barts?\b|galler|paint|sculpt|\bartist",
    "architecture": r"architect|building|skyscraper|design|palace|castle",
    "religion": r"relig|church|temple|mosque|shrine|cathedral|basilica|spirit|pilgrim",
    "nature": r"natur|park|garden|outdoor|hik|walks|beach|green|wildlife|animal|lake",
    "views": r"view|panoram|skyline|sunset|photo|lookout|rooftop",
    "shopping": r"shop|market|bazaar|souk|mall|boutique|souvenir|vintage",
    "nightlife": r"night ?life|bars?\b|pubs?\b|club|party|cocktail|going out",
    "family": r"famil|kid|child|toddler|bab(?:y|ies)|teen|son\b|daughter|years? old",
    "adventure": r"adventur|thrill|sport|cycl|bik|kayak|climb|active",
    "museum": r"museum",
    "gallery": r"galler",
    "palace": r"palace|castle|palazzo|chateau",
    "fort": r"fort|castle|citadel",
    "temple": r"temple|pagoda|\bwat\b",
    "shrine": r"shrine|jinja",
    "church": r"church|cathedral|basilica|chapel|abbey|duomo|minster",
    "monument": r"monument|memorial|statue|arch\b",
    "landmark": r"landmark|famous|sight|bridge|square|tower",
    "neighbourhood": r"neighbou?rhood|quarter|district|old town|\barea\b|stroll",
    "park": r"park",
    "garden": r"garden",
    "zoo": r"\bzoo|aquarium|theme park",
    "viewpoint": r"view|lookout|rooftop|observation|panoram",
    "market": r"market|bazaar|souk",
    "activity": r"activit|workshop|tour\b|class\b",
    "show": r"show|theat|concert|opera|performance|musical",
    "restaurant": r"restaurant|dining|dine|eat|dinner|lunch|meal|trattoria|bistro",
    "cafe": r"cafe|coffee|tea ?(?:house|room)|bakery",
    "street_food": r"street[- ]?food|stall|hawker|snack",
    "bar": r"\bbars?\b|\bpubs?\b|cocktail|brewer|drink",
    "relaxed": r"relax|slow|eas[yi]|calm|leisure|laid|gentl|laz|chill|rush|peace|quiet",
    "moderate": r"moderate|medium|normal|balanced|average|middle|in between|not too",
    "packed": r"pack|busy|busier|full|everything|intens|fast|as much|cram|non-?stop",
    "low": r"cheap|low|budget|frugal|inexpens|afford|shoestring|save|tight|backpack",
    "high": r"luxur|splurge|high|fancy|upscale|expens|premium|money is no|posh",
    "vegetarian": r"vegetarian|veggie|no meat|without meat|meat[- ]free",
    "vegan": r"vegan|plant[- ]based",
    "gluten_free": r"gluten|coeliac|celiac",
    "step_free": r"step|wheel|stair|pram|stroller|buggy|accessib|crutch",
    "less_walking": r"walk|knee|hip\b|feet|foot|tired|mobil|elder|old",
}
# General words in names of places: they alone name none of them.
GENERAL = frozenset(
    "museum museums gallery palace fort castle temple shrine church cathedral "
    "basilica mosque monument park parks garden gardens zoo market bazaar house "
    "hall tower bridge square street road city town old new great grand royal "
    "national central saint restaurant cafe bar the and of de la le el del di da "
    "hotel station hill gate district quarter library opera theatre theater centre "
    "center memorial beach".split()
)

# What turns the meaning of a clause, and so must not stand outside the quotes.
TURNS = re.compile(
    r"\b(?:not|no|never|without|nor|unless|except|instead of|rather than)\b|n't\b"
    r"|\bif\b(?! (?:possible|you (?:can|could|like|want|don't mind)|that's ok))"
)
# Clauses in which nothing is asked to be done.
CONDITION = re.compile(
    r"\bif\b(?! (?:possible|you (?:can|could|like|want|don't mind)|that's ok))"
    r"|\b(?:unless|in case|provided|supposing|should it)\b"
)
REPORTED = re.compile(
    r"(?<!i )\b(?:says?|said|told|tells|heard|claims?|calls|reckons?)\b"
    r"|\b(?:recommends|recommended|apparently|supposedly|reportedly|according to)\b"
)
REMEMBERED = re.compile(
    r"\blast (?:year|spring|summer|autumn|fall|winter|time|month)\b"
    r"|\b(?:years?|months?) ago\b|\bused to\b|\bback then\b"
)
QUESTION = re.compile(
    r"\?|^\W*(?:what|which|who|why|how|is|are|was|were|does|did|should)\b"
    r"|^\W*(?:when|where) (?:is|are|do|does|did|will|can|should|would)\b"
    r"|^\W*(?:do|have|has) (?:i|we|you|they|it)\b|^\W*(?:will|would) (?!you\b)"
)
REQUEST = re.compile(
    r"\b(?:can|could|would|will|may|might|shall) (?:you|we|i)\b|\b(?:how|what) about\b"
    r"|\bwhy (?:not|don't)\b|\blet'?s\b|\bplease\b|\bpls\b|\bpossible to\b|\bchance\b"
)

# Words that need no act: what is left of a message beside its quotes is read if it has
# nothing else.
COURTESY = frozenset(
    "a about actually all alright also am an and are as at be but can could dear do "
    "else for from go going great have hello hey hi hmm i i'd i'll i'm in instead "
    "is it its just kindly let let's lets like love maybe me my need now of oh ok "
    "okay on one or our perhaps plan please pls plz possible really right see so "
    "some spend stay still sure than thank thanks that that's the then there "
    "there's they this to too trip um us visit want wanna we we'd we'll we're well "
    "what will with would yes you your".split()
)
