"""The real bot under torture: killed again and again amid faults of every kind, while many people use it."""
