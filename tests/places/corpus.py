"""Reads the hand-written texts: what is right for each, and whether asking is good enough."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.domain.matching import Finding, Routing
from bot.domain.places import UnitCode

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text with the units that are right for it."""

    text: str
    right: frozenset[UnitCode]
    must: Routing | None
    """ROUTE or ASK where only that is right."""

    def is_met_by(self, finding: Finding) -> bool:
        """Say whether the finder's answer is right."""
        codes = [each.code for each in finding.candidates]
        match finding.decision, self.must:
            case Routing.ROUTE, Routing.ROUTE | None:
                return codes[0] in self.right
            case Routing.ASK, Routing.ASK:
                return self.right <= set(codes)
            case Routing.ASK, None:
                return not self.right.isdisjoint(codes)
            case _:
                return False

    def is_wronged_by(self, finding: Finding) -> bool:
        """Say whether the text was routed to a unit that is not right."""
        return finding.decision is Routing.ROUTE and finding.candidates[0].code not in self.right


def sentences() -> Iterator[Sentence]:
    """Give the texts that have a place."""
    for line in _lines("sentences.txt"):
        head, _, text = line.partition(" | ")
        must = {"=": Routing.ROUTE, "?": Routing.ASK}.get(head[0])
        yield Sentence(text, frozenset(UnitCode(code) for code in head.lstrip("=? ").split()), must)


def nowhere() -> Iterator[str]:
    """Give the texts from which nobody may be routed."""
    return _lines("nowhere.txt")


def _lines(name: str) -> Iterator[str]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("#"))
