"""Verify: every rendered snippet carried out in the real shell, and the environment it leaves."""

from guidewright.verify.runner import find_interpreter
from guidewright.verify.verification import NOTED_BY_SHELLS, Verdict, Verification, verify

__all__ = ["NOTED_BY_SHELLS", "Verdict", "Verification", "find_interpreter", "verify"]
