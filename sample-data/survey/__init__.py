"""The three synthetic surveys: one module each, and what they share."""
