"""Nguồn Tin: citizens' security tips for the police of a city, without giving the citizens away."""
