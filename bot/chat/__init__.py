"""Telegram as people meet it: updates become commands, screens become messages. The words are in `bot/locales`."""
