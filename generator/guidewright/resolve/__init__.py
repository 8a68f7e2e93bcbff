"""Schema -> model: gateway, providers and agent brought together, and what follows from them derived."""

from guidewright.resolve.site import resolve

__all__ = ["resolve"]
