"""Who may do what with qualifications, programmes, cohorts and sessions."""
