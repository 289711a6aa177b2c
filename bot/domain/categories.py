"""The kinds of matters people report, and what their words suggest: a kind, danger now, and whom to call.

The words are data, kept beside the place data; here is only how they are read: whole folded words, never parts of
words ("lua" is inside "lựa chọn"). A suggestion is only that: the person and the officer may say otherwise.
"""

from enum import StrEnum


class Category(StrEnum):
    """A kind of matter; the values are stored and never change."""

    DRUGS = "drugs"
    THEFT = "theft"
    ROBBERY = "robbery"
    GAMBLING = "gambling"
    LOAN_SHARK = "loan_shark"
    FRAUD = "fraud"
    DISORDER = "disorder"
    PROSTITUTION = "prostitution"
    SMUGGLING = "smuggling"
    WANTED = "wanted"
    FIRE = "fire"
    TRAFFIC = "traffic"
    ENVIRONMENT = "environment"
    FAMILY_VIOLENCE = "family_violence"
    CYBER = "cyber"
    OTHER = "other"


class Service(StrEnum):
    """Who comes in an emergency; the numbers themselves are configuration."""

    POLICE = "police"
    FIRE = "fire"
    AMBULANCE = "ambulance"
