"""The award's mathematics, its evidence, and (award) its life in the database."""
