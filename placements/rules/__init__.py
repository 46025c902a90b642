"""Who may do what with slots, matches, placements and agreements."""
