"""Who may do what in partnerships, one module per aggregate."""
