"""Who may do what with slots, matches and placements."""
