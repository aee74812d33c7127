"""What the pages of units, groups, accounts and grants read."""
