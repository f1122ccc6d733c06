"""What source sentence carries which sentence of the piece, and which does not."""
