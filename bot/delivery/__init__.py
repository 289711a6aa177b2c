"""Messages out: taken from the outbox, sent at the pace Telegram allows, and written down."""
