"""The command line: for the operator of the server, for trying the bot, and for looking at what it thinks."""
