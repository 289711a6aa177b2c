"""Nguồn Tin: citizens' security tips for the police of a city, without giving the citizens away."""

__version__ = "0.2.0.dev0"
