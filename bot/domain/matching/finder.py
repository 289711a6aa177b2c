"""The finder itself: words in, decision out. Each step is a module of this package."""

from collections.abc import Iterable
from typing import Self

from bot.domain.matching.aliases import Alias
from bot.domain.matching.completing import complete
from bot.domain.matching.context import look_around
from bot.domain.matching.deciding import decide
from bot.domain.matching.finding import Finding, Routing
from bot.domain.matching.glued import unglue
from bot.domain.matching.lexicon import build_lexicon
from bot.domain.matching.spotting import MOST_NAMES, Spot, spot_names
from bot.domain.matching.typos import spot_misspelled
from bot.domain.places import Gazetteer, Unit
from bot.domain.text.folding import split_words

_LONGEST_TEXT = 8192


class Finder:
    """Finds the unit a text is about; immutable, and safe to share."""

    def __init__(self, places: Gazetteer, aliases: Iterable[Alias] = (), *, ordinary: Iterable[str] = ()) -> None:
        """Index the names of a gazetteer, aliases, and which of the names are also plain words."""
        self._places = places
        self._aliases = tuple(aliases)
        self._ordinary = tuple(ordinary)
        self._lexicon = build_lexicon(places, self._aliases, self._ordinary)

    def find(self, text: str) -> Finding:
        """Say which unit a text is about, or between which to ask, or that it is elsewhere or unknown."""
        words = split_words(text[:_LONGEST_TEXT])
        if not words.keys:
            return Finding(Routing.UNKNOWN, why="no words")
        apart, glued = unglue(words, self._lexicon)
        spots = spot_names(apart, self._lexicon, glued=glued)
        if any(spot.is_doubtful for spot in spots):
            spots = spot_names(words, self._lexicon)  # a name grew together from halves of words: a typo, nothing glued
        else:
            words = apart
        if len(spots) == MOST_NAMES:
            words = words.up_to(spots[-1].end)
        spots = _apart([*spot_misspelled(words, spots, self._lexicon), *spots])
        return decide(look_around(words, spots), self._places)

    def complete(self, letters: str, *, limit: int = 8) -> tuple[Unit, ...]:
        """List the units whose name, or a former name, starts with the letters; today's names first."""
        return complete(letters, self._places, limit=limit)

    def with_aliases(self, more: Iterable[Alias]) -> Self:
        """Give a finder that knows more aliases; this one stays as it is."""
        return type(self)(self._places, (*self._aliases, *more), ordinary=self._ordinary)


def _apart(spots: Iterable[Spot]) -> list[Spot]:
    """Order spots by where they stand, and drop those that overlap an earlier one of the list."""
    taken: set[int] = set()
    kept: list[Spot] = []
    for spot in spots:
        span = range(spot.start, spot.end)
        if taken.isdisjoint(span):
            kept.append(spot)
            taken.update(span)
    return sorted(kept, key=lambda spot: spot.start)
