"""A citizen's draft as data, and the pure rule how each message or tap moves it on.

Any message starts a draft. The place and the kind are read from the words; what the person chose stays chosen. A draft
can be sent as soon as its place is settled, and "I do not remember" settles it: such a tip goes to the city duty.
Every text is a part of the draft, whatever was asked before it: a place name is evidence too.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, assert_never

from pydantic import BaseModel, ConfigDict

from bot.domain.ids import Handle
from bot.domain.matching import Finding, Routing
from bot.domain.places import Gazetteer, Unit, UnitCode
from bot.domain.text.categories import Category, Service, Suggestion, Vocabulary
from bot.domain.text.folding import fold

OFFERED = 4
"""Places offered for a few letters."""
DRAFT_LIMIT = 12_000
"""Characters a draft holds; beyond it the person is asked to send what there is."""
PLACE_LENGTH = 40
"""A text no longer than this, written when a place was asked for, was meant as one unless it says something else."""


class PlaceState(StrEnum):
    """How far the place of a draft is settled."""

    ASKED = "asked"  # nothing understood yet
    UNSURE = "unsure"  # a few candidates
    READ = "read"  # one clear winner, read from the words
    CHOSEN = "chosen"  # the person said so
    FORGOTTEN = "forgotten"  # the person does not remember
    ELSEWHERE = "elsewhere"  # clearly outside the city; may still be sent to the city duty


SETTLED = frozenset({PlaceState.READ, PlaceState.CHOSEN, PlaceState.FORGOTTEN})


class Draft(BaseModel):
    """What a citizen has written and chosen so far."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    handle: Handle
    parts: tuple[str, ...] = ()
    place: PlaceState = PlaceState.ASKED
    unit: UnitCode | None = None
    """Set when the place is READ or CHOSEN, and as a hint of a poster while it is ASKED."""
    candidates: tuple[UnitCode, ...] = ()
    """Best first, when UNSURE."""
    category: Category | None = None
    urgent: bool = False
    emergency: Service | None = None
    overheard: Service | None = None
    """Whom to call for words that the draft had no room for."""
    about_police: bool = False
    expects_place: bool = False
    """The card asks for the place: the next text is read for it alone, before the words of all parts."""
    is_place_unread: bool = False
    """The last text seems to have been a place, and none was understood."""
    spot: str | None = None
    """A shared location, rounded to about 100 m; dropped with the choice of a place unless it is kept."""
    keeps_spot: bool = False

    @property
    def words(self) -> str:
        """Give the tip's words, as they will be stored; a location that is kept is one of them."""
        kept = (f"📍 {self.spot} (± 100 m)",) if self.spot and self.keeps_spot else ()
        return "\n".join((*self.parts, *kept))

    @property
    def may_be_sent(self) -> bool:
        """Say whether there are words and the place is settled."""
        return bool(self.parts) and self.place in SETTLED


@dataclass(frozen=True, slots=True)
class Wrote:
    """The person wrote a text."""

    text: str


@dataclass(frozen=True, slots=True)
class Located:
    """The person shared a location, in degrees."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class ToggledSpot:
    """The person wants the location kept, rounded, or takes that back."""


@dataclass(frozen=True, slots=True)
class ChosePlace:
    """The person chose a unit from the buttons."""

    unit: UnitCode


@dataclass(frozen=True, slots=True)
class ForgotPlace:
    """The person does not remember the place."""


@dataclass(frozen=True, slots=True)
class WantsOtherPlace:
    """The person wants to change the place."""


@dataclass(frozen=True, slots=True)
class ToggledPolice:
    """The person says that the tip is about police officers, or takes that back."""


DraftMove = Wrote | Located | ToggledSpot | ChosePlace | ForgotPlace | WantsOtherPlace | ToggledPolice


class PlaceReader(Protocol):
    """What a draft needs of the ward finder."""

    @property
    def places(self) -> Gazetteer:
        """The places of the city."""
        ...

    def find(self, text: str) -> Finding:
        """Decide which place a text is about."""
        ...

    def complete(self, letters: str, *, limit: int = 8) -> tuple[Unit, ...]:
        """List the units whose name starts with the letters."""
        ...


@dataclass(frozen=True, slots=True)
class Drafting:
    """The rule that moves a draft on, with the ward finder and the vocabulary it reads words by."""

    finder: PlaceReader
    vocabulary: Vocabulary

    def advance(self, draft: Draft, step: DraftMove) -> Draft:  # noqa: PLR0911 - one line a step
        """Give the draft after one step of the person."""
        draft = draft.model_copy(update={"is_place_unread": False})
        match step:
            case Wrote(text):
                return self._wrote(draft, text)
            case Located(lat, lon):
                return self._located(draft, lat, lon)
            case ToggledSpot():
                return draft.model_copy(update={"keeps_spot": draft.spot is not None and not draft.keeps_spot})
            case ChosePlace(unit):
                return _settled(draft, PlaceState.CHOSEN, unit)
            case ForgotPlace():
                return _settled(draft, PlaceState.FORGOTTEN, None)
            case WantsOtherPlace():
                return draft.model_copy(
                    update={"place": PlaceState.ASKED, "unit": None, "candidates": (), "expects_place": True}
                )
            case ToggledPolice():
                return draft.model_copy(update={"about_police": not draft.about_police})
            case _:
                assert_never(step)

    def overhear(self, draft: Draft, text: str) -> Draft:
        """Read a text that the draft has no room for, for danger alone: it is not kept, and the danger is."""
        overheard = self.vocabulary.suggest(text).emergency or draft.overheard
        emergency = draft.emergency or overheard
        update = {"overheard": overheard, "emergency": emergency, "urgent": emergency is not None}
        return draft.model_copy(update=update)

    def _located(self, draft: Draft, lat: float, lon: float) -> Draft:
        """Offer the nearest units; a centre is right four times of five, so nothing is routed on it alone."""
        nearby = self.finder.places.nearest(lat, lon, 3)
        if not nearby.is_inside:
            update: dict[str, object] = {"place": PlaceState.ELSEWHERE, "unit": None, "candidates": (), "spot": None}
        else:
            codes = tuple(each.unit.code for each in nearby.units)
            spot = f"{lat:.3f}, {lon:.3f}"
            update = {"place": PlaceState.UNSURE, "unit": None, "candidates": codes, "spot": spot}
        return draft.model_copy(update={**update, "keeps_spot": False, "expects_place": True})

    def _wrote(self, draft: Draft, text: str) -> Draft:
        was_asked = draft.expects_place
        draft = draft.model_copy(update={"parts": (*draft.parts, text)})
        if was_asked and _FORGOT.fullmatch(fold(text).strip(" .!").replace("’", "'")):
            draft = _settled(draft, PlaceState.FORGOTTEN, None)
        elif was_asked:
            draft = self._placed(draft, text, chosen=True)
        elif draft.place not in {PlaceState.CHOSEN, PlaceState.FORGOTTEN}:
            draft = self._placed(draft, draft.words, chosen=False)
        seen = self.vocabulary.suggest(draft.words)
        is_place_unread = (
            was_asked
            and draft.place is PlaceState.ASKED
            and len(text) <= PLACE_LENGTH
            and self.vocabulary.suggest(text) == Suggestion()
        )
        emergency = seen.emergency or draft.overheard
        return draft.model_copy(
            update={
                "category": seen.category,
                "urgent": emergency is not None,
                "emergency": emergency,
                "is_place_unread": is_place_unread,
            }
        )

    def _placed(self, draft: Draft, text: str, *, chosen: bool) -> Draft:
        finding = self.finder.find(text)
        place: PlaceState
        unit: UnitCode | None
        candidates: tuple[UnitCode, ...]
        codes = tuple(each.code for each in finding.candidates)
        match finding.decision:
            case Routing.ROUTE:
                place, unit, candidates = (PlaceState.CHOSEN if chosen else PlaceState.READ), codes[0], ()
            case Routing.ASK:
                place, unit, candidates = PlaceState.UNSURE, None, codes
            case Routing.OUTSIDE:
                place, unit, candidates = PlaceState.ELSEWHERE, None, ()
            case Routing.UNKNOWN:
                offered = tuple(each.code for each in self.finder.complete(text, limit=OFFERED)) if chosen else ()
                if not offered and draft.place in {PlaceState.READ, PlaceState.UNSURE}:
                    return draft
                place, unit = (PlaceState.UNSURE, None) if offered else (PlaceState.ASKED, draft.unit)
                candidates = offered
            case _:
                assert_never(finding.decision)
        if place in SETTLED:
            return _settled(draft, place, unit)
        return draft.model_copy(update={"place": place, "unit": unit, "candidates": candidates, "expects_place": True})


def _settled(draft: Draft, place: PlaceState, unit: UnitCode | None) -> Draft:
    """Settle the place; a shared location that is not kept goes with it."""
    return draft.model_copy(
        update={
            "place": place,
            "unit": unit,
            "candidates": (),
            "expects_place": False,
            "spot": draft.spot if draft.keeps_spot else None,
        }
    )


_TELLING = re.compile(
    r"\b0\d{9}\b|\b\+?84\d{9}\b|\b\d{12}\b|\b(ten (toi|em|minh|chau) la|(toi|em|minh|chau) ten( la)?|"
    r"(sdt|so dien thoai|so dt|zalo|facebook|fb) (cua )?(toi|em|minh|chau)|nha (toi|em|minh|chau) (so|o)|cccd|cmnd)\b"
)
_POLICE = re.compile(r"\b(cong an|canh sat|csgt|police)\b")
_FORGOT = re.compile(
    r"((toi|em|minh|con|chau) )?(khong|ko|hong|k) (nho|biet|ro)( nua| o dau)?|i (don'?t|do not) (remember|know)"
)
_MAIL = re.compile(r"\w@[a-z0-9-]{1,63}+\.[a-z]")


def mentions_police(words: str) -> bool:
    """Say whether the words name the police: perhaps they are about them, which only the writer can say."""
    return _POLICE.search(fold(words)) is not None


def gives_writer_away(words: str) -> bool:
    """Say whether the words seem to name the writer: a phone or identity number, an address for mail, "my name is"."""
    folded = fold(words)
    return _MAIL.search(folded) is not None or _TELLING.search(folded.replace(".", "")) is not None
