"""What a message can hold beside words: what a person is answered, and what is ignored on purpose, with the reason."""

from collections.abc import Mapping
from typing import Final

from telegram import Message

ANSWERED: Final[Mapping[str, str]] = {
    "photo": "photo",
    "live_photo": "photo",
    "video": "video",
    "video_note": "video",
    "animation": "video",  # before "document", which Telegram adds to it
    "story": "video",
    "voice": "voice",
    "audio": "voice",
    "document": "document",
    "sticker": "sticker",
    "contact": "contact",
}
"""What people send, by the text that answers it. Whatever is named nowhere is "other": it is answered too."""

_OF_GROUPS = "happens in groups and channels"
_OF_SHOPS = "the bot sells, pays and gives away nothing"
_OF_BUTTONS = "comes from a button that the bot never shows"
_BY_THE_PHONE = "the phone or Telegram says it, not the person"

IGNORED: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            *("boost_added", "channel_chat_created", "chat_owner_changed", "chat_owner_left", "delete_chat_photo"),
            *("direct_message_price_changed", "forum_topic_closed", "forum_topic_created", "forum_topic_edited"),
            *("forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden"),
            *("group_chat_created", "left_chat_member", "migrate_from_chat_id", "migrate_to_chat_id"),
            *("new_chat_members", "new_chat_photo", "new_chat_title", "supergroup_chat_created"),
            *("paid_message_price_changed", "poll_option_added", "poll_option_deleted"),
            *("suggested_post_approval_failed", "suggested_post_approved", "suggested_post_declined"),
            *("suggested_post_paid", "suggested_post_refunded"),
            *("video_chat_ended", "video_chat_participants_invited", "video_chat_scheduled", "video_chat_started"),
        ),
        _OF_GROUPS,
    ),
    **dict.fromkeys(
        ("giveaway_created", "giveaway_completed", "gift_upgrade_sent", "refunded_payment", "successful_payment"),
        _OF_SHOPS,
    ),
    **dict.fromkeys(
        ("chat_shared", "connected_website", "managed_bot_created", "users_shared", "web_app_data"),
        _OF_BUTTONS,
    ),
    **dict.fromkeys(
        (
            *("chat_background_set", "checklist_tasks_added", "checklist_tasks_done"),
            *("message_auto_delete_timer_changed", "pinned_message", "proximity_alert_triggered"),
            "write_access_allowed",
        ),
        _BY_THE_PHONE,
    ),
}
"""Messages that nobody wrote, by the reason why nobody is answered."""


def kind_of(message: Message) -> str | None:
    """Name what a message holds beside words, as the texts do; None for what is ignored on purpose."""
    for name, kind in ANSWERED.items():
        if getattr(message, name):
            return kind
    return None if any(getattr(message, name) for name in IGNORED) else "other"
