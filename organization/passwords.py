"""What a password is made of: classes of characters, words nobody may use, random initial ones."""

import secrets
import string

# Without characters that are mistaken for one another when read from paper: 0 O o 1 l I.
LOWER = "abcdefghijkmnpqrstuvwxyz"
UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS = "23456789"
SIGNS = "@#%+=?"
INITIAL_LENGTH = 14
ORGANISATION_WORDS = (
    "chuzhou",
    "chanye",
    "chanyegongren",
    "gonghui",
    "zonggonghui",
    "chzgh",
    "滁州",
    "产改",
    "工会",
    "产业工人",
)


def class_count(text: str) -> int:
    """How many of the four classes occur: lower case, upper case, digits, anything else."""
    others = set(text) - set(string.ascii_letters) - set(string.digits)
    return sum(
        (
            any(char in string.ascii_lowercase for char in text),
            any(char in string.ascii_uppercase for char in text),
            any(char in string.digits for char in text),
            bool(others),
        )
    )


def organisation_word(text: str) -> str:
    """The first word of the organisation found in the text, empty when there is none."""
    folded = text.casefold()
    return next((word for word in ORGANISATION_WORDS if word in folded), "")


def random_password() -> str:
    """A random initial password that has all four classes and no organisation word."""
    classes = (LOWER, UPPER, DIGITS, SIGNS)
    while True:
        text = "".join(secrets.choice("".join(classes)) for _ in range(INITIAL_LENGTH))
        if class_count(text) == len(classes) and not organisation_word(text):
            return text
