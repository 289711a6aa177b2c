"""What is shown about the people of the force: invitations, requests to join, lists."""

from typing import assert_never

from bot.chat.buttons import ChatButton, InviteButton, JoinButton, PersonButton, Sure
from bot.chat.views.rendered import TEXT_LIMIT, NameUnknownError, Rendered, Speaker, escape, fit, rows
from bot.domain.campaign.periods import CITY_ZONE
from bot.domain.roles import Role
from bot.domain.screens.people import ConfirmRevoke, InviteChoice, InviteLink, JoinRequest, People, PeopleScreen

_MOST_BUTTONS = 30


def render(say: Speaker, screen: PeopleScreen) -> Rendered:
    """Give the words and buttons of a screen."""
    match screen:
        case InviteLink():
            return _invite_link(say, screen)
        case JoinRequest():
            return _join_request(say, screen)
        case People():
            return _people(say, screen)
        case ConfirmRevoke():
            return _confirm_revoke(say, screen)
        case InviteChoice():
            return _invite_choice(say, screen)
        case _:
            assert_never(screen)


def _invite_link(say: Speaker, screen: InviteLink) -> Rendered:
    """A one-time invitation to pass on. Raises NameUnknownError."""
    if not say.username:
        raise NameUnknownError
    return Rendered(
        say(
            "invite-link-inspector" if screen.role is Role.INSPECTOR else "invite-link",
            role=say(f"role-{screen.role}"),
            unit=escape(screen.unit),
            url=f"https://t.me/{say.username}?start={screen.payload}",
            expires=f"{screen.expires.astimezone(CITY_ZONE):%H:%M %d/%m/%Y}",
        )
    )


def _join_request(say: Speaker, screen: JoinRequest) -> Rendered:
    """Someone opened an invitation."""
    key = "join-request-inspector" if screen.role is Role.INSPECTOR else "join-request-instead"
    text = say(
        "join-request" if screen.by_reader else key,
        person=escape(screen.person),
        number=screen.officer,
        role=say(f"role-{screen.role}"),
        unit=escape(screen.unit),
    )
    yes, no = JoinButton(screen.officer, "y"), JoinButton(screen.officer, "n")
    return Rendered(text, rows((say.button("join-yes", yes), say.button("join-no", no))))


def _people(say: Speaker, screen: People) -> Rendered:
    """The people one looks after."""
    if not screen.people:
        return Rendered(say("people-empty"))
    lines = [
        say(
            "people-line",
            number=each.officer,
            person=escape(each.person),
            role=say(f"role-{each.role}"),
            unit=escape(each.unit),
            enrolment=say("enrolment-waiting" if each.is_waiting else "enrolment-active"),
        )
        for each in screen.people
    ]
    buttons = (
        (say.button("people-revoke", PersonButton(each.officer), number=each.officer),)
        for each in screen.people[:_MOST_BUTTONS]
    )
    return Rendered(fit([say("people-title"), *lines], TEXT_LIMIT, cut="…"), rows(*buttons))


def _confirm_revoke(say: Speaker, screen: ConfirmRevoke) -> Rendered:
    """Asks before a role ends."""
    text = say(
        "confirm-revoke",
        number=screen.officer,
        person=escape(screen.person),
        role=say(f"role-{screen.role}"),
        unit=escape(screen.unit),
    )
    sure = say.button("confirm-sure", PersonButton(screen.officer, Sure.SURE))
    return Rendered(text, rows((sure, say.button("button-cancel", ChatButton("cancel")))))


def _invite_choice(say: Speaker, screen: InviteChoice) -> Rendered:
    """Which role to invite."""
    buttons = ((say.button(f"role-{role}", InviteButton(role, screen.unit_code)),) for role in screen.roles)
    return Rendered(say("invite-choose", unit=escape(screen.unit)), rows(*buttons))
