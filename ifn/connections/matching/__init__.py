"""Who fits a need, why, and who does not and why not. Pure: plain values in and out, no clock."""
