"""The books in dictionaries: what the use cases' own tests run on. The contract suite keeps them like the real ones."""
