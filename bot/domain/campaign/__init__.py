"""What the campaign counts beside tips, and over which periods."""
