"""The weights, their vocabulary and their card."""
