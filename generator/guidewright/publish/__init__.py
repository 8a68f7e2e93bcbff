"""Publish: the pages in memory against the pages on disk, and the way from one to the other."""

from guidewright.publish.diff import unified_diff
from guidewright.publish.plan import Change, Plan, plan_output
from guidewright.publish.write import write_plan

__all__ = ["Change", "Plan", "plan_output", "unified_diff", "write_plan"]
