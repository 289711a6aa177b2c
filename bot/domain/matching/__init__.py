"""The ward finder: from a neighbour's words to the unit whose queue should get them."""

from bot.domain.matching.finder import Finder
from bot.domain.matching.finding import Candidate, Decision, Finding

__all__ = ["Candidate", "Decision", "Finder", "Finding"]
