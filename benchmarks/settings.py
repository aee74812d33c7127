"""The demonstration plus the floor its pages are compared with."""

from chuzhou_reform.settings.demo import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
