"""Every word a person reads, from the Fluent files in `bot/locales`: a language, a key and values give a text.

A key that is missing is a bug, and a test finds it before a person does.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Self

from fluent.runtime import FluentBundle, FluentResource

from bot.domain.conversation import Language

Values = str | int

_MARK = re.compile("\ue000([a-z_]{1,60}+)\ue001")


class MissingTextError(KeyError):
    """No text has this key, or a value it needs was not given."""


class Texts:
    """The texts of all languages."""

    def __init__(self, bundles: Mapping[Language, FluentBundle]) -> None:
        self._bundles = bundles
        self._marked = lru_cache(maxsize=1024)(self._format)

    @classmethod
    def load(cls) -> Self:
        """Read the shipped files."""
        bundles = {}
        for language in Language:
            bundle = FluentBundle([language.value], use_isolating=False)
            folder = files("bot.locales") / language.value
            for path in sorted(folder.iterdir(), key=lambda each: each.name):
                if path.name.endswith(".ftl"):
                    bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
            bundles[language] = bundle
        return cls(bundles)

    def text(self, language: Language, key: str, **values: Values) -> str:
        """Give a text with its values put in. Raises MissingTextError.

        Fluent formats each text once, with marks where values go: it refuses values of over 1,000 characters, and what
        people wrote must not stay in a cache.
        """
        text = self._marked(language, key, tuple(values))
        return _MARK.sub(lambda mark: str(values[mark[1]]), text) if values else text

    def _format(self, language: Language, key: str, names: tuple[str, ...]) -> str:
        bundle = self._bundles[language]
        try:
            pattern = bundle.get_message(key).value
        except LookupError:
            pattern = None
        if pattern is None:
            raise MissingTextError(f"{language}: {key}")
        text, errors = bundle.format_pattern(pattern, {name: f"\ue000{name}\ue001" for name in names})
        if errors:
            raise MissingTextError(f"{language}: {key}: {errors[0]!r}")
        return str(text)

    def keys(self, language: Language) -> frozenset[str]:
        """Name every key of a language."""
        return frozenset(self._bundles[language]._messages)  # noqa: SLF001 - the library has no public list
