"""How much one asker may ask in a while, counted together for all processes."""
