"""The drill of proposals, placements and agreements."""
