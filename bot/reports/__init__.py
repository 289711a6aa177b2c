"""Papers and charts: drawn in worker processes, because the libraries are heavy."""
