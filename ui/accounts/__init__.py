"""Who may do what: accounts, logins, keys of programs, and who did what."""
