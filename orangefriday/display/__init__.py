"""How things are shown: faces, figures, moments and the week strip."""
