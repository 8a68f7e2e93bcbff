"""The guard: pages read back, and compared with the spec and with themselves."""

from guidewright.lint.audit import audit_pages
from guidewright.lint.facts import Facts
from guidewright.lint.guard import guard_pages
from guidewright.lint.rules import ALL_RULES

__all__ = ["ALL_RULES", "Facts", "audit_pages", "guard_pages"]
