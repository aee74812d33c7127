"""The demonstration: invented assignments, targets and quarters on top of the facts, and how they go away."""

from portal.demo.clearing import clear_demo
from portal.demo.loading import DemoRefused, load_demo

__all__ = ["DemoRefused", "clear_demo", "load_demo"]
