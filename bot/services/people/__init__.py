"""How people of the force come and go."""
