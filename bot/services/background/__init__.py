"""What the program does by itself: at its start, by the clock, when something is too old."""
