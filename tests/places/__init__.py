"""Texts with places in them: hand-written, generated, and a report of how the finder does on both."""
