"""One file an aggregate: what is stored of it, and how it is found."""
