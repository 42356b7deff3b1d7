"""What a message does besides wishing: by patterns of lower-case text."""

from __future__ import annotations

import re

START_OVER = re.compile(
    r"\b(?:start (?:over|again|afresh)|from scratch|reset|new trip|begin again)\b"
)
UNDO = re.compile(
    r"\b(?:undo|revert|restore)\b|\b(?:go |change it |put it )back\b"
    r"|\bprevious (?:plan|version)\b"
)
NO_UNDO = "I can't undo yet. Tell me what to change back."
SWITCH = re.compile(
    r"\b(?:instead|actually|rather|change|switch|make it|let'?s|plan|go(?:ing)? to"
    r"|visit|trip to|days? in|weekend in|week in|prefer|this time)\b|^no\b"
)
KEEP = re.compile(
    r"\b(?:keep|stay with|never ?mind|forget it|cancel"
    r"|leave (?:it|(?:the|my|our) plan))\b"
)
COMPLAINT = re.compile(
    r"\b(?:shit|crap|awful|terrible|horrible|stupid|bad|hate (?:it|this)"
    r"|(?:don'?t|do not) like (?:it|this|the plan|that))\b"
)
ANYTHING = re.compile(
    r"\b(?:surprise me|anything|whatever|you (?:choose|decide|pick)|no preference"
    r"|don'?t (?:mind|care|know)|dunno|no idea|up to you|not sure|everything|all of it"
    r"|just plan|plan it|go ahead|somewhere|anywhere)\b"
)
YES = re.compile(
    r"\s*(?:yes|yeah|yep|ok|okay|sure|fine|great|perfect|sounds good)\b[ ,.!]*"
    r"(?:please|do it|then|sure|let'?s do (?:it|that))?[.! ]*"
)
PROPOSAL = re.compile(
    r"How about [^?]+\?$|Shall it be that\?$|Shall I plan [^?]+ instead\?$"
)
GREETING = re.compile(r"(?:hi|hello|hey|good (?:morning|evening|day)|namaste)\b.{0,15}")
THANKS = re.compile(
    r"\b(?:thanks?|thank you|thx|great|perfect|awesome|lovely|nice|cool|ok|okay|fine)\b"
)
HELP = re.compile(r"\bhelp\b|\bwhat can you do\b|\bhow does (?:this|it) work\b")
WHICH_CITIES = re.compile(
    r"\b(?:which|what) (?:cities|places|destinations)\b"
    r"|\bwhere can (?:i|we|you) (?:go|travel|plan)\b"
)
ORDERS = re.compile(
    r"\b(?:swap|replace|change|exchange|switch|move|remove|skip|drop|instead|rather)\b"
)
_EMPTY = re.compile(
    r"\b(?:and|but|please|pls|thanks?|ok|also|so|then|the|we|i|it|is|are|on|at|in|for"
    r"|with|would|like|want|to|be|of|just|that|my|our|'d|'re|'m|'s)\b|[\W\d_]"
)


def has_words(lower: str) -> bool:
    """Whether the text has words that could be a wish of their own."""
    return bool(_EMPTY.sub("", lower))
