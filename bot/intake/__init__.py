"""The intake: updates are fetched raw, handed over one by one, and acknowledged only after the commit."""
