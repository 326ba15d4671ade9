"""Where things stand in the charts: geometry in, geometry out; templates draw it as SVG.

All lengths are SVG user units, as many as the drawing has pixels at its full size.
"""
