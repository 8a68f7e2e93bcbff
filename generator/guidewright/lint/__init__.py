"""The guard: pages read back, and compared with the spec and with themselves."""

from guidewright.lint.audit import audit_pages, guard_pages
from guidewright.lint.facts import Facts
from guidewright.lint.rules import RULES

__all__ = ["RULES", "Facts", "audit_pages", "guard_pages"]
