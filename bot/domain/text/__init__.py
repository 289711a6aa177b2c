"""People's words: cleaned at the door, folded for comparing, and read for kinds and danger."""
