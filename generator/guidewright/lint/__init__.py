"""The guard: pages read back, and compared with the spec and with themselves."""

from guidewright.lint.audit import audit_pages
from guidewright.lint.documentation import document_rule, document_rules
from guidewright.lint.facts import Facts
from guidewright.lint.guard import ProjectFiles, guard_pages
from guidewright.lint.rules import ALL_RULES

__all__ = ["ALL_RULES", "Facts", "ProjectFiles", "audit_pages", "document_rule", "document_rules", "guard_pages"]
