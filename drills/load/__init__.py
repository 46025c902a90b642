"""Many people at once: whether each is answered in time, and what happens when more come than can be answered."""
