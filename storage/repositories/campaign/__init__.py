"""What the campaign counts and reports."""
