"""What the templates of the moderators' desk call things."""
