"""Which names elsewhere in the country can be taken for one of ours: they hold one of ours, or are one letter away."""

from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from bot.domain.text.folding import fold

_LONGEST_TYPO = 1


def look_alikes(ours: Iterable[str], theirs: Iterable[str]) -> set[str]:
    """Choose the names of theirs that a finder of ours must know, those equal to ours left out."""
    folded = {fold(name) for name in ours}
    return {name for name in theirs if (key := fold(name)) not in folded and _resembles(key, folded)}


def _resembles(key: str, ours: set[str]) -> bool:
    if any(part in ours for part in _parts(key)):
        return True
    return " " in key and any(
        abs(len(key) - len(name)) <= _LONGEST_TYPO and OSA.distance(key, name, score_cutoff=1) <= _LONGEST_TYPO
        for name in ours
    )


def _parts(key: str) -> Iterator[str]:
    """Give the runs of at least two words inside a name, the name itself left out."""
    words = key.split()
    for size in range(2, len(words)):
        yield from (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
