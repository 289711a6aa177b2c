"""What the campaign counts and reports: records, targets, figures, digests."""
