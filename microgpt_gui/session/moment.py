"""An earlier name of `session.moments.recorded`, for who still uses it."""

from microgpt_gui.session.moments.recorded import record_at

__all__ = ["record_at"]
