"""Links from piece to piece: chosen and placed by code when a run ends, never by a model."""
