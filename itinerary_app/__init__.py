"""itinerary_app: a traveller plans a trip by chatting and keeps a day-by-day plan.

The heart is a swappable session storage (storage/); trips/ composes it with an
assistant, which understands, and a planner, which plans. ARCHITECTURE.md draws it all.
"""
