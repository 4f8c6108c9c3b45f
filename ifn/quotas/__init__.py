"""How much one asker may ask or try in a while, counted together for all processes."""
