"""Chromium walks the portal as a person would."""
