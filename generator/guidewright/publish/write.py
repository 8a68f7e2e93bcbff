"""Pages onto the disk: each whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from guidewright.publish.plan import Change, Plan

_NEW_FILE_MODE = 0o666


def write_plan(plan: Plan) -> Iterator[Change]:
    """Write the changed pages; files that are as they should be are not touched.

    Args:
        plan: what to change.

    Yields:
        Each change, once its page is on disk.

    Raises:
        OSError: a page could not be written. It is as it was, and so are those after it.
    """
    for change in plan.changes:
        _write_atomically(plan.folder / change.path, change.new)
        yield change


def _write_atomically(file: Path, content: bytes) -> None:
    """Replace a file in one step, so that a crash leaves the old page or the new one, never a part.

    The temporary file is made in the same folder, because ``os.replace`` is atomic only within one file system:
    https://docs.python.org/3/library/os.html#os.replace
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".tmp")
    try:
        with open(handle, "wb") as stream:  # noqa: PTH123 - mkstemp gives a handle, not a path
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(_mode_for(file))
        Path(name).replace(file)
    except BaseException as error:
        with suppress(OSError):
            Path(name).unlink()
        if isinstance(error, OSError):
            # The reader knows the page, not the temporary file.
            raise OSError(error.errno, error.strerror, str(file)) from error
        raise


def _mode_for(file: Path) -> int:
    """The mode that the file has, or that a new file would get."""
    try:
        return file.stat().st_mode & 0o7777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return _NEW_FILE_MODE & ~umask
