"""``python -m guidewright``."""

from guidewright.cli import main

main()
