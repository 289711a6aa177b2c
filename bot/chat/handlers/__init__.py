"""Updates into commands: one table, a few lines for each thing a person can do."""
