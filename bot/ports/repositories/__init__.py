"""One repository for each aggregate, as every storage engine implements it."""
