"""The guard: pages read back, and compared with the spec and with themselves."""

from guidewright.lint.audit import audit_page
from guidewright.lint.rules import RULES

__all__ = ["RULES", "audit_page"]
