"""The ward finder: from a neighbour's words to the unit whose queue should get them."""

from bot.domain.matching.aliases import Alias, AliasError, parse_alias, parse_aliases
from bot.domain.matching.finder import Finder
from bot.domain.matching.finding import Candidate, Finding, Routing

__all__ = ["Alias", "AliasError", "Candidate", "Finder", "Finding", "Routing", "parse_alias", "parse_aliases"]
