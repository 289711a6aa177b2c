"""An engine in dictionaries: what the use cases' own tests run on. The contract suite keeps it like the real ones."""
