"""Who may do what with qualifications, programmes, cohorts, sessions and accreditations."""
