"""Groups what people wrote of one thing, in either language, into themes.

No model is trained elsewhere or fetched: words and a short glossary of both languages, weighed by
how rare they are, and clusters of what lies close together. The same comments give the same
themes, byte for byte.
"""
