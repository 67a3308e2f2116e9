"""The outcome space of a cast: what could be agreed, by whom, and what stands in the way (rule 12).

NumPy is allowed here and nowhere else in the rules. Nothing here takes part in a game: it is for tuning scenarios, for
the facilitator and for the debrief.
"""
