"""Forms around practice agreements."""
