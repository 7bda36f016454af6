"""Recognitions of OCOP grades: a decision with dates and evidence, from which the badge is computed."""
