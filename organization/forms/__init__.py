"""Forms of accounts, grants and lists: they clean input into domain values, nothing else."""
