"""Runs one function in several threads at once, each with its own connection."""

import threading
from collections.abc import Callable

from django.db import connections


def in_threads(work: Callable[[int], object], count: int) -> list[BaseException]:
    """Starts `work(0) … work(count - 1)` together; returns what they raised."""
    together, raised = threading.Barrier(count), []

    def run(number: int) -> None:
        together.wait()
        try:
            work(number)
        except BaseException as error:  # noqa: BLE001 (handed to the test, which expects none)
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised
