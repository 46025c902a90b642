"""What the portal knows of people: of which class each field is, how long that is kept, and what is left after erasure."""
