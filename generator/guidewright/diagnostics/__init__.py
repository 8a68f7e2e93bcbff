"""What went wrong and where: the one vocabulary in which every stage reports to the writer."""

from guidewright.diagnostics.diagnostic import Aim, Diagnostic, Place, Severity, Span
from guidewright.diagnostics.report import Report
from guidewright.diagnostics.suggest import did_you_mean, nearest

__all__ = ["Aim", "Diagnostic", "Place", "Report", "Severity", "Span", "did_you_mean", "nearest"]
