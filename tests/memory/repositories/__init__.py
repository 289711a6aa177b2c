"""One file an aggregate, named as in `bot.ports` and `storage`."""
