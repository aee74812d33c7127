"""Files of others are the ones their lists name, byte for byte, and none is unlisted."""

from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("place", ["static/vendor", "tests/vendor"])
def test_vendored_files_are_unchanged(place):
    directory = ROOT / place
    listed = dict(reversed(line.split("  ")) for line in (directory / "SHA256SUMS").read_text().splitlines())
    found = {
        str(path.relative_to(directory)): sha256(path.read_bytes()).hexdigest()
        for path in directory.rglob("*")
        if path.is_file() and path.parent != directory
    }
    assert found == listed
