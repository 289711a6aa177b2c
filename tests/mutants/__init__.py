"""Mutants: the code with one thing wrong on purpose, to ask whether the tests would notice."""
