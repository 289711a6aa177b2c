"""Texts that no transcript shows, each with its reason. Whatever is not named here is seen in some story."""

from collections.abc import Mapping

_OPERATOR = "said on the command line, not in a chat"
_OTHER_LANGUAGE = "the menu of the other language: each language's commands have names of their own"

PREFIXES: Mapping[str, str] = {"health-": _OPERATOR, "operator-": _OPERATOR}

KEYS: Mapping[str, str] = {
    "menu-status": _OTHER_LANGUAGE,
    "menu-privacy": _OTHER_LANGUAGE,
    "menu-wipe": _OTHER_LANGUAGE,
    "menu-stop": _OTHER_LANGUAGE,
    "menu-language": _OTHER_LANGUAGE,
    "menu-help": _OTHER_LANGUAGE,
    "notice-merged-rest": "more tips in a minute than a story can tell; the views' own tests show it",
    "refused-inspectors-decide": _OPERATOR,
    "activity-words": "stands within the help of officers, which a story shows",
}


def is_excused(key: str) -> bool:
    """Say whether no story needs to show a text."""
    return key in KEYS or key.startswith(tuple(PREFIXES))
