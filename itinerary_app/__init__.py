"""itinerary_app: a traveller plans a trip by chatting and keeps a day-by-day plan.

The heart is a swappable session storage (storage/); conversation.py composes it with
an assistant, which understands, and a planner, which plans. app.py wires all of it.
"""
