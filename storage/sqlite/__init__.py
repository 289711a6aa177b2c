"""The SQLite engine: connection, groups of use cases in one transaction, and the schema."""
