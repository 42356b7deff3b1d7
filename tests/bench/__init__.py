"""`make bench`: a conversation's turn on our storages, beside limits and peers.

A turn is: load the conversation's newest 20 messages (or what the peer's API must load)
and its state, append a user message of 120 and an assistant message of 600 characters
and change one preference. All contestants take turns in small rounds of one run; what
counts is the median of the rounds' ratios, since machines are noisy.
"""
