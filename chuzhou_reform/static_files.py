"""Static files under hashed names, served compressed."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class StaticFiles(CompressedManifestStaticFilesStorage):
    """An address never changes while a process runs, so each of the sixteen a page has is worked out once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: dict[tuple[str | None, bool], str] = {}

    def url(self, name: str | None, force: bool = False) -> str:
        if (name, force) not in self._known:
            self._known[name, force] = super().url(name, force)
        return self._known[name, force]
