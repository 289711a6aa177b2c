"""What can be asked of the program: one command for each thing a person can do, by who asks for it."""
