import logging

from core.logging import SingleLineFormatter


def test_a_line_break_in_a_message_stays_in_its_line():
    record = logging.LogRecord("portal", logging.INFO, "", 0, "name %s", ("滁州\r\nERROR forged\x00",), None)
    line = SingleLineFormatter().format(record)
    assert line.partition("portal ")[2] == "name 滁州\\r\\nERROR forged\\x00"
