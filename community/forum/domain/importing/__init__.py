"""Taking over another forum: read its dump, save what is new, lead its old addresses here."""
