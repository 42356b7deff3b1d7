"""Questions answered from facts: what is not known is called unknown.

`answer` takes an `Ask` whose places are ids and whose days are numbers. A yes is a
claim: claims.py has every sentence that begins with one, and the facts it needs.
"""

from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.foreign import foreign
from itinerary_app.assistant.answers.question import Given
from itinerary_app.assistant.answers.scope import out_of_scope
from itinerary_app.assistant.answers.topics import answer
from itinerary_app.assistant.answers.unread import city_meant, not_told, not_understood

__all__ = [
    "Answer",
    "Given",
    "answer",
    "city_meant",
    "foreign",
    "not_told",
    "not_understood",
    "out_of_scope",
]
