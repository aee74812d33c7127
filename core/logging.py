"""Log lines that stay lines: text from a request can never start a second one."""

import logging


class SingleLineFormatter(logging.Formatter):
    """Writes CR, LF and other control characters of a record as escapes."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        return "".join(char if char.isprintable() or char == " " else _escaped(char) for char in line)


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
