"""The quarter across all nouns: opening, handing in, reviewing, publishing."""
