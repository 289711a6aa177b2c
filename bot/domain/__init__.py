"""The rules of the campaign, pure: no clock, no chance, no input or output."""
