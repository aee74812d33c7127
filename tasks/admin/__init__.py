"""Registers of plans, documents and tasks. States, reports and histories are only shown."""

from tasks.admin import records, registers, task

__all__ = ["records", "registers", "task"]
