"""A change as a unified diff."""

import difflib

from guidewright.publish.plan import Change


def unified_diff(change: Change, folder_name: str) -> str:
    """Show what would change in a page.

    Args:
        change: the page.
        folder_name: the output folder as the reader of the diff knows it; patches apply from the project root.

    Returns:
        The diff, with a final newline. Line ends that differ are shown, since a terminal would hide them.
    """
    path = f"{folder_name}/{change.path}"
    old_name = "/dev/null" if change.old is None else f"a/{path}"
    lines = difflib.unified_diff(_lines(change.old or b""), _lines(change.new), old_name, f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(content: bytes) -> list[str]:
    # Someone else may have written the old page, in any encoding and with any line ends.
    text = content.decode("utf-8", errors="backslashreplace").replace("\r", "\\r")
    *lines, rest = text.split("\n")
    return [*(f"{line}\n" for line in lines), *([rest] if rest else [])]
