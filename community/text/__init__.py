"""The Chinese-first text stack: plain functions, no models."""
