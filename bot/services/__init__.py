"""The use cases: each decides with the domain and writes in one unit of work."""
