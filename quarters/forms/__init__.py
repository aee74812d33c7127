"""Forms of the quarter: what a unit fills in, what the office decides."""
