"""Pages of accounts, units and the coordination group."""
