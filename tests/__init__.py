"""The tests. Each run names its own database files, so that two runs in one checkout do not meet."""

import os

# Set before the settings are read; the processes of one run inherit it.
os.environ.setdefault("PORTAL_TEST_RUN", str(os.getpid()))
