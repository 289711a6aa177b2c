"""The finder itself: reads a text against the names of the gazetteer and decides."""

import re
from collections import defaultdict
from collections.abc import Iterable

from bot.domain.folding import fold
from bot.domain.matching.finding import Candidate, Decision, Finding
from bot.domain.places import Gazetteer, Unit, UnitCode

_WORDS = re.compile(r"[a-z]+|\d+")


class Finder:
    """Finds the unit a text is about; immutable, and safe to share."""

    def __init__(self, gazetteer: Gazetteer, aliases: Iterable[object] = ()) -> None:
        """Index the names of a gazetteer and the aliases."""
        self._gazetteer = gazetteer
        self._aliases = tuple(aliases)
        index: defaultdict[str, list[UnitCode]] = defaultdict(list)
        for unit in gazetteer.places:
            index[fold(unit.name)].append(unit.code)
        for each in gazetteer.former:
            key = fold(each.known_as)
            index[key].extend(code for code in each.units if code not in index[key])
        self._index = dict(index)

    def find(self, text: str) -> Finding:
        """Say which unit a text is about, or whom to ask, or that it is elsewhere or unknown."""
        words = _WORDS.findall(fold(text))
        codes: list[UnitCode] = []
        typed = False
        at = 0
        while at < len(words):
            for size in (4, 3, 2):
                found = self._index.get(" ".join(words[at : at + size]))
                if found:
                    typed = typed or (at > 0 and words[at - 1] in {"phuong", "xa", "p", "x", "f", "tran", "tt"})
                    codes += [code for code in found if code not in codes]
                    at += size - 1
                    break
            at += 1
        if not codes:
            return Finding(Decision.UNKNOWN, why="no name of a place")
        if len(codes) == 1 and not typed:
            unit = self._gazetteer.units[codes[0]]
            codes += [n.unit.code for n in self._gazetteer.nearest(unit.lat or 0, unit.lon or 0, 3).units[1:]]
        decision = Decision.ROUTE if len(codes) == 1 else Decision.ASK
        return Finding(
            decision,
            tuple(
                Candidate(code, self._gazetteer.units[code].full_name, 1.0 - at / 10, "name")
                for at, code in enumerate(codes[:4])
            ),
        )

    def complete(self, letters: str, *, limit: int = 8) -> tuple[Unit, ...]:
        """List units whose name, or a former name, starts with the letters."""
        key = fold(letters).strip()
        found = dict.fromkeys(code for name, codes in self._index.items() if name.startswith(key) for code in codes)
        return tuple(self._gazetteer.units[code] for code in list(found)[:limit])

    def with_aliases(self, more: Iterable[object]) -> "Finder":
        """Give a finder that knows more aliases."""
        return Finder(self._gazetteer, (*self._aliases, *more))
