"""The picker, for whoever cannot or will not type a place: former districts, then today's units on their ground."""

import re
from dataclasses import dataclass

from bot.domain import errors
from bot.domain.ids import Handle
from bot.domain.places import District, DistrictCode, Gazetteer
from bot.domain.screens.citizen import PickChoice, PlacePicker

PICKER_PAGE = 8
"""Choices on one page: a phone shows as many at once."""

_PAGE = re.compile(r"p(\d{1,2})|d(\w{1,6}?)(?:-(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class PlacePages:
    """Pages through the places."""

    places: Gazetteer

    def page(self, handle: Handle, page: str) -> PlacePicker:
        """Give a page: "p0" and on are districts, "d916" and "d916-1" units of one. Raises ButtonStale."""
        found = _PAGE.fullmatch(page)
        if found is None:
            raise errors.ButtonStale
        if found[1] is not None:
            return self._districts(handle, int(found[1]))
        district = self.places.districts.get(DistrictCode(found[2]))
        if district is None:
            raise errors.ButtonStale
        return self._units(handle, district, int(found[3] or 0))

    def _districts(self, handle: Handle, page: int) -> PlacePicker:
        every = list(self.places.districts.values())
        choices = tuple(
            PickChoice(pick=f"d{each.code}", label=each.full_name)
            for each in every[page * PICKER_PAGE : (page + 1) * PICKER_PAGE]
        )
        if not choices:
            raise errors.ButtonStale
        return PlacePicker(
            handle=handle,
            district=None,
            choices=choices,
            back=f"p{page - 1}" if page else None,
            forward=f"p{page + 1}" if len(every) > (page + 1) * PICKER_PAGE else None,
        )

    def _units(self, handle: Handle, district: District, page: int) -> PlacePicker:
        every = self.places.units_of(district.code)
        choices = tuple(
            PickChoice(pick=unit.code, label=unit.known_as)
            for unit in every[page * PICKER_PAGE : (page + 1) * PICKER_PAGE]
        )
        if not choices:
            raise errors.ButtonStale
        at = list(self.places.districts).index(district.code) // PICKER_PAGE
        return PlacePicker(
            handle=handle,
            district=district.full_name,
            choices=choices,
            back=f"d{district.code}-{page - 1}" if page else f"p{at}",
            forward=f"d{district.code}-{page + 1}" if len(every) > (page + 1) * PICKER_PAGE else None,
        )
