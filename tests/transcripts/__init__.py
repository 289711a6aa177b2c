"""Stories played through the whole house, from the raw update to the payload of the Bot API call, and kept as texts.

What every phone shows is compared with `golden/`. `python -m tests.transcripts --write` writes the texts anew.
"""
