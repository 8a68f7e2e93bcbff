"""Single-source generator for setup guides: YAML facts in, guide pages out.

Start reading at ``pipeline.py``: it is the whole way from YAML to page on one screen.
"""

__version__ = "0.1.0"
