"""What pages about accounts and own data show."""
